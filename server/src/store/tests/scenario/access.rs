//! Sessions, passwords, one-time links and tries.

use super::{ask, change};
use crate::store::tests::sample::access::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    let owner = (tenant(1), member(1));
    ask!(watch, sessions::by_hash(&hash(3)));
    ask!(watch, sessions::of_member(tenant(1), member(1)));
    ask!(watch, sessions::insert(a_session(9_000)));
    ask!(watch, sessions::touch(session(1), now()));
    ask!(watch, sessions::delete(owner, session(1)));
    ask!(watch, sessions::delete_all(owner, None));
    ask!(watch, sessions::delete_all(owner, Some(session(1))));
    ask!(watch, sessions::forget(ago(900)));
    ask!(watch, credentials::of_member(tenant(1), member(1)));
    ask!(watch, credentials::of_organization(tenant(1)));
    ask!(watch, credentials::put(a_credential(1)));
    change!(watch, credentials::delete_issued(owner));
    ask!(watch, login_links::by_hash(&hash(3)));
    ask!(watch, login_links::insert(a_login_link(9_000)));
    ask!(watch, login_links::consume(login_link(1), now()));
    change!(watch, login_links::void(owner, now()));
    ask!(watch, login_links::forget(ago(900)));
    change!(watch, connect_states::insert(a_connect_state(9_000)));
    let hashes = [hash(3), hash(9_001)];
    change!(watch, connect_states::take(&hashes));
    change!(watch, connect_states::forget(ago(900)));
    ask!(watch, login_attempts::count(&hash(1), 9));
    ask!(watch, login_attempts::forgive(&hash(1), 9));
    ask!(watch, login_attempts::forget(1));
}
