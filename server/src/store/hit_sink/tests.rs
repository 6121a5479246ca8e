//! Tests of sinks, on both databases.

use entity::enums::{DeviceClass, HitClass, HitReason};
use entity::hit;
use entity::ids::{HitId, LinkId, OrganizationId};
use sea_orm::{ActiveEnum, Iterable};

use super::*;
use crate::store::hits;
use crate::test_support::{TestApp, on_both};

fn row(t: &TestApp) -> hit::Model {
    hit::Model {
        id: HitId(t.app.uuid()),
        organization_id: OrganizationId(t.app.uuid()),
        link_id: LinkId(t.app.uuid()),
        at: t.app.now(),
        class: HitClass::Human,
        reason: HitReason::Browser,
        visitor: Some(vec![1; 16]),
        network_key: Some(vec![2; 8]),
        country: Some("DE".to_owned()),
        device: Some(DeviceClass::Mobile),
        referrer_host: Some("www.linkedin.com".to_owned()),
    }
}

async fn with_sink<T: Send + 'static>(
    t: &TestApp,
    act: impl FnOnce(&mut HitSink) -> T + Send + 'static,
) -> T {
    let store = t.app.store.clone();
    tokio::task::spawn_blocking(move || act(&mut store.open_sink().unwrap()))
        .await
        .unwrap()
}

#[tokio::test]
async fn what_a_sink_stores_reads_as_it_was_and_twice_is_once() {
    on_both(async |t: TestApp| {
        let bare = hit::Model {
            class: HitClass::Private,
            reason: HitReason::DoNotTrack,
            visitor: None,
            network_key: None,
            country: None,
            device: None,
            referrer_host: None,
            ..row(&t)
        };
        let mut rows = vec![row(&t), bare];
        rows.sort_by_key(|row| row.id);
        let given = rows.clone();
        with_sink(&t, move |sink| {
            sink.append(&given).unwrap();
            sink.append(&given).unwrap();
        })
        .await;
        let start = HitId(uuid::Uuid::nil());
        let db = t.app.store.reader();
        assert_eq!(hits::after(db, start, 10).await.unwrap(), rows);
        // The other way into the table writes the same texts and takes no second one either.
        let txn = t.app.store.begin().await.unwrap();
        hits::append(&txn, &rows).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(hits::after(db, start, 10).await.unwrap(), rows);
    })
    .await;
}

#[test]
fn the_words_of_a_sink_are_those_of_the_rows() {
    for value in HitClass::iter() {
        assert_eq!(sqlite::class(value), value.to_value());
    }
    for value in HitReason::iter() {
        assert_eq!(sqlite::reason(value), value.to_value());
    }
    for value in DeviceClass::iter() {
        assert_eq!(sqlite::device(value), value.to_value());
    }
}
