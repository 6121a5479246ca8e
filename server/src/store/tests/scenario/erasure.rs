//! Exports, erasing, and what is past its time.

use chrono::TimeDelta;
use entity::enums::RetentionKind;
use entity::json::Periods;
use entity::{retention, retention_run};
use uuid::Uuid;

use super::{ask, change};
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    let owner = (tenant(1), member(1));
    change!(watch, erasure::destroy(owner));
    let account = "slack/T1/U1".to_owned();
    change!(watch, erasure::forget_tries(&[account]));
    ask!(watch, erasure::messages(owner));
    ask!(watch, erasure::places(owner));
    change!(watch, proposals::hold_of_member(owner));
    change!(watch, proposals::forget_member(owner, now()));
    ask!(watch, erasure::has_open_messages(owner));
    for keeps_open in [false, true] {
        change!(watch, erasure::blank_addresses(owner, keeps_open));
    }
    let span = (now() - TimeDelta::days(31), now() - TimeDelta::days(1));
    ask!(watch, erasure::remembered(tenant(1), span));
    let words = ["Ada", "ada@acme.example"];
    let page = (audit_event(1), 100);
    ask!(watch, erasure::entries_naming(tenant(1), &words, page));
    ask!(watch, erasure::interactions(owner));
    let some = ([audit_event(1)], audit_event(19));
    change!(
        watch,
        erasure::forget_interactions(owner, (&some.0, some.1))
    );
    ask!(watch, erasure::entries(tenant(1), &[audit_event(1)]));
    change!(
        watch,
        erasure::set_facts(audit_event(1), serde_json::json!({}))
    );
    change!(watch, erasure::open_files(tenant(1)));
    change!(watch, erasure::replace_file(import(1), Vec::new(), now()));
    for address in [None, Some("ada@acme.example")] {
        change!(watch, erasure::forget_lines(tenant(1), ("Ada", address)));
    }
    let page = (now(), member(1), 50);
    ask!(watch, erasure::leavers(tenant(1), page));
    ask!(watch, erasure::count_leavers(tenant(1), now()));
    for after in [None, Some(Uuid::nil())] {
        ask!(watch, exports::shares(owner, (after, 100)));
    }
    ask!(watch, exports::messages(owner));
    ask!(watch, exports::supported(owner));
    periods(watch).await;
}

async fn periods(watch: &Watch) {
    ask!(watch, retention::find(tenant(1)));
    change!(watch, retention::hold(tenant(1), now()));
    let chosen = retention::Model {
        organization_id: tenant(1),
        periods: Periods::default(),
        version: 1,
        updated_at: now(),
    };
    change!(watch, retention::put(chosen));
    ask!(watch, retention::runs(tenant(1)));
    let kind = RetentionKind::VisitDetails;
    change!(watch, retention::hold_run(tenant(1), kind));
    let run = retention_run::Model {
        organization_id: tenant(1),
        kind,
        position: None,
        untold: 0,
        removed: 0,
        run_at: None,
    };
    change!(watch, retention::put_run(run));
    let span = (hit(1), hit(19));
    ask!(watch, retention::next_hit(span, 100));
    change!(watch, retention::strip_hits(tenant(1), span));
    let what = (now() - TimeDelta::days(30), 100);
    ask!(watch, retention::count_hits(tenant(1), what));
    ask!(watch, retention::old_entries(tenant(1), what));
    let ids = [audit_event(1), audit_event(19)];
    change!(watch, retention::remove_entries(tenant(1), &ids));
    ask!(watch, retention::count_entries(tenant(1), what));
    ask!(watch, retention::old_messages(tenant(1), what));
    let ids = [delivery(1), delivery(19)];
    change!(watch, retention::hold_posts(tenant(1), &ids));
    change!(watch, retention::remove_messages(tenant(1), (what.0, &ids)));
    ask!(watch, retention::count_messages(tenant(1), what));
}
