//! Tests of rates.

use entity::enums::Role;

use super::*;
use crate::test_support::{TestApp, on_both};

fn typed(network: Network, valid_from: &str, cpc: Option<i64>) -> Rate {
    Rate {
        network,
        valid_from: valid_from.to_owned(),
        currency: "EUR".to_owned(),
        cpc,
        cpm: None,
    }
}

async fn audited(t: &TestApp, actor: &Actor) -> usize {
    let wanted = crate::domain::audit::Wanted {
        kind: Some("rate".to_owned()),
        ..crate::domain::audit::Wanted::default()
    };
    let page = crate::domain::page::Paging {
        after: None,
        limit: 50,
    };
    let listed = audit::list(&t.app, actor, &wanted, page).await.unwrap();
    listed.items.len()
}

#[tokio::test]
async fn there_are_no_rates_until_somebody_types_them_and_each_month_has_its_own() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        assert!(list_rates(&t.app, &owner).await.unwrap().is_empty());
        for (month, cpc) in [("2026-10", 300), ("2026-11", 400)] {
            let rate = typed(Network::X, month, Some(cpc));
            set_rate(&t.app, &owner, rate.clone()).await.unwrap();
            // Said twice, it is said once.
            set_rate(&t.app, &owner, rate).await.unwrap();
        }
        assert_eq!(audited(&t, &owner).await, 2);
        let rates = list_rates(&t.app, &owner).await.unwrap();
        let told: Vec<_> = rates
            .iter()
            .map(|rate| (rate.valid_from.as_str(), rate.cpc))
            .collect();
        assert_eq!(told, [("2026-11-01", Some(400)), ("2026-10-01", Some(300))]);
        for _ in 0..2 {
            let gone = typed(Network::X, "2026-11", None);
            let left = set_rate(&t.app, &owner, gone).await.unwrap();
            assert_eq!(left.len(), 1);
        }
        assert_eq!(audited(&t, &owner).await, 3);
        let stranger = t.actor(&[Role::Owner]).await;
        assert!(list_rates(&t.app, &stranger).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_no_rate_is_refused_by_its_fields() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let bad = Rate {
            network: Network::X,
            valid_from: "2026-Q4".to_owned(),
            currency: "euro".to_owned(),
            cpc: Some(-1),
            cpm: Some(i64::MAX),
        };
        let refused = set_rate(&t.app, &owner, bad).await.unwrap_err();
        let RateError::Invalid(faults) = refused else {
            panic!("{refused}");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["valid_from", "currency", "cpc", "cpm"]);
    })
    .await;
}
