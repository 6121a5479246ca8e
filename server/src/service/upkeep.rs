//! What keeps the database quick, and no use case asks for.

use crate::app::App;
use crate::store::StoreError;

/// Lets the database look at what its tables hold, so that it plans by that, where it does not by
/// itself.
pub async fn optimize(app: &App) -> Result<(), StoreError> {
    app.store.optimize().await
}
