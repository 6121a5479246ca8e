//! The way back from a change of settings: the former values of what changed, in the address that a
//! toast sends.

use url::form_urlencoded::Serializer;

use crate::http::console::form::Fields;

/// Letters of such an address, at most. Signed into the address of a page it grows by a third, and
/// proxies take 8 KiB.
const LONGEST: usize = 4000;

/// The query that puts back what stood, for as long as nobody changes this version; none where it
/// is too long for an address.
pub(super) fn way((former, now): (&Fields, &Fields), version: i64) -> Option<String> {
    let changed = former
        .iter()
        .filter(|(name, _)| !former.all(name).eq(now.all(name)));
    query(changed, version)
}

/// The query of these values.
pub(super) fn query<'f>(
    values: impl Iterator<Item = (&'f str, &'f str)>,
    version: i64,
) -> Option<String> {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(values);
    query.append_pair("version", &version.to_string());
    Some(query.finish()).filter(|query| query.len() <= LONGEST)
}

/// What such a query asks for.
pub(super) fn asked(query: Option<String>) -> Fields {
    Fields::read(query.unwrap_or_default().as_bytes())
}

/// What stands, with the former values where they are asked for.
pub(super) fn restored(stands: &Fields, asked: &Fields) -> Fields {
    let kept = stands
        .iter()
        .filter(|(name, _)| asked.given(name).is_none());
    let all = kept.chain(asked.iter());
    let owned = all.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Fields::from(owned.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_carried_and_put_back() {
        let former = Fields::read(b"name=A+%26+B&offered=x&offered=xing&weekends=");
        let now = Fields::read(b"name=A+%26+B&offered=x&weekends=yes");
        let way = way((&former, &now), 4).unwrap();
        assert_eq!(way, "offered=x&offered=xing&weekends=&version=4");
        let restored = restored(&now, &asked(Some(way)));
        assert_eq!(restored.text("name"), "A & B");
        assert_eq!(restored.all("offered").collect::<Vec<_>>(), ["x", "xing"]);
        assert!(!restored.is_on("weekends"));
        assert_eq!(restored.text("version"), "4");
    }

    #[test]
    fn what_is_too_long_for_an_address_has_no_way_back() {
        let long = "a".repeat(LONGEST);
        let former = Fields::of([("name", long)]);
        let now = Fields::of([("name", String::new())]);
        assert_eq!(way((&former, &now), 1), None);
    }
}
