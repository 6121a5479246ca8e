//! Opening a way to share: the share, its tracked link and the words dealt to
//! it come to be, once.

use entity::enums::{Network, ShareState};
use entity::ids::{LinkId, ShareId};
use entity::{link, member, own_visit, share};

use super::{Parties, ShareError, check};
use crate::app::App;
use crate::domain::check::Demands;
use crate::domain::destination::{self, Utm};
use crate::domain::{dealing, intent, networks};
use crate::service::visitors::Visitor;
use crate::store::{
    StoreError, Txn, campaigns, clicks, content_rules, links, posts, shares, variants,
};

/// Letters of a short link: 57 letters to the eighth are 10^14 codes.
const CODE_LENGTH: usize = 8;
/// Draws of a code before giving up: two in a row are taken once in 10^20 times.
const DRAWS: u8 = 5;
/// Stands for "nobody" where links of a post and network are told apart by owner.
const NOBODY: &str = "-";

/// A share that was opened, and what is to be posted.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The share, with its words.
    pub share: share::Model,
    /// Its tracked link; none for a post without an address.
    pub link: Option<link::Model>,
}

/// Opens a way to share; again gives the same share, link and words.
///
/// `visitor` is the member's own browser today: its hits on the share's link
/// will not count as another reader's.
pub async fn open(
    app: &App,
    parties: &Parties,
    network: Network,
    visitor: Option<Visitor>,
) -> Result<Opened, ShareError> {
    check(&parties.member, &parties.post, app.now())?;
    let txn = app.store.begin().await?;
    let opened = find_or_create(&txn, app, parties, network).await?;
    if let Some(visitor) = visitor {
        let visit = own_visit::Model {
            share_id: opened.share.id,
            visitor: visitor.key,
            organization_id: parties.organization.id,
            day: visitor.day.to_string(),
        };
        clicks::add_own_visit(&txn, visit).await?;
    }
    txn.commit().await?;
    Ok(opened)
}

/// The member's share on a network, made now if there was none. Locks the
/// member, and the post while words are dealt.
pub(super) async fn find_or_create(
    txn: &Txn,
    app: &App,
    parties: &Parties,
    network: Network,
) -> Result<Opened, ShareError> {
    let organization = parties.organization.id;
    let locked = shares::lock_members(txn, &[parties.member.id]).await?;
    let member = locked.first().ok_or(ShareError::NotFound)?;
    let before = shares::of(&**txn, organization, member.id, parties.post.id, network).await?;
    if let Some(share) = before {
        let link = link_of(txn, &share).await?;
        return Ok(Opened { share, link });
    }
    let post = posts::find_to_change(txn, organization, parties.post.id)
        .await?
        .ok_or(ShareError::NotFound)?;
    check(member, &post, app.now())?;
    if !intent::can_carry(network, post.kind, post.url.is_some()) {
        return Err(ShareError::CannotCarry);
    }
    // What was begun before the network was switched off goes on; what is new does not begin.
    if !networks::is_offered(&parties.organization, network) {
        return Err(ShareError::NotOffered);
    }
    let parties = Parties {
        post,
        member: member.clone(),
        organization: parties.organization.clone(),
    };
    create(txn, app, &parties, network).await
}

async fn create(
    txn: &Txn,
    app: &App,
    parties: &Parties,
    network: Network,
) -> Result<Opened, ShareError> {
    let Parties { member, post, .. } = parties;
    let now = app.now();
    let wordings = variants::of_posts(&**txn, post.organization_id, &[post.id]).await?;
    let dealt = dealing::deal(&wordings, network);
    if let Some(variant) = dealt {
        variants::add_dealt(txn, variant.id).await?;
    }
    let share = share::Model {
        id: ShareId(app.uuid()),
        organization_id: post.organization_id,
        member_id: member.id,
        post_id: post.id,
        network,
        state: ShareState::Opened,
        variant_id: dealt.map(|variant| variant.id),
        text: String::new(),
        followers: member.followers.0.get(&network).copied(),
        confirmed_at: None,
        proven_at: None,
        created_at: now,
        updated_at: now,
    };
    let share = shares::insert(txn, share).await?;
    let link = create_link(txn, app, parties, &share).await?;
    let words = dealt.map_or(post.title.as_str(), |variant| variant.text.as_str());
    let rules = content_rules::find(&**txn, post.organization_id).await?;
    let demands = Demands::of(rules.as_ref());
    let words = dealing::disclosed(words, demands.disclosure_of(post.disclosure.as_deref()));
    let address = link.as_ref();
    let address = address.map(|link| app.addresses().link(&parties.organization, &link.code));
    let share = share::Model {
        text: dealing::compose(&words, address.as_deref()),
        ..share
    };
    Ok(Opened {
        share: shares::update(txn, share).await?,
        link,
    })
}

async fn create_link(
    txn: &Txn,
    app: &App,
    parties: &Parties,
    share: &share::Model,
) -> Result<Option<link::Model>, StoreError> {
    let Parties { post, member, .. } = parties;
    let Some(url) = &post.url else {
        return Ok(None);
    };
    let owner_key = owner_key(member);
    let campaign = match post.campaign_id {
        Some(id) => campaigns::find_many(&**txn, post.organization_id, &[id]).await?,
        None => Vec::new(),
    };
    for _ in 0..DRAWS {
        let there = links::of_owner(
            &**txn,
            post.organization_id,
            post.id,
            share.network,
            &owner_key,
        );
        if let Some(link) = there.await? {
            return Ok(Some(link));
        }
        let code = app.chance.code(CODE_LENGTH);
        let utm = Utm {
            template: &parties.organization.settings.utm,
            network: share.network,
            campaign: campaign.first().map(|campaign| campaign.slug.as_str()),
            code: &code,
        };
        let Some(destination) = destination::destination(url, utm) else {
            return Ok(None);
        };
        let row = link::Model {
            id: LinkId(app.uuid()),
            organization_id: post.organization_id,
            code,
            post_id: post.id,
            network: share.network,
            member_id: member.attribution.then_some(member.id),
            share_id: member.attribution.then_some(share.id),
            owner_key: owner_key.clone(),
            destination,
            clicks: 0,
            created_at: app.now(),
        };
        links::insert_unless_there(txn, row).await?;
    }
    Err(StoreError::Conflict)
}

/// The link that the share's words were dealt with: its own, or the one that
/// names nobody.
async fn link_of(txn: &Txn, share: &share::Model) -> Result<Option<link::Model>, StoreError> {
    let organization = share.organization_id;
    if let Some(own) = links::of_share(&**txn, organization, share.id).await? {
        return Ok(Some(own));
    }
    links::of_owner(&**txn, organization, share.post_id, share.network, NOBODY).await
}

/// What makes a member's link their own; the same for all who do not want it to be.
fn owner_key(member: &member::Model) -> String {
    if member.attribution {
        member.id.0.simple().to_string()
    } else {
        NOBODY.to_owned()
    }
}
