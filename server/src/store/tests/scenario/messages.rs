//! Deliveries: planning, claiming, settling, one person's messages.

use entity::enums::{DeliveryOperation, Platform};

use super::{ask, change};
use crate::store::deliveries::claim::Wanted;
use crate::store::tests::sample::people::an_identity;
use crate::store::tests::sample::rows::*;
use crate::store::tests::sample::traffic::a_delivery;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    rows(watch).await;
    planning(watch).await;
    claiming(watch).await;
    personal(watch).await;
}

async fn rows(watch: &Watch) {
    let some = [a_delivery(2), a_delivery(20)];
    change!(
        watch,
        deliveries::find_to_change(Platform::Slack, delivery(3))
    );
    change!(watch, deliveries::update(a_delivery(3)));
    ask!(watch, deliveries::find_many(&[delivery(1), delivery(19)]));
    ask!(watch, deliveries::organizations_of(&some));
    ask!(watch, deliveries::members_of(&some));
    ask!(watch, deliveries::of_post(tenant(1), post(1)));
    ask!(watch, deliveries::counts(tenant(1)));
}

async fn planning(watch: &Watch) {
    ask!(watch, deliveries::plan::destinations(tenant(1)));
    change!(watch, deliveries::plan::insert(vec![a_delivery(9_001)]));
    ask!(watch, deliveries::plan::cards(tenant(1), post(1)));
    ask!(
        watch,
        deliveries::plan::later_operations(&[delivery(0), delivery(3)])
    );
    let operations = [DeliveryOperation::Post, DeliveryOperation::Revise];
    change!(
        watch,
        deliveries::plan::cancel_of_post(tenant(1), post(1), &operations)
    );
    change!(watch, deliveries::plan::cancel_after(delivery(0)));
    change!(
        watch,
        deliveries::plan::postpone_revision(delivery(0), now())
    );
    change!(
        watch,
        deliveries::plan::cancel_of_installation(tenant(1), installation(1))
    );
}

async fn claiming(watch: &Watch) {
    let wanted = Wanted {
        platform: Platform::Slack,
        now: now(),
        abandoned_before: ago(1),
        limit: 50,
    };
    ask!(watch, deliveries::claim::any(wanted));
    change!(watch, deliveries::claim::lock(wanted));
}

async fn personal(watch: &Watch) {
    let of = (tenant(1), post(1));
    for after in [None, Some(member(100))] {
        ask!(
            watch,
            deliveries::personal::recipients(of, (after, 500), now())
        );
    }
    for after in [None, Some(delivery(100))] {
        ask!(watch, deliveries::personal::cards(of, (after, 500)));
    }
    ask!(watch, deliveries::personal::by_key(tenant(1), "post:2"));
    ask!(watch, deliveries::personal::of_account(&an_identity(1)));
    change!(
        watch,
        deliveries::personal::cancel_of_member(tenant(1), member(1), Platform::Slack)
    );
    change!(
        watch,
        deliveries::personal::forget_traces(tenant(1), post(1))
    );
}
