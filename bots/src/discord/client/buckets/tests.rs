//! Who may send when, on a clock that stands until it is moved.

use proptest::prelude::*;

use super::*;

const ROUTE: &str = "POST /channels/{}/messages";

fn lane(major: &str) -> Lane {
    Lane {
        route: ROUTE,
        major: major.to_owned(),
        counts_globally: true,
    }
}

fn told(limit: u32, remaining: u32, seconds: u64) -> Told {
    Told {
        bucket: Some("abcd".into()),
        limit: Some(limit),
        remaining: Some(remaining),
        reset_after: Some(Duration::from_secs(seconds)),
    }
}

fn limited(seconds: u64, scope: Scope) -> Verdict {
    Verdict::Limited {
        after: Duration::from_secs(seconds),
        scope,
    }
}

/// Buckets that know the one of channel `1`: two a period of five seconds, one used.
fn with_a_known_bucket(now: Instant) -> Buckets {
    let mut buckets = Buckets::default();
    let first = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, first, &told(2, 1, 5), Verdict::Fine);
    buckets
}

#[test]
fn an_unknown_bucket_lets_one_through_at_a_time() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    let first = buckets.reserve(now, &lane("1")).unwrap();
    assert_eq!(buckets.reserve(now, &lane("1")).unwrap_err(), Wait::Turn);
    assert!(buckets.reserve(now, &lane("2")).is_ok(), "another channel");
    buckets.settle(now, first, &told(5, 4, 5), Verdict::Fine);
    for _ in 0..4 {
        assert!(buckets.reserve(now, &lane("1")).is_ok());
    }
    assert!(buckets.reserve(now, &lane("1")).is_err());
}

#[test]
fn an_empty_bucket_is_full_again_in_time() {
    let now = Instant::now();
    let mut buckets = with_a_known_bucket(now);
    let second = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, second, &told(2, 0, 5), Verdict::Fine);
    let soon = now + Duration::from_secs(2);
    assert_eq!(
        buckets.reserve(soon, &lane("1")).unwrap_err(),
        Wait::Bucket(Duration::from_secs(3))
    );
    let later = now + Duration::from_secs(5);
    assert!(buckets.reserve(later, &lane("1")).is_ok());
    assert!(buckets.reserve(later, &lane("1")).is_ok());
    assert_eq!(buckets.reserve(later, &lane("1")).unwrap_err(), Wait::Turn);
}

#[test]
fn an_answer_does_not_give_away_what_others_on_their_way_will_use() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    let probe = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, probe, &told(5, 4, 5), Verdict::Fine);
    let second = buckets.reserve(now, &lane("1")).unwrap();
    let _third = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, second, &told(5, 3, 5), Verdict::Fine);
    assert!(buckets.reserve(now, &lane("1")).is_ok());
    assert!(buckets.reserve(now, &lane("1")).is_ok());
    assert!(buckets.reserve(now, &lane("1")).is_err());
}

#[test]
fn routes_that_discord_counts_together_wait_together() {
    let now = Instant::now();
    let mut buckets = with_a_known_bucket(now);
    let other = Lane {
        route: "PATCH /channels/{}/messages/{}",
        ..lane("1")
    };
    let learning = buckets.reserve(now, &other).unwrap();
    buckets.settle(now, learning, &told(2, 0, 5), Verdict::Fine);
    assert_eq!(
        buckets.reserve(now, &lane("1")).unwrap_err(),
        Wait::Bucket(Duration::from_secs(5))
    );
}

#[test]
fn a_route_without_limits_does_not_wait_for_itself() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    let first = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, first, &Told::default(), Verdict::Fine);
    assert!(buckets.reserve(now, &lane("1")).is_ok());
    assert!(buckets.reserve(now, &lane("1")).is_ok());
}

#[test]
fn what_was_too_fast_waits_as_long_as_it_was_told() {
    let now = Instant::now();
    for scope in [Scope::User, Scope::Shared] {
        let mut buckets = with_a_known_bucket(now);
        let second = buckets.reserve(now, &lane("1")).unwrap();
        buckets.settle(now, second, &Told::default(), limited(7, scope));
        assert_eq!(
            buckets.reserve(now, &lane("1")).unwrap_err(),
            Wait::Bucket(Duration::from_secs(7)),
            "{scope:?}"
        );
        assert!(buckets.reserve(now, &lane("2")).is_ok(), "{scope:?}");
    }
}

