//! Pictures that curators upload.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::MediaId;

/// A picture that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Media {
    /// Its id.
    pub id: MediaId,
    /// Where everybody sees it; good as a post's `image_url`.
    pub url: String,
    /// Where a smaller one is.
    pub thumbnail_url: String,
    /// What it is: `image/png` or `image/jpeg`.
    pub media_type: String,
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
    /// How long it is.
    pub bytes: i64,
    /// What it shows, in words.
    pub alt: String,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
}

/// What is said of a picture beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct MediaQuery {
    /// What it shows, in words: 1 to 1,000 characters.
    #[serde(default)]
    pub alt: String,
}
