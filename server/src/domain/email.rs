//! E-mail addresses as keys: two spellings of one address are one.

/// Letters of an address, at most (RFC 5321).
const LONGEST: usize = 254;

/// The address in the form in which it is kept; none if it is no address.
/// Whether it can be reached is for its owner's platform to confirm.
pub fn normal(text: &str) -> Option<String> {
    let address = text.trim().to_lowercase();
    let (name, host) = address.rsplit_once('@')?;
    let good = address.len() <= LONGEST
        && !name.is_empty()
        && !name.starts_with(['=', '+', '-', '@'])
        && !name.contains('@')
        && host.split('.').all(|label| !label.is_empty())
        && !address
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"/".contains(c));
    good.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        assert_eq!(
            normal(" Ada@Acme.Example "),
            Some("ada@acme.example".to_owned())
        );
        assert!(normal("ada+news@acme.example").is_some());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ada",
            "@acme.example",
            "ada@",
            "a b@c.d",
            "ada@acme..example",
            "a@b@c.d",
            "=cmd()@acme.example",
            "ada@acme.example, bob@acme.example",
            "a/b@c.d",
        ] {
            assert_eq!(normal(text), None, "{text}");
        }
    }
}