#[test]
fn a_global_limit_stops_everything_but_answers_to_people() {
    let now = Instant::now();
    let mut buckets = with_a_known_bucket(now);
    let second = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, second, &Told::default(), limited(3, Scope::Global));
    assert_eq!(
        buckets.reserve(now, &lane("2")).unwrap_err(),
        Wait::Everything(Duration::from_secs(3))
    );
    let answer = Lane {
        route: "POST /interactions/{}/{}/callback",
        major: "9".into(),
        counts_globally: false,
    };
    assert!(buckets.reserve(now, &answer).is_ok());
    let later = now + Duration::from_secs(3);
    assert!(buckets.reserve(later, &lane("2")).is_ok());
}

#[test]
fn fifty_a_second_go_out_and_no_more() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    for channel in 0..GLOBAL {
        assert!(buckets.reserve(now, &lane(&channel.to_string())).is_ok());
    }
    assert_eq!(
        buckets.reserve(now, &lane("x")).unwrap_err(),
        Wait::Everything(GLOBAL_WINDOW)
    );
    assert!(buckets.reserve(now + GLOBAL_WINDOW, &lane("x")).is_ok());
}

#[test]
fn too_many_refused_requests_stop_all_sending_for_a_while() {
    let start = Instant::now();
    let mut buckets = Buckets::default();
    let mut now = start;
    let answer = Lane {
        route: "POST /interactions/{}/{}/callback",
        major: String::new(),
        counts_globally: false,
    };
    for number in 1..=INVALID {
        now += Duration::from_millis(10);
        let ticket = buckets.reserve(now, &answer).unwrap();
        let stop = buckets.settle(now, ticket, &Told::default(), Verdict::Invalid);
        assert_eq!(stop, number == INVALID);
    }
    assert!(matches!(
        buckets.reserve(now, &answer).unwrap_err(),
        Wait::Stopped(_)
    ));
    let later = start + Duration::from_millis(10) + INVALID_WINDOW;
    assert!(buckets.reserve(later, &answer).is_ok());
}

#[test]
fn limits_that_all_bots_share_are_no_invalid_requests() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    for _ in 0..2 {
        for scope in [Scope::Shared, Scope::User] {
            let ticket = buckets.reserve(now, &lane("1")).unwrap();
            let zero = Verdict::Limited {
                after: Duration::ZERO,
                scope,
            };
            buckets.settle(now, ticket, &Told::default(), zero);
        }
    }
    assert_eq!(buckets.invalid.len(), 2);
}

#[test]
fn a_request_without_an_answer_holds_nobody_up() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    let lost = buckets.reserve(now, &lane("1")).unwrap();
    buckets.settle(now, lost, &Told::default(), Verdict::Lost);
    assert!(buckets.reserve(now, &lane("1")).is_ok());
    assert_eq!(buckets.reserve(now, &lane("1")).unwrap_err(), Wait::Turn);
}

#[test]
fn buckets_that_rest_are_forgotten() {
    let now = Instant::now();
    let mut buckets = Buckets::default();
    for number in 0..3 * REMEMBERED {
        let answer = Lane {
            route: "POST /interactions/{}/{}/callback",
            major: number.to_string(),
            counts_globally: false,
        };
        let ticket = buckets.reserve(now, &answer).unwrap();
        buckets.settle(now, ticket, &Told::default(), Verdict::Fine);
    }
    assert!(buckets.known.len() <= REMEMBERED + 2);
}

proptest! {
    /// A bucket of a strict server is never overrun, however answers are delayed.
    #[test]
    fn a_known_bucket_is_never_overrun(
        limit in 1_u32..6,
        steps in proptest::collection::vec((0_u64..900, any::<bool>()), 1..120),
    ) {
        let mut now = Instant::now();
        let mut buckets = Buckets::default();
        let (mut window_ends, mut used) = (now, 0_u32);
        let mut on_the_way: VecDeque<(Ticket, Told)> = VecDeque::new();
        for (pause, send) in steps {
            now += Duration::from_millis(pause);
            if send {
                if let Ok(ticket) = buckets.reserve(now, &lane("1")) {
                    if now >= window_ends {
                        (window_ends, used) = (now + Duration::from_secs(2), 0);
                    }
                    used += 1;
                    prop_assert!(used <= limit, "{used} of {limit}");
                    let after = window_ends - now;
                    let mut told = told(limit, limit - used, 0);
                    told.reset_after = Some(after);
                    on_the_way.push_back((ticket, told));
                }
            } else if let Some((ticket, told)) = on_the_way.pop_front() {
                buckets.settle(now, ticket, &told, Verdict::Fine);
            }
        }
    }
}
