//! The pages: plain forms, no script needed.
use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::crawler;
use super::reader;
use super::site::{SITES, Site};
use super::state::{Card, Networks, Post, first_link};
use crate::inspector::assets;

#[derive(Template)]
#[template(path = "networks/index.html")]
struct Index {
    sites: [Site; 11],
    posts: Vec<Post>,
}

#[derive(Template)]
#[template(path = "networks/compose.html")]
struct Compose<'a> {
    site: Site,
    author: &'a str,
    words: String,
    link: Option<String>,
    card: Option<Card>,
    refused: Option<String>,
    count: usize,
    brings_words: bool,
}

#[derive(Template)]
#[template(path = "networks/post.html")]
struct Standing {
    post: Post,
    pieces: Vec<(bool, String)>,
    host: Option<String>,
}

/// All pages of all networks, each below its slug.
pub(super) fn router(networks: Networks) -> Router {
    let mut router = Router::new()
        .route("/", get(index))
        .route("/{site}", get(|| async { Redirect::to("/") }))
        .route("/{site}/posts", post(publish))
        .route("/{site}/posts/{id}", get(show))
        .route("/{site}/posts/{id}/reader", post(another_reader))
        .merge(assets::router());
    for site in SITES {
        let path = format!("/{}{}", site.slug(), site.path());
        router = router.route(
            &path,
            get(
                move |state: State<Networks>, query: Query<Vec<(String, String)>>| {
                    compose(site, state, query)
                },
            ),
        );
    }
    router.with_state(networks)
}

fn page(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the networks was not rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn index(State(networks): State<Networks>) -> Response {
    let mut posts = networks.posts();
    posts.reverse();
    page(
        StatusCode::OK,
        &Index {
            sites: SITES,
            posts,
        },
    )
}

async fn compose(
    site: Site,
    State(networks): State<Networks>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let parameters = site.parameters();
    let value = |name: &str| {
        let found = query
            .iter()
            .find(|(given, value)| given == name && !value.is_empty());
        found.map(|(_, value)| value.clone())
    };
    let words: Vec<String> = parameters
        .words
        .iter()
        .filter_map(|name| value(name))
        .collect();
    let link = parameters.link.and_then(value).filter(|link| is_web(link));
    composer(&networks, site, words.join("\n\n"), link, None).await
}

async fn composer(
    networks: &Networks,
    site: Site,
    words: String,
    link: Option<String>,
    refused: Option<String>,
) -> Response {
    let shown = link.clone().or_else(|| first_link(&words));
    let card = match &shown {
        Some(link) => crawler::card(networks, site, link).await,
        None => None,
    };
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let composer = Compose {
        site,
        author: networks.author(),
        count: site.limit().count(&words, link.as_deref()),
        words,
        link,
        card,
        refused,
        brings_words: !site.parameters().words.is_empty(),
    };
    page(status, &composer)
}

#[derive(Deserialize)]
struct Draft {
    words: String,
    #[serde(default)]
    link: String,
}

async fn publish(
    State(networks): State<Networks>,
    Path(slug): Path<String>,
    Form(draft): Form<Draft>,
) -> Response {
    let Some(site) = Site::of(&slug) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let link = Some(draft.link).filter(|link| is_web(link));
    match networks.publish(site, &draft.words, link.clone()) {
        Ok(post) => Redirect::to(&format!("/{slug}/posts/{}", post.id)).into_response(),
        Err(refused) => {
            composer(
                &networks,
                site,
                draft.words,
                link,
                Some(refused.to_string()),
            )
            .await
        }
    }
}

async fn show(State(networks): State<Networks>, Path((slug, id)): Path<(String, u64)>) -> Response {
    match networks.post(id) {
        Some(post) if post.site.slug() == slug => {
            let pieces = post
                .words
                .split_inclusive(char::is_whitespace)
                .map(|word| (is_web(word.trim()), word.to_owned()))
                .collect();
            let link = post
                .link
                .as_ref()
                .and_then(|link| url::Url::parse(link).ok());
            let host = link.and_then(|link| link.host_str().map(str::to_owned));
            page(StatusCode::OK, &Standing { post, pieces, host })
        }
        Some(_) | None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn another_reader(
    State(networks): State<Networks>,
    Path((slug, id)): Path<(String, u64)>,
) -> Response {
    reader::clicks(&networks, id).await;
    Redirect::to(&format!("/{slug}/posts/{id}#readers")).into_response()
}

fn is_web(link: &str) -> bool {
    url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
