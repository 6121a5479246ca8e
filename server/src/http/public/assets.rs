//! Our own style, script and mark. Their names bear a hash of their content,
//! so that browsers may keep them for good.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::visit::InPath;
use crate::domain::accent::Accent;
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
/// The console's style sheet, on top of the one for all pages.
pub static CONSOLE_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "console",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../../assets/console.css"),
    )
});
/// What the console's frame does by script: toasts, forms that are sent once, times.
pub static CONSOLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "console",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/console.js"),
    )
});
/// The console's palette of commands and its keys.
pub static PALETTE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "palette",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/palette.js"),
    )
});
/// What the pages of posts do by script: progress as it is, focus where a note is written.
pub static POSTS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "posts",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/posts.js"),
    )
});
/// The style of library, composer and calendar.
pub static CONTENT_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "content",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../../assets/content.css"),
    )
});
/// The style of Insight and the leaderboard.
pub static INSIGHT_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "insight",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../../assets/insight.css"),
    )
});
/// What the library does by script.
pub static LIBRARY: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "library",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/library.js"),
    )
});
/// What the composer does by script.
pub static COMPOSER: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "composer",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/composer.js"),
    )
});
/// What the calendar does by script.
pub static CALENDAR: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "calendar",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/calendar.js"),
    )
});
/// What the pages of feeds and files do by script.
pub static SOURCES: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "sources",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../assets/sources.js"),
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

/// Where the style lies that gives pages this colour. Its name says all of it, so that it belongs to
/// nobody and is kept for good.
pub fn accent(accent: &str) -> Option<String> {
    let accent = Accent::parse(accent).ok()?;
    let name = accent.light.hex();
    Some(format!(
        "/assets/accent-{}.css",
        name.trim_start_matches('#')
    ))
}

/// The style of that name, if it is of a colour that is read well.
fn accent_style(name: &str) -> Option<String> {
    let digits = name.strip_prefix("accent-")?.strip_suffix(".css")?;
    let accent = Accent::parse(&format!("#{digits}")).ok()?;
    (accent.light.hex().trim_start_matches('#') == digits).then(|| accent.style())
}

/// Serves a file by its whole name; an outdated hash names nothing.
pub async fn serve(InPath(name): InPath) -> Response {
    let assets: [&Asset; 13] = [
        &STYLE,
        &CONSOLE_STYLE,
        &SHARE,
        &CONSOLE,
        &PALETTE,
        &POSTS,
        &MARK,
        &CONTENT_STYLE,
        &INSIGHT_STYLE,
        &LIBRARY,
        &COMPOSER,
        &CALENDAR,
        &SOURCES,
    ];
    match assets.into_iter().find(|asset| asset.name == name) {
        Some(asset) => kept(asset.media_type, asset.content),
        None => match accent_style(&name) {
            Some(style) => kept(STYLE.media_type, style),
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

/// What browsers may keep for good.
fn kept(media_type: &'static str, content: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colours_style_has_one_name_and_a_pale_one_none() {
        assert_eq!(
            accent("#0B5C8A").as_deref(),
            Some("/assets/accent-0b5c8a.css")
        );
        assert_eq!(accent("#ffffff"), None);
        let style = accent_style("accent-0b5c8a.css").unwrap();
        assert!(style.contains("--accent: light-dark(#0b5c8a, #"), "{style}");
        for name in [
            "accent-0B5C8A.css",
            "accent-ffffff.css",
            "accent-.css",
            "accent-0b5c8a.css.css",
            "accent-0b5c8a",
        ] {
            assert_eq!(accent_style(name), None, "{name}");
        }
    }
}
