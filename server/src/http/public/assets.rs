//! Our own style, script and mark. Their names bear a hash of their content,
//! so that browsers may keep them for good.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::visit::InPath;
use crate::secrets::mac::sha256;

/// The one style sheet.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "chorus",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../../assets/chorus.css"),
    )
});
/// What makes the share page copy.
pub static SHARE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "share",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/share.js"),
    )
});
/// The mark.
pub static MARK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "mark",
        "svg",
        "image/svg+xml",
        include_str!("../../../assets/mark.svg"),
    )
});

/// A file with a hash in its name.
#[derive(Debug)]
pub struct Asset {
    name: String,
    media_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, media_type: &'static str, content: &'static str) -> Self {
        let [a, b, c, d, ..] = sha256(content.as_bytes());
        let hash = u32::from_be_bytes([a, b, c, d]);
        Self {
            name: format!("{stem}-{hash:08x}.{ending}"),
            media_type,
            content,
        }
    }

    /// Where it lies.
    pub fn path(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// Serves a file by its whole name; an outdated hash names nothing.
pub async fn serve(InPath(name): InPath) -> Response {
    let assets: [&Asset; 3] = [&STYLE, &SHARE, &MARK];
    match assets.into_iter().find(|asset| asset.name == name) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.content,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
