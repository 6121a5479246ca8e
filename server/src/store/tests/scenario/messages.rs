//! Deliveries: planning, claiming, settling, one person's messages.

use entity::broadcast;
use entity::enums::{BroadcastHold, DeliveryOperation, DeliveryState, DeliverySubject, Platform};

use super::{ask, change};
use crate::store::broadcasts::Tally;
use crate::store::deliveries::claim::Wanted;
use crate::store::tests::sample::people::an_identity;
use crate::store::tests::sample::rows::*;
use crate::store::tests::sample::traffic::a_delivery;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    rows(watch).await;
    planning(watch).await;
    reviewing(watch).await;
    claiming(watch).await;
    personal(watch).await;
    broadcasts(watch).await;
}

async fn broadcasts(watch: &Watch) {
    let held = broadcast::Model {
        post_id: post(1),
        organization_id: tenant(1),
        hold: BroadcastHold::Paused,
        created_at: now(),
    };
    ask!(watch, broadcasts::holds(&[post(1), post(19)]));
    change!(watch, broadcasts::hold(held));
    change!(watch, broadcasts::release(tenant(1), post(1)));
    let of = (tenant(1), post(1));
    for since in [None, Some(now())] {
        change!(watch, broadcasts::move_waiting(of, since, now()));
    }
    ask!(watch, broadcasts::tally(of, DeliveryOperation::Post));
    ask!(watch, broadcasts::tally_with_forgotten(of));
    ask!(watch, broadcasts::later(of, (ago(1), now())));
    for failure in [None, Some("channel_not_found".to_owned())] {
        let which = Tally {
            installation: installation(1),
            platform: Platform::Slack,
            subject: DeliverySubject::SuggestedPost,
            state: DeliveryState::Failed,
            failure,
            count: 1,
        };
        change!(watch, broadcasts::send_again(of, &which, now()));
    }
    ask!(
        watch,
        broadcasts::open_jobs(tenant(1), "plan_personal_posts")
    );
    ask!(watch, broadcasts::readers(tenant(1)));
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
    let of = (tenant(1), installation(1));
    let ended = (DeliverySubject::SuggestedPost, DeliveryState::Sent);
    ask!(watch, deliveries::outcomes::last(of, ended));
    ask!(
        watch,
        deliveries::outcomes::newest(of, DeliverySubject::ChannelTest, 50)
    );
    ask!(watch, deliveries::outcomes::find(tenant(1), delivery(1)));
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
    change!(
        watch,
        deliveries::plan::stop_of_post((tenant(1), post(1)), "stopped")
    );
    change!(watch, deliveries::plan::cancel_after(delivery(0)));
    change!(
        watch,
        deliveries::plan::postpone_revision(delivery(0), now())
    );
    change!(
        watch,
        deliveries::plan::cancel_of_installation((tenant(1), installation(1)), "disconnected")
    );
    change!(
        watch,
        deliveries::plan::cancel_posts_in((tenant(0), installation(0)), "C0")
    );
}

async fn reviewing(watch: &Watch) {
    ask!(watch, deliveries::reviews::cards(tenant(1), post(1)));
    change!(watch, deliveries::reviews::cancel(tenant(1), post(1)));
    ask!(watch, members::with_roles(tenant(1)));
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
        ask!(watch, deliveries::personal::recipients(of, (after, 500)));
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
        deliveries::personal::cancel_all_of_member(tenant(1), member(1))
    );
    let gone = vec![(Platform::Slack, 3)];
    change!(watch, deliveries::forgotten::add(of, gone));
    change!(watch, deliveries::forgotten::remove(tenant(1), delivery(3)));
    change!(watch, deliveries::forgotten::take_waiting(of));
    change!(watch, deliveries::forgotten::take_traces(of));
}
