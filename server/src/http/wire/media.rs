//! Pictures, as they travel.

use server_api::ids::MediaId;
use server_api::media::Media;

use crate::app::App;
use crate::service::media::Label;

/// A picture as it travels.
pub fn media(app: &App, label: Label) -> Media {
    let path = format!("media/{}", label.id);
    Media {
        id: MediaId(label.id.0),
        url: app.config.web.at(&path),
        thumbnail_url: app.config.web.at(&format!("{path}/small")),
        media_type: label.media_type,
        width: label.width,
        height: label.height,
        bytes: label.bytes,
        alt: label.alt,
        created_at: label.created_at,
    }
}
