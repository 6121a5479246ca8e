//! Seals that are nearly good: ten thousand in every run, more by `PROPTEST_CASES`.

use proptest::prelude::*;

use super::*;

fn many() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
}

/// A body, its stamp and its seal.
const BODY: &str = r#"{"id":"1","type":1,"token":"t","version":1}"#;
const STAMP: &str = "1800000000";

fn seal(key: &SigningKey) -> String {
    hex(&key.sign(format!("{STAMP}{BODY}").as_bytes()).to_bytes())
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_seal_that_was_changed_anywhere_is_not_genuine(
        at in any::<usize>(),
        with in any::<char>(),
        // Looking at a whole signature takes long without optimisation: mostly its form is changed.
        part in 0..40,
        length in 0..140_usize,
    ) {
        thread_local! {
            static GOOD: (PublicKey, String) = {
                let key = SigningKey::from_bytes(&[7; 32]);
                let public = PublicKey::parse(&hex(key.verifying_key().as_bytes())).unwrap();
                (public, seal(&key))
            };
        }
        let (key, good) = GOOD.with(Clone::clone);
        let changed = |text: &str| -> String {
            let mut letters: Vec<char> = text.chars().collect();
            let at = at % letters.len();
            letters[at] = with;
            letters.into_iter().collect()
        };
        let genuine = match part {
            0 => {
                let stamp = changed(STAMP);
                stamp != STAMP && key.has_signed(&stamp, &good, BODY.as_bytes())
            }
            1 => {
                let body = changed(BODY);
                body != BODY && key.has_signed(STAMP, &good, body.as_bytes())
            }
            2 => {
                let digit = char::from_digit(u32::from(with) % 16, 16).unwrap();
                let mut letters: Vec<char> = good.chars().collect();
                let at = at % letters.len();
                letters[at] = digit;
                let other: String = letters.into_iter().collect();
                other != good && key.has_signed(STAMP, &other, BODY.as_bytes())
            }
            3 => {
                let short: String = good.repeat(2).chars().take(length).collect();
                short != good && key.has_signed(STAMP, &short, BODY.as_bytes())
            }
            _ => {
                let other = changed(&good);
                !other.eq_ignore_ascii_case(&good)
                    && !with.is_ascii_hexdigit()
                    && key.has_signed(STAMP, &other, BODY.as_bytes())
            }
        };
        prop_assert!(!genuine);
    }

    #[test]
    fn a_public_key_is_sixty_four_digits_or_refused(text in "[0-9a-fA-Fg \\n]{0,70}") {
        if PublicKey::parse(&text).is_ok() {
            prop_assert_eq!(text.trim().len(), 64);
        }
    }
}

#[test]
fn keys_with_which_anybody_could_sign_are_refused() {
    // Points of small order (RFC 8032, 8.8): some signature of theirs fits any message.
    for weak in [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        assert!(PublicKey::parse(weak).is_err(), "{weak}");
    }
}
