//! Builders of what is shared, and readers who click.

use std::net::IpAddr;
use std::time::Duration;

use chrono::TimeDelta;
use entity::enums::{
    DeviceClass, EditMode, HitClass, HitReason, Network, PostKind, PostState, Priority,
};
use entity::ids::{HitId, LinkId, OrganizationId, PostId, VariantId};
use entity::{hit, organization, post, variant};
use reqwest::Method;

use super::TestApp;
use super::server::{Answer, TestServer};
use crate::chance::Chance;
use crate::ingest::Request;
use crate::ingest::classify::Verdict;
use crate::service::actor::Actor;
use crate::service::addresses;
use crate::store::{posts, variants};

/// What an ordinary browser says of itself.
pub const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// Options of a server behind a proxy on the same machine, so that readers can
/// come from any address.
pub const BEHIND_A_PROXY: &str = "[web]\ntrusted_proxies = [\"127.0.0.1\"]";

impl TestApp {
    /// A live post with a link that expires in fourteen days, and two wordings.
    pub async fn live_post(&self, organization: &organization::Model) -> post::Model {
        let app = &self.app;
        let now = app.now();
        let row = post::Model {
            id: PostId(app.uuid()),
            organization_id: organization.id,
            kind: PostKind::Share,
            state: PostState::Live,
            title: "Tea & coffee".to_owned(),
            summary: "What we drink.".to_owned(),
            url: Some("https://acme.example/tea?kind=oolong#brew".to_owned()),
            canonical_url: None,
            image_url: None,
            image_alt: None,
            language: None,
            campaign_id: None,
            feed_id: None,
            author_id: None,
            approver_id: None,
            review_note: None,
            edit_mode: EditMode::Free,
            featured: false,
            priority: Priority::Normal,
            audience: None,
            embargo_until: None,
            disclosure: None,
            search: String::new(),
            submitted_at: None,
            changed_by: None,
            written_by: None,
            autosaved_at: None,
            publish_at: None,
            published_at: Some(now),
            expires_at: Some(now + TimeDelta::days(14)),
            withdrawn_at: None,
            withdrawn_url: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let wordings = [(0, "Have you tried <oolong>?"), (1, "Tea is my coffee.")];
        let wordings = wordings.map(|(position, text)| variant::Model {
            id: VariantId(app.uuid()),
            organization_id: organization.id,
            post_id: row.id,
            network: None,
            position,
            text: text.to_owned(),
            dealt: 0,
            created_at: now,
        });
        let txn = app.store.begin().await.expect("a transaction");
        posts::insert(&txn, row.clone()).await.expect("a new post");
        variants::replace(&txn, organization.id, row.id, wordings.to_vec())
            .await
            .expect("its wordings");
        txn.commit().await.expect("a commit");
        row
    }

    /// Changes a post without asking any rule.
    pub async fn change_post(&self, post: &post::Model, change: impl FnOnce(&mut post::Model)) {
        let mut row = post.clone();
        change(&mut row);
        let txn = self.app.store.begin().await.expect("a transaction");
        posts::update(&txn, row).await.expect("the changed post");
        txn.commit().await.expect("a commit");
    }

    /// The path of a member's own address for sharing.
    pub fn share_path(&self, actor: &Actor, post: &post::Model, network: Network) -> String {
        let url = addresses::share_url(&self.app, post.id, actor.member.id, network);
        url.strip_prefix(&self.app.config.web.base_url)
            .expect("one of our own addresses")
            .to_owned()
    }
}

/// What the path of short links is given of a person's browser.
pub fn request(user_agent: &str) -> Request<'_> {
    Request {
        verdict: Verdict {
            class: HitClass::Human,
            reason: HitReason::Browser,
        },
        address: IpAddr::from([192, 0, 2, 1]),
        user_agent,
        referrer_host: Some("www.linkedin.com".to_owned()),
        country: Some("DE".to_owned()),
        device: DeviceClass::Desktop,
    }
}

impl TestServer {
    /// An ordinary browser at `address` asks for a public page. It follows no redirect.
    pub async fn browse(&self, address: &str, path: &str) -> Answer {
        self.visit(Method::GET, path, &[("x-forwarded-for", address)])
            .await
    }

    /// The same with headers of one's own choice.
    pub async fn visit(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.public))
            .timeout(Duration::from_secs(20));
        if !headers.iter().any(|(name, _)| *name == "user-agent") {
            request = request.header("user-agent", FIREFOX);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::to(request).await
    }
}

impl Answer {
    /// A header as text; empty if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// Hits in the order of their ids, of nobody and on nothing.
pub fn hits(count: u64) -> Vec<hit::Model> {
    let chance = Chance::seeded(count);
    let start = super::start();
    (0..count)
        .map(|number| {
            let at = start + TimeDelta::milliseconds(i64::try_from(number).unwrap_or_default());
            hit::Model {
                id: HitId(chance.uuid(at)),
                organization_id: OrganizationId(chance.uuid(at)),
                link_id: LinkId(chance.uuid(at)),
                at,
                class: HitClass::Human,
                reason: HitReason::Browser,
                visitor: Some(chance.bytes::<16>().to_vec()),
                network_key: Some(chance.bytes::<8>().to_vec()),
                country: None,
                device: Some(DeviceClass::Other),
                referrer_host: Some("www.linkedin.com".to_owned()),
            }
        })
        .collect()
}
