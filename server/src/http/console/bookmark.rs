//! The bookmark that begins a post from whatever page its member reads.

use askama::Template;
use axum::extract::State;

use super::door::Console;
use super::frame::Frame;
use super::page::Answer;
use crate::app::App;
use crate::http::auth::permissions::WritePosts;

#[derive(Template)]
#[template(path = "console/bookmark.html")]
struct BookmarkPage {
    frame: Frame,
    /// The bookmark's address.
    code: String,
}

/// Shows the bookmark and how it is used.
pub async fn show(console: Console<WritePosts>, State(app): State<App>) -> Answer {
    let base = app
        .config
        .web
        .base_url
        .as_str()
        .trim_end_matches('/')
        .to_owned();
    let begin = format!("{base}{}", console.path("compose/new"));
    Ok(console.page(&BookmarkPage {
        code: code(&begin),
        frame: console.frame("bookmark-title"),
    }))
}

/// What the browser does when the bookmark is pressed: it goes to the composer with address and
/// headline of the page that it is on.
fn code(begin: &str) -> String {
    let read = |what: &str| format!("encodeURIComponent({what})");
    format!(
        "javascript:location.href='{begin}?url='+{}+'&title='+{};void 0",
        read("location.href"),
        read("document.title")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bookmark_leads_to_the_composer_with_the_page_it_is_on() {
        let code = code("https://chorus.example/o/acme/compose/new");
        assert_eq!(
            code,
            "javascript:location.href='https://chorus.example/o/acme/compose/new?url='\
             +encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title);void 0"
        );
    }
}
