//! Proposals of members.

use entity::enums::ProposalState;

use super::{ask, change, pages};
use crate::store::tests::sample::proposals::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    change!(watch, proposals::insert(a_proposal(9_000)));
    change!(watch, proposals::update(a_proposal(1)));
    ask!(watch, proposals::find(tenant(1), proposal(1)));
    change!(watch, proposals::find_to_change(tenant(1), proposal(1)));
    let both = [proposal(1), proposal(19)];
    ask!(watch, proposals::find_many(&both));
    ask!(watch, proposals::open(tenant(1), "https://acme.example/1"));
    ask!(watch, proposals::of_post(tenant(1), post(1)));
    for page in pages(proposal(20).0) {
        for state in [ProposalState::New, ProposalState::Declined] {
            ask!(watch, proposals::list(tenant(1), state, page));
        }
        ask!(watch, proposals::of_member(tenant(1), member(1), page));
    }
    ask!(watch, proposals::waiting(tenant(1), 100));
    ask!(watch, proposals::count_waiting(tenant(1)));
    ask!(
        watch,
        proposals::count_open_of(tenant(1), member(1), ago(1_000))
    );
    change!(watch, proposals::support(a_supporter(1)));
    ask!(watch, proposals::supporters(&both));
    change!(
        watch,
        deliveries::plan::cancel_by_key(tenant(1), "proposal:1:1:decided")
    );
}
