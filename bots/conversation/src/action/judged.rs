//! How a judged post travels: in controls, and in the dialog that one of them opens.

use server_api::ids::PostId;

use crate::intent::{Judged, Surface};
use crate::short_id;

/// A post and its version, of one length, so that nothing cut off reads as another version.
pub(crate) fn judged_code(judged: Judged) -> String {
    format!(
        "{}.{:016x}",
        short_id::encode(judged.post.0),
        judged.version
    )
}

/// The reverse of [`judged_code`].
pub(crate) fn judged_of(post: &str, version: &str, on: Surface) -> Option<Judged> {
    let whole = version.len() == 16 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let version = whole.then(|| i64::from_str_radix(version, 16).ok())??;
    Some(Judged {
        post: short_id::decode(post).map(PostId)?,
        version,
        on,
    })
}

/// Where a dialog's answer goes, as a letter.
pub(crate) fn surface_code(on: Surface) -> &'static str {
    match on {
        Surface::Message => "m",
        Surface::Card => "c",
        Surface::Page => "p",
    }
}

/// The reverse of [`surface_code`].
pub(crate) fn surface_coded(code: &str) -> Option<Surface> {
    [Surface::Message, Surface::Card, Surface::Page]
        .into_iter()
        .find(|on| surface_code(*on) == code)
}
