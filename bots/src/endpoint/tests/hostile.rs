//! The gate before everything that platforms send: ten thousand heads in every run, more
//! by `PROPTEST_CASES`.

use axum::http::{HeaderName, HeaderValue};
use futures::FutureExt;
use proptest::prelude::*;

use super::*;

fn many() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
}

/// Values that stand where stamp or signature should; `{now}` is the present second.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just("{now}".to_owned()),
        6 => Just("good".to_owned()),
        1 => Just(String::new()),
        1 => Just("{now} ".to_owned()),
        1 => Just("{now},{now}".to_owned()),
        1 => Just("-1".to_owned()),
        1 => Just(i64::MAX.to_string()),
        1 => Just("99999999999999999999".to_owned()),
        1 => Just("1e9".to_owned()),
        1 => Just("\u{663}".to_owned()),
        1 => any::<i64>().prop_map(|stamp| stamp.to_string()),
        1 => "[ -~]{0,8}",
    ]
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn nothing_passes_but_one_present_stamp_and_one_good_signature(
        stamps in proptest::collection::vec(value(), 0..3),
        signatures in proptest::collection::vec(value(), 0..3),
        body in proptest::collection::vec(any::<u8>(), 0..20),
    ) {
        let listener = Arc::new(Listener::default());
        let endpoint = Arc::new(Endpoint {
            receiver: listener.clone(),
            clock: Arc::new(Standing),
            replays: Replays::default(),
            counts: Metrics::default().of(Platform::Slack),
        });
        let now = Standing.wall().timestamp();
        let mut headers = HeaderMap::new();
        for (name, values) in [("x-stamp", &stamps), ("x-signature", &signatures)] {
            for value in values {
                let value = value.replace("{now}", &now.to_string());
                if let Ok(value) = HeaderValue::from_str(&value) {
                    headers.append(HeaderName::from_static(name), value);
                }
            }
        }
        let text: String = body.iter().map(|byte| char::from(byte % 128)).collect();
        let answer = take(State(endpoint), headers.clone(), Body::from(text)).now_or_never();
        let answer = answer.expect("an answer at once");
        let all = |name: &str| -> Vec<String> {
            let values = headers.get_all(name).iter();
            values.map(|it| it.to_str().unwrap_or_default().to_owned()).collect()
        };
        let (stamps, signatures) = (all("x-stamp"), all("x-signature"));
        let is_good = stamps.len() == 1
            && stamps[0].parse::<i64>().is_ok_and(|stamp| stamp.abs_diff(now) <= 300)
            && signatures == ["good"];
        let expected = if is_good { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        prop_assert_eq!(answer.status(), expected);
        prop_assert_eq!(listener.reached.lock().unwrap().len(), usize::from(is_good));
    }
}
