//! Whether the server can do its work.

use crate::app::App;
use crate::store::StoreError;

/// Whether the database answers, takes hits, and its schema has everything that
/// this version needs.
///
/// A newer schema is no hindrance: while an upgrade rolls, the first new process migrates, and
/// the old ones must go on until they are replaced.
pub async fn is_ready(app: &App) -> Result<bool, StoreError> {
    if app.ingest().is_away() {
        return Err(StoreError::away("hits wait in the journal"));
    }
    Ok(app.store.standing().await?.is_served())
}
