//! Views of the library that a member keeps under a name.

use axum::extract::State;
use entity::ids::SavedViewId;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::permissions::ReadPosts;
use crate::http::console::door::{Console, InPath};
use crate::http::console::form::Fields;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::toast::Toast;
use crate::service::saved_views::{self, ViewError};

/// Keeps the view of the address under a name.
pub async fn save(console: Console<ReadPosts>, State(app): State<App>, fields: Fields) -> Answer {
    let view = (fields.text("name"), fields.text("query"));
    let back = format!("{}?{}", console.path("library"), view.1);
    match saved_views::save_view(&app, &console.actor, view).await {
        Ok(_) => Ok(console.go_to(&back, Some(Toast::of("toast-view-saved")))),
        Err(ViewError::Invalid(_)) => {
            Ok(console.go_to(&back, Some(Toast::of("toast-view-refused"))))
        }
        other => {
            other.or_page(&console)?;
            Ok(console.go_to(&back, None))
        }
    }
}

/// Forgets a view.
pub async fn delete(
    console: Console<ReadPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    match saved_views::delete_view(&app, &console.actor, SavedViewId(id)).await {
        // Gone already stays gone.
        Ok(()) | Err(ViewError::NotFound) => {}
        other => other.or_page(&console)?,
    }
    Ok(console.go("library", Some(Toast::of("toast-view-deleted"))))
}
