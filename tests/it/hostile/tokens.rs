//! What is signed, sealed or typed as a code: `/s/` and `/b/` tokens, sealed values,
//! pairing codes, positions in lists.

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::{MemberId, PostId};
use proptest::prelude::*;
use server::chance::Chance;
use server::domain::intent::NETWORKS;
use server::domain::pairing::Code;
use server::domain::signed::{BoardToken, ShareToken, SigningKey, TokenError};
use server::secrets::Keys;
use server::secrets::keys::{Key, Place};
use server::test_support::start;
use uuid::Uuid;

use super::many;
use super::mutation::{bytes, edits, text};

/// Letters of a token, at most.
const TOKEN_LIMIT: usize = 110;

fn keys() -> Vec<SigningKey> {
    [(2, 7), (1, 3)]
        .map(|(id, byte)| SigningKey {
            id,
            secret: [byte; 32],
        })
        .to_vec()
}

fn share(post: u128, member: u128, network: usize, seconds: i64) -> ShareToken {
    ShareToken {
        post: PostId(Uuid::from_u128(post)),
        member: MemberId(Uuid::from_u128(member)),
        network: NETWORKS[network % NETWORKS.len()],
        issued_at: start() - TimeDelta::seconds(seconds),
    }
}

fn board(member: u128) -> BoardToken {
    BoardToken {
        member: MemberId(Uuid::from_u128(member)),
        issued_at: start(),
    }
}

fn sealing() -> (Keys, Place<'static>) {
    let keys = Keys::new(vec![Key::new([7; 32]), Key::new([3; 32])]).unwrap();
    let place = Place {
        table: "installation",
        column: "bot_token",
        row: Uuid::from_u128(1),
    };
    (keys, place)
}

fn now() -> DateTime<Utc> {
    start()
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_token_says_what_was_signed_and_fits(
        (post, member, network) in any::<(u128, u128, usize)>(),
        seconds in 0_i64..1_700_000_000,
    ) {
        let token = share(post, member, network, seconds);
        let written = token.sign(&keys()).unwrap();
        prop_assert!(written.len() <= TOKEN_LIMIT);
        prop_assert_eq!(ShareToken::verify(&written, &keys(), now()), Ok(token));
        prop_assert!(BoardToken::verify(&written, &keys(), now()).is_err());
        let written = board(member).sign(&keys()).unwrap();
        prop_assert_eq!(BoardToken::verify(&written, &keys(), now()), Ok(board(member)));
        prop_assert!(ShareToken::verify(&written, &keys(), now()).is_err());
    }

    #[test]
    fn a_changed_token_is_refused(
        (post, member, network) in any::<(u128, u128, usize)>(),
        edits in edits(),
    ) {
        let good = [
            share(post, member, network, 60).sign(&keys()).unwrap(),
            board(member).sign(&keys()).unwrap(),
        ];
        for good in good {
            let changed = text(&good, &edits, &["AQ", "AA", "-_", "=="]);
            if changed != good {
                let refused = ShareToken::verify(&changed, &keys(), now());
                prop_assert_eq!(refused, Err(TokenError::Forged));
                let refused = BoardToken::verify(&changed, &keys(), now());
                prop_assert_eq!(refused, Err(TokenError::Forged));
            }
        }
    }

    #[test]
    fn no_bytes_of_others_are_a_token(foreign in proptest::collection::vec(any::<u8>(), 0..90)) {
        use base64::Engine;
        let written = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&foreign);
        let refused = ShareToken::verify(&written, &keys(), now());
        prop_assert_eq!(refused, Err(TokenError::Forged));
        let refused = BoardToken::verify(&written, &keys(), now());
        prop_assert_eq!(refused, Err(TokenError::Forged));
    }

    #[test]
    fn a_token_of_a_key_that_was_taken_away_is_refused(post: u128, member: u128) {
        let written = share(post, member, 0, 0).sign(&keys()[1..]).unwrap();
        prop_assert!(ShareToken::verify(&written, &keys(), now()).is_ok());
        let refused = ShareToken::verify(&written, &keys()[..1], now());
        prop_assert_eq!(refused, Err(TokenError::Forged));
        prop_assert_eq!(ShareToken::verify(&written, &[], now()), Err(TokenError::Forged));
    }

    #[test]
    fn a_sealed_value_opens_whole_or_not_at_all(seed: u64, edits in edits()) {
        let (keys, place) = sealing();
        let sealed = keys.seal(&Chance::seeded(seed), b"xoxb-secret", place).unwrap();
        let changed = bytes(&sealed, &edits, &["\u{1}"]);
        let opened = keys.open(&changed, place);
        if changed == sealed {
            prop_assert_eq!(opened.unwrap(), b"xoxb-secret");
        } else {
            prop_assert!(opened.is_err());
        }
    }

    #[test]
    fn a_typed_code_is_eight_known_letters_or_none(edits in edits()) {
        let typed = text("K7QM-2XRD", &edits, &["k7qm", "\u{a0}", "٣", "Ⅷ", "ß"]);
        if let Some(code) = Code::parse(&typed) {
            prop_assert_eq!(code.letters().len(), 8);
            prop_assert!(code.letters().bytes().all(|letter| letter.is_ascii_alphanumeric()));
            prop_assert!(Code::parse(&code.shown()) == Some(code));
        }
    }
}
