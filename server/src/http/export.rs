//! What is known of a member as one file, written while it is read: however long its lists are,
//! some rows at a time are held.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures::stream::{self, Stream};
use serde_json::Value;
use uuid::Uuid;

use super::wire::export as wire;
use crate::app::App;
use crate::service::Failure;
use crate::service::exports::{self, Export, List};

/// The file as an answer that a browser keeps.
pub fn file(app: &App, export: Export) -> Response {
    let name = format!(
        "attachment; filename=\"chorus-{}-{}.json\"",
        export.organization.slug,
        export.at.format("%Y-%m-%d")
    );
    let mut response = Response::new(Body::from_stream(written(app.clone(), export)));
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let options = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, options);
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// Where writing stands.
enum Place {
    /// At the beginning.
    Head,
    /// In a list, after this row.
    In(usize, Option<Uuid>),
    /// At the end.
    Over,
}

fn written(app: App, export: Export) -> impl Stream<Item = Result<Bytes, Failure>> {
    let lists = export.lists();
    let begun = (app, export, lists, Place::Head);
    stream::try_unfold(begun, async move |(app, export, lists, place)| {
        let (text, place) = match place {
            Place::Head => (head(&export), Place::In(0, None)),
            Place::In(at, after) => match lists.get(at) {
                Some(list) => some(&app, &export, (*list, at, after)).await?,
                None => ("}\n".to_owned(), Place::Over),
            },
            Place::Over => return Ok(None),
        };
        Ok(Some((Bytes::from(text), (app, export, lists, place))))
    })
}

/// The object, left open.
fn head(export: &Export) -> String {
    let whole = Value::Object(wire::head(export)).to_string();
    let open = whole.strip_suffix('}').unwrap_or(&whole);
    open.to_owned()
}

/// The next rows of a list, and where it goes on.
async fn some(
    app: &App,
    export: &Export,
    (list, at, after): (List, usize, Option<Uuid>),
) -> Result<(String, Place), Failure> {
    let rows = exports::page(app, export, (list, after)).await?;
    let end = rows.last();
    let rows = wire::rows(export, rows)
        .iter()
        .map(Value::to_string)
        .collect::<Vec<_>>();
    let mut text = String::new();
    if after.is_none() {
        text.push_str(",\"");
        text.push_str(wire::list(list));
        text.push_str("\":[");
    } else if end.is_some() {
        text.push(',');
    }
    text.push_str(&rows.join(","));
    if end.is_none() {
        text.push(']');
        return Ok((text, Place::In(at + 1, None)));
    }
    Ok((text, Place::In(at, end)))
}
