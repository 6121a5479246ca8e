//! Forms that bring a file, as browsers send them without script: `multipart/form-data`, read in
//! memory behind the limit on bodies.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::asker::Known;
use super::form::Fields;
use super::look::Look;
use super::page::{self, Kind};
use crate::app::App;

/// Parts of a form, at most: a composer with every wording has some hundreds.
const PARTS: usize = 2_000;

/// A form, and the file that it may bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Its fields.
    pub fields: Fields,
    /// The file, if one was chosen.
    pub file: Option<Vec<u8>>,
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let Some(boundary) = boundary(request.headers()) else {
            let fields = Fields::from_request(request, app).await?;
            return Ok(Self { fields, file: None });
        };
        let look = request.extensions().get::<Known>().map_or_else(
            || Look::of_stranger(request.headers(), None, app.now()),
            |known| known.look.clone(),
        );
        let body = Bytes::from_request(request, app).await;
        let body = body.map_err(|_| page::notice(&look, Kind::TooLarge, None))?;
        Ok(read(&boundary, &body))
    }
}

/// What parts the parts, of a request that has such a body.
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    let told = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (media_type, rest) = told.split_once(';')?;
    if !media_type
        .trim()
        .eq_ignore_ascii_case("multipart/form-data")
    {
        return None;
    }
    let boundary = rest.split(';').find_map(|part| {
        let (name, value) = part.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then_some(value)
    })?;
    let boundary = boundary.trim_matches('"');
    (1..=70)
        .contains(&boundary.len())
        .then(|| boundary.to_owned())
}

/// Reads a body; what is no part of it is left out.
pub(super) fn read(boundary: &str, body: &[u8]) -> Sent {
    let delimiter = format!("\r\n--{boundary}");
    let first = format!("--{boundary}");
    let mut sent = Sent::default();
    let mut fields = Vec::new();
    let Some(mut rest) = body.strip_prefix(first.as_bytes()) else {
        return sent;
    };
    for _ in 0..PARTS {
        let Some(part) = rest.strip_prefix(b"\r\n") else {
            break;
        };
        let Some((part, behind)) = halves(part, delimiter.as_bytes()) else {
            break;
        };
        rest = behind;
        let Some((head, content)) = halves(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(head);
        let Some(name) = parameter(&head, "name") else {
            continue;
        };
        if parameter(&head, "filename").is_some() {
            // A form sends an empty file where none was chosen.
            if !content.is_empty() {
                sent.file = Some(content.to_vec());
            }
        } else {
            let text = String::from_utf8_lossy(content).replace('\0', "");
            fields.push((name, text));
        }
    }
    sent.fields = Fields::from(fields);
    sent
}

/// What stands before and behind a mark.
fn halves<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(mark.len()).position(|some| some == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

/// A parameter of a part's disposition; browsers write quotes in it as `%22`.
fn parameter(head: &str, name: &str) -> Option<String> {
    let line = head.lines().find(|line| {
        let start = line.get(..20).unwrap_or_default();
        start.eq_ignore_ascii_case("content-disposition:")
    })?;
    let (_, value) = line.split_once(&format!("; {name}=\""))?;
    let (value, _) = value.split_once('"')?;
    Some(value.replace("%22", "\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (head, content) in parts {
            body.extend_from_slice(b"--xyz\r\nContent-Disposition: form-data; ");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--xyz--\r\n");
        body
    }

    #[test]
    fn fields_and_the_file_are_read_as_they_were_sent() {
        let sent = read(
            "xyz",
            &body(&[
                ("name=\"title\"", "Tea & ÄÖ\r\n--xy".as_bytes()),
                ("name=\"topic\"", b"a"),
                ("name=\"topic\"", b"b"),
                (
                    "name=\"picture\"; filename=\"a%22.png\"\r\nContent-Type: image/png",
                    b"\x89PNG\r\n\r\n\0",
                ),
                ("name=\"none\"; filename=\"\"", b""),
            ]),
        );
        assert_eq!(sent.fields.text("title"), "Tea & ÄÖ\r\n--xy");
        assert_eq!(sent.fields.all("topic").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(sent.file.as_deref(), Some(&b"\x89PNG\r\n\r\n\0"[..]));
    }

    #[test]
    fn only_such_a_body_has_a_boundary() {
        for (told, expected) in [
            ("multipart/form-data; boundary=xyz", Some("xyz")),
            (
                "Multipart/Form-Data; charset=utf-8; boundary=\"x y\"",
                Some("x y"),
            ),
            ("multipart/form-data", None),
            ("multipart/form-data; boundary=", None),
            ("multipart/mixed; boundary=xyz", None),
            ("application/x-www-form-urlencoded", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, told.parse().unwrap());
            assert_eq!(boundary(&headers).as_deref(), expected, "{told}");
        }
    }

    /// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where
    /// that is more.
    fn many() -> ProptestConfig {
        ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn no_hostile_body_harms(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut hostile = b"--xyz\r\n".to_vec();
            hostile.extend_from_slice(&body);
            read("xyz", &body);
            read("xyz", &hostile);
        }
    }
}
