//! Cards that who writes a post sends to themselves, to see them where others will.

use entity::delivery;
use entity::enums::{DeliveryOperation, DeliverySubject, Platform};
use entity::{member, post};

use super::personal::{home, whereabouts};
use super::plan::blank;
use crate::app::App;
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, identities, installations};

/// Plans one card in each chat in which the member is known; in which ones. Asked for twice in a
/// minute it is sent once.
pub(in crate::service) async fn try_out(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    post: &post::Model,
) -> Result<Vec<Platform>, StoreError> {
    let accounts = identities::of_members(&**txn, &[member.id]).await?;
    let installed = installations::active_of(&**txn, member.organization_id).await?;
    let minute = app.now().timestamp().div_euclid(60);
    let (mut rows, mut platforms) = (Vec::new(), Vec::new());
    for platform in [Platform::Slack, Platform::Discord] {
        // One in each chat is enough; the newest account is the likeliest to be looked at.
        let mut there = (accounts.iter().rev()).filter(|account| account.platform == platform);
        let Some((account, installation)) =
            there.find_map(|account| Some((account, home(&installed, whereabouts(account))?)))
        else {
            continue;
        };
        platforms.push(platform);
        rows.push(delivery::Model {
            subject: DeliverySubject::TestPost,
            post_id: Some(post.id),
            member_id: Some(member.id),
            place_ref: account.user_ref.clone(),
            dedupe_key: Some(format!("test:{}:{}:{minute}", post.id, account.id)),
            ..blank(app, installation, DeliveryOperation::Post)
        });
    }
    plan::insert(txn, rows).await?;
    Ok(platforms)
}
