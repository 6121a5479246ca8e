//! Keys and signatures of every kind, good and bad.

use serde_json::json;

use super::*;
use crate::test_support::id_tokens::Signer;

fn keys(published: Vec<Value>) -> Keys {
    Keys::from(Published { keys: published })
}

/// What keys say of a token of a signer's, whose head names `key`.
fn verdict(keys: &Keys, token: &str, (algorithm, key): (Algorithm, Option<&str>)) -> Verdict {
    let (message, signature) = token.rsplit_once('.').unwrap();
    keys.judge(&Signed {
        algorithm,
        key,
        message: message.as_bytes(),
        signature: &URL_SAFE_NO_PAD.decode(signature).unwrap(),
    })
}

fn everybody() -> [(Signer, Algorithm); 4] {
    [
        (Signer::rs256("k"), Algorithm::Rs256),
        (Signer::ps256("k"), Algorithm::Ps256),
        (Signer::es256("k"), Algorithm::Es256),
        (Signer::ed25519("k"), Algorithm::EdDsa),
    ]
}

#[test]
fn a_signature_of_each_kind_is_genuine_until_a_bit_of_it_or_of_its_message_changes() {
    for (signer, algorithm) in everybody() {
        let keys = keys(vec![signer.public()]);
        let token = signer.token(&json!({"sub": "ada"}));
        for named in [Some("k"), None] {
            let found = verdict(&keys, &token, (algorithm, named));
            assert_eq!(found, Verdict::Genuine, "{algorithm:?} {named:?}");
        }
        let (message, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for at in [0, signature.len() / 2, signature.len() - 1] {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            let changed = format!("{message}.{}", URL_SAFE_NO_PAD.encode(changed));
            let found = verdict(&keys, &changed, (algorithm, Some("k")));
            assert_eq!(found, Verdict::Forged, "{algorithm:?} at {at}");
        }
        let other = format!("{message}x.{}", URL_SAFE_NO_PAD.encode(&signature));
        let found = verdict(&keys, &other, (algorithm, Some("k")));
        assert_eq!(found, Verdict::Forged, "{algorithm:?}");
        let none = format!("{message}.");
        let found = verdict(&keys, &none, (algorithm, None));
        assert_eq!(found, Verdict::Unknown, "{algorithm:?}");
    }
}

#[test]
fn no_key_serves_for_another_way_to_sign_than_its_own() {
    for (signer, own) in everybody() {
        let mut public = signer.public();
        let token = signer.token(&json!({}));
        for algorithm in Algorithm::ALL.into_iter().filter(|one| *one != own) {
            for meant in [own.names().last(), None] {
                match meant {
                    Some(meant) => public["alg"] = json!(meant),
                    None => drop(public.as_object_mut().unwrap().remove("alg")),
                }
                let found = verdict(&keys(vec![public.clone()]), &token, (algorithm, Some("k")));
                assert_ne!(found, Verdict::Genuine, "{own:?} as {algorithm:?}");
            }
        }
    }
}

#[test]
fn a_key_that_is_not_named_or_not_there_is_unknown() {
    let (one, other) = (Signer::es256("one"), Signer::es256("other"));
    let token = one.token(&json!({}));
    let found = |keys: &Keys, named| verdict(keys, &token, (Algorithm::Es256, named));
    let both = keys(vec![other.public(), one.public()]);
    assert_eq!(found(&both, Some("one")), Verdict::Genuine);
    assert_eq!(found(&both, None), Verdict::Genuine);
    assert_eq!(found(&both, Some("other")), Verdict::Forged);
    assert_eq!(found(&both, Some("third")), Verdict::Unknown);
    let without = keys(vec![other.public()]);
    assert_eq!(found(&without, Some("one")), Verdict::Unknown);
    assert_eq!(found(&without, None), Verdict::Unknown);
    assert_eq!(found(&keys(Vec::new()), None), Verdict::Unknown);
}

#[test]
fn keys_for_something_else_and_damaged_ones_are_left_out_and_others_stay() {
    let signer = Signer::rs256("k");
    let token = signer.token(&json!({}));
    let good = signer.public();
    let changed = |name: &str, value: Value| {
        let mut key = good.clone();
        key[name] = value;
        key
    };
    let short = URL_SAFE_NO_PAD.encode([0xff; 128]);
    for bad in [
        changed("use", json!("enc")),
        changed("kty", json!("oct")),
        changed("kty", json!(7)),
        changed("n", json!("not base64!")),
        changed("n", json!("")),
        changed("n", json!(short)),
        changed("e", json!(null)),
        changed("alg", json!("RSA-OAEP")),
        json!("a word"),
        json!({"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA", "kid": "k"}),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "k"}),
        json!({"kty": "oct", "k": "c2VjcmV0", "kid": "k", "alg": "HS256"}),
    ] {
        let found = verdict(
            &keys(vec![bad.clone()]),
            &token,
            (Algorithm::Rs256, Some("k")),
        );
        assert_ne!(found, Verdict::Genuine, "{bad}");
        let beside = keys(vec![bad.clone(), good.clone()]);
        let found = verdict(&beside, &token, (Algorithm::Rs256, Some("k")));
        assert_eq!(found, Verdict::Genuine, "{bad}");
    }
    // Noughts before a number change nothing.
    let modulus = URL_SAFE_NO_PAD.decode(good["n"].as_str().unwrap()).unwrap();
    let padded = URL_SAFE_NO_PAD.encode([&[0, 0], modulus.as_slice()].concat());
    let found = verdict(
        &keys(vec![changed("n", json!(padded))]),
        &token,
        (Algorithm::Rs256, None),
    );
    assert_eq!(found, Verdict::Genuine);
}
