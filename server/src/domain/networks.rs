//! Networks that an organization offers its members, and in which order.

use entity::enums::Network;
use entity::organization;

use super::fault::Fault;
use super::intent::NETWORKS;

/// The networks that are offered, in their order: those that the organization chose, else all.
pub fn offered(organization: &organization::Model) -> Vec<Network> {
    match &organization.networks {
        Some(chosen) => chosen.0.clone(),
        None => NETWORKS.to_vec(),
    }
}

/// Whether a network is offered.
pub fn is_offered(organization: &organization::Model, network: Network) -> bool {
    match &organization.networks {
        Some(chosen) => chosen.0.contains(&network),
        None => true,
    }
}

/// What is kept of a choice: nothing where it is every network in the usual order, so that a
/// network that comes with a later version is offered, too.
pub fn chosen(networks: Vec<Network>) -> Result<Option<Vec<Network>>, Fault> {
    if networks.is_empty() {
        return Err(Fault::new("networks", "names one network at least"));
    }
    let twice = networks
        .iter()
        .enumerate()
        .find(|(at, network)| networks.iter().take(*at).any(|before| before == *network));
    if let Some((at, _)) = twice {
        return Err(Fault::new(format!("networks.{at}"), "is named twice"));
    }
    Ok((networks != NETWORKS).then_some(networks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_at_least_is_offered_and_none_twice() {
        let two = vec![Network::Copy, Network::X];
        assert_eq!(chosen(two.clone()), Ok(Some(two)));
        assert_eq!(chosen(NETWORKS.to_vec()), Ok(None), "as ever");
        let mut other = NETWORKS.to_vec();
        other.reverse();
        assert_eq!(chosen(other.clone()), Ok(Some(other)), "the order counts");
        assert_eq!(chosen(Vec::new()).unwrap_err().field, "networks");
        let twice = vec![Network::X, Network::Copy, Network::X];
        assert_eq!(chosen(twice).unwrap_err().field, "networks.2");
    }
}
