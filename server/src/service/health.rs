//! Whether the server can do its work.

use crate::app::App;
use crate::store::StoreError;

/// Whether the database answers and its schema is exactly this version's.
pub async fn is_ready(app: &App) -> Result<bool, StoreError> {
    app.store.is_current().await
}
