//! Seals that are nearly good, and bodies that are nearly Slack's: ten thousand of each in
//! every run, more by `PROPTEST_CASES`.

use proptest::prelude::*;

use super::*;

fn many() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
}

/// `text` with one character exchanged, inserted or taken out.
fn changed(text: &str, at: usize, kind: u8, with: char) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = at % letters.len().max(1);
    match kind % 3 {
        0 if !letters.is_empty() => letters[at] = with,
        1 if !letters.is_empty() => drop(letters.remove(at)),
        _ => letters.insert(at, with),
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_seal_that_was_changed_anywhere_is_not_genuine(
        body in "[a-z={}\":0-9é]{1,40}",
        stamp in 1_700_000_000_i64..1_900_000_000,
        (at, kind, with) in (any::<usize>(), any::<u8>(), any::<char>()),
        part in 0..4,
    ) {
        let key = SigningKey::new(SECRET).unwrap();
        let stamp = stamp.to_string();
        let seal = sign(SECRET, &stamp, &body);
        prop_assert!(key.verifies(&stamp, &seal, body.as_bytes()));
        let genuine = match part {
            0 => {
                let other = changed(&stamp, at, kind, with);
                other != stamp && key.verifies(&other, &seal, body.as_bytes())
            }
            1 => {
                let other = changed(&seal, at, kind, with);
                // Digits are digits, whichever their case.
                !other.eq_ignore_ascii_case(&seal) && key.verifies(&stamp, &other, body.as_bytes())
            }
            2 => {
                let other = changed(&body, at, kind, with);
                other != body && key.verifies(&stamp, &seal, other.as_bytes())
            }
            _ => SigningKey::new("another secret").unwrap().verifies(&stamp, &seal, body.as_bytes()),
        };
        prop_assert!(!genuine);
    }

    #[test]
    fn a_body_of_any_kind_is_read_or_refused(
        choice in 0..5_usize,
        (at, kind, with) in (any::<usize>(), any::<u8>(), any::<char>()),
        cut in any::<usize>(),
        json: bool,
    ) {
        let bodies = [
            r#"{"type":"url_verification","challenge":"x"}"#,
            r#"{"type":"event_callback","team_id":"T1","event":{"type":"app_home_opened","user":"U1","tab":"home"}}"#,
            "command=%2Fchorus&team_id=T1&user_id=U1&text=share",
            "payload=%7B%22type%22%3A%22block_actions%22%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%7D",
            "ssl_check=1",
        ];
        let body = changed(bodies[choice], at, kind, with);
        let kind = if json { JSON } else { FORM };
        for body in [body.as_bytes(), &body.as_bytes()[..cut % (body.len() + 1)]] {
            if let Request::Unreadable(status) = read(Some(kind), body) {
                prop_assert!(status.is_client_error());
            }
        }
    }
}
