//! The template of UTM parameters: which values are accepted.

use entity::json::UtmTemplate;

use super::fault::Fault;

/// Letters of a value, at most.
pub const LONGEST: usize = 60;
/// Stands for the network's name in `utm_source`.
pub const NETWORK: &str = "{network}";

/// The template without the spaces around its values, or what is wrong with them. Letters of
/// addresses only, so that a figure's name looks the same in every tool.
pub fn check(template: &UtmTemplate) -> Result<UtmTemplate, Vec<Fault>> {
    let template = UtmTemplate {
        source: template.source.trim().to_owned(),
        medium: template.medium.trim().to_owned(),
        campaign: template.campaign.trim().to_owned(),
    };
    let without = template.source.replacen(NETWORK, "", 1);
    let named = template.source.contains(NETWORK);
    let mut faults = Vec::new();
    for (field, value, may_be_empty) in [
        ("utm.source", &without, named),
        ("utm.medium", &template.medium, false),
        ("utm.campaign", &template.campaign, false),
    ] {
        let is_good = value.len() <= LONGEST
            && (may_be_empty || !value.is_empty())
            && value.bytes().all(is_letter);
        if !is_good {
            faults.push(Fault::new(
                field,
                format!("has 1 to {LONGEST} of the letters a-z, A-Z, 0-9, `.`, `_` and `-`"),
            ));
        }
    }
    if faults.is_empty() {
        Ok(template)
    } else {
        Err(faults)
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_letters_of_addresses_and_the_source_may_name_the_network() {
        assert_eq!(check(&UtmTemplate::default()), Ok(UtmTemplate::default()));
        let good = |source: &str| {
            let template = UtmTemplate {
                source: source.to_owned(),
                ..UtmTemplate::default()
            };
            check(&template).is_ok()
        };
        for source in ["{network}", " social-{network} ", "Social.1_2"] {
            assert!(good(source), "{source}");
        }
        let long = "a".repeat(61);
        for source in [
            "",
            "{network}{network}",
            "{Network}",
            "a b",
            "ä",
            "a&b=c",
            &long,
        ] {
            assert!(!good(source), "{source}");
        }
        let all = UtmTemplate {
            source: "?".to_owned(),
            medium: String::new(),
            campaign: "a/b".to_owned(),
        };
        let fields: Vec<String> = (check(&all).unwrap_err().into_iter())
            .map(|fault| fault.field)
            .collect();
        assert_eq!(fields, ["utm.source", "utm.medium", "utm.campaign"]);
    }
}
