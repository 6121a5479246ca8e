//! What posts are found by, written anew where words change that stand beside them.

use entity::ids::{OrganizationId, PostId};

use super::{details, draft_of};
use crate::store::{StoreError, Txn, posts};

/// Posts of one batch.
const BATCH: usize = 200;

/// Writes anew what posts are found by that are held: the topics that they are about may be called
/// otherwise. That changes nothing of what they say, and so neither their versions nor their times.
pub(in crate::service) async fn find_anew(
    txn: &Txn,
    organization: OrganizationId,
    ids: &[PostId],
) -> Result<(), StoreError> {
    for some in ids.chunks(BATCH) {
        let found = posts::find_many(&**txn, organization, some).await?;
        for there in details(&**txn, organization, found).await? {
            let search = draft_of(&there).searchable();
            if search != there.post.search {
                posts::set_search(txn, organization, (there.post.id, search)).await?;
            }
        }
    }
    Ok(())
}
