//! The composer's form: a draft as fields, both ways. Times are typed in the member's zone.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use entity::ids::{ChannelId, TeamId};
use entity::json::Audience;
use url::form_urlencoded::Serializer;

use crate::domain::fault::Fault;
use crate::domain::post::{Draft, Wording, campaign_slug};
use crate::http::console::form::Fields;
use crate::http::console::named;

/// How a browser writes a time of the day.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// Fields in which a time is typed.
const TIMES: [&str; 3] = ["publish_at", "embargo_until", "expires_at"];

/// The draft that was typed.
pub fn draft(fields: &Fields, zone: Tz) -> Draft {
    let text = |name: &str| {
        let text = fields.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let time = |name: &str| moment(fields.text(name), zone);
    let networks = fields.all("variant_network");
    let variants = fields.all("variant_text").zip(networks);
    Draft {
        kind: named::kind::read(fields.text("kind")).unwrap_or(entity::enums::PostKind::Share),
        title: fields.text("title").to_owned(),
        summary: fields.text("summary").to_owned(),
        url: text("url"),
        image_url: text("image_url"),
        image_alt: text("image_alt"),
        language: named::language::read(fields.text("language")),
        // People know a campaign by its name.
        campaign: text("campaign").map(|name| campaign_slug(&name)),
        topics: fields
            .text("topics")
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        edit_mode: named::edit_mode::read(fields.text("edit_mode"))
            .unwrap_or(entity::enums::EditMode::Free),
        featured: fields.is_on("featured"),
        priority: named::priority::read(fields.text("priority")).unwrap_or_default(),
        audience: Some(audience(fields)),
        embargo_until: time("embargo_until"),
        disclosure: text("disclosure"),
        // A line that was offered and not used is none.
        variants: variants
            .filter(|(text, _)| !text.trim().is_empty())
            .map(|(text, network)| Wording {
                network: named::network::read(network),
                text: text.replace("\r\n", "\n"),
            })
            .collect(),
        publish_at: time("publish_at"),
        expires_at: time("expires_at"),
    }
}

/// Times that were typed and cannot be read. Nobody is to believe that they are kept.
pub fn unread(fields: &Fields, zone: Tz) -> Vec<Fault> {
    let is_unread = |name: &&str| {
        let text = fields.text(name).trim();
        !text.is_empty() && moment(text, zone).is_none()
    };
    let unread = TIMES.into_iter().filter(is_unread);
    unread
        .map(|name| Fault::new(name, "is no time that can be read"))
        .collect()
}

/// The draft with what cannot be kept of it as it was before.
pub fn without(mut draft: Draft, faults: &[Fault], former: &Draft) -> Draft {
    for fault in faults {
        match whole(&fault.field) {
            "title" => draft.title.clone_from(&former.title),
            "summary" => draft.summary.clone_from(&former.summary),
            "url" => draft.url.clone_from(&former.url),
            "image_url" => draft.image_url.clone_from(&former.image_url),
            "image_alt" => draft.image_alt.clone_from(&former.image_alt),
            "campaign" => draft.campaign.clone_from(&former.campaign),
            "disclosure" => draft.disclosure.clone_from(&former.disclosure),
            "topics" => draft.topics.clone_from(&former.topics),
            "audience" => draft.audience.clone_from(&former.audience),
            "variants" => draft.variants.clone_from(&former.variants),
            "publish_at" => draft.publish_at = former.publish_at,
            "embargo_until" => draft.embargo_until = former.embargo_until,
            "expires_at" => draft.expires_at = former.expires_at,
            // Nothing else is typed.
            _ => {}
        }
    }
    draft
}

/// The field that a fault's place is part of.
pub fn whole(field: &str) -> &str {
    field.split_once('.').map_or(field, |(whole, _)| whole)
}

fn audience(fields: &Fields) -> Audience {
    let channels: Vec<ChannelId> = fields
        .all("audience_channel")
        .filter_map(|id| id.parse().ok().map(ChannelId))
        .collect();
    // A channel that is ticked means only those that are, also where no script says so.
    let is_some = fields.is_on("audience_channels") || !channels.is_empty();
    Audience {
        teams: fields
            .all("audience_team")
            .filter_map(|id| id.parse().ok().map(TeamId))
            .collect(),
        languages: fields
            .all("audience_language")
            .filter_map(named::language::read)
            .collect(),
        roles: fields
            .all("audience_role")
            .filter_map(named::role::read)
            .collect(),
        platforms: fields
            .all("audience_platform")
            .filter_map(named::platform::read)
            .collect(),
        channels: is_some.then_some(channels),
    }
}

/// A draft as a browser would have sent it.
pub fn filled(draft: &Draft, zone: Tz) -> Fields {
    let mut sent = Serializer::new(String::new());
    for (name, value) in fields(draft, zone) {
        sent.append_pair(name, &value);
    }
    Fields::read(sent.finish().as_bytes())
}

/// The same of a draft that was typed: a time that cannot be read stays as it was.
pub fn refilled(draft: &Draft, typed: &Fields, zone: Tz) -> Fields {
    let unread = unread(typed, zone);
    let kept = filled(draft, zone);
    let texts = kept.iter().map(|(name, text)| {
        let is_unread = unread.iter().any(|fault| fault.field == name);
        let text = if is_unread { typed.text(name) } else { text };
        (name.to_owned(), text.to_owned())
    });
    Fields::from(texts.collect::<Vec<_>>())
}

fn fields(draft: &Draft, zone: Tz) -> Vec<(&'static str, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let time = |at: Option<DateTime<Utc>>| at.map(|at| local(at, zone)).unwrap_or_default();
    let mut fields = vec![
        ("kind", named::kind::word(draft.kind).to_owned()),
        ("title", draft.title.clone()),
        ("summary", draft.summary.clone()),
        ("url", text(&draft.url)),
        ("image_url", text(&draft.image_url)),
        ("image_alt", text(&draft.image_alt)),
        (
            "language",
            draft
                .language
                .map(named::language::word)
                .unwrap_or_default()
                .to_owned(),
        ),
        ("campaign", text(&draft.campaign)),
        ("topics", draft.topics.join(", ")),
        (
            "edit_mode",
            named::edit_mode::word(draft.edit_mode).to_owned(),
        ),
        ("priority", named::priority::word(draft.priority).to_owned()),
        ("embargo_until", time(draft.embargo_until)),
        ("publish_at", time(draft.publish_at)),
        ("expires_at", time(draft.expires_at)),
        ("disclosure", text(&draft.disclosure)),
    ];
    if draft.featured {
        fields.push(("featured", "yes".to_owned()));
    }
    for wording in &draft.variants {
        let network = wording
            .network
            .map(named::network::word)
            .unwrap_or_default();
        fields.push(("variant_network", network.to_owned()));
        fields.push(("variant_text", wording.text.clone()));
    }
    let audience = draft.audience.clone().unwrap_or_default();
    fields.extend(
        audience
            .teams
            .iter()
            .map(|id| ("audience_team", id.to_string())),
    );
    let languages = audience.languages.into_iter().map(named::language::word);
    fields.extend(languages.map(|word| ("audience_language", word.to_owned())));
    let roles = audience.roles.into_iter().map(named::role::word);
    fields.extend(roles.map(|word| ("audience_role", word.to_owned())));
    if let Some(channels) = audience.channels {
        fields.push(("audience_channels", "yes".to_owned()));
        let ids = channels.into_iter();
        fields.extend(ids.map(|id| ("audience_channel", id.to_string())));
    }
    let platforms = audience.platforms.into_iter().map(named::platform::word);
    fields.extend(platforms.map(|word| ("audience_platform", word.to_owned())));
    fields
}

/// A time as a browser writes it for the zone.
pub fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format(LOCAL).to_string()
}

/// The moment of a time that was typed; in the hour that is there twice, the first.
pub fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let typed = NaiveDateTime::parse_from_str(text.get(..16)?, LOCAL).ok()?;
    let local = zone.from_local_datetime(&typed);
    local.earliest().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_from_the_form_as_it_was() {
        let at = moment("2026-12-01T09:30", Tz::Europe__Berlin).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-12-01T08:30:00+00:00");
        let whole = Draft {
            kind: entity::enums::PostKind::Job,
            title: "Tea & coffee".to_owned(),
            summary: "What we drink.\nDaily.".to_owned(),
            url: Some("https://acme.example/".to_owned()),
            image_url: Some("https://acme.example/a.png".to_owned()),
            image_alt: Some("A pot".to_owned()),
            language: Some(entity::enums::Language::De),
            campaign: Some("tea".to_owned()),
            topics: vec!["Tea".to_owned(), "New Work".to_owned()],
            edit_mode: entity::enums::EditMode::Locked,
            featured: true,
            priority: entity::enums::Priority::High,
            audience: Some(Audience {
                teams: vec![TeamId(uuid::Uuid::from_u128(7))],
                languages: vec![entity::enums::Language::En],
                roles: vec![entity::enums::Role::Curator],
                platforms: vec![entity::enums::Platform::Discord],
                channels: Some(vec![ChannelId(uuid::Uuid::from_u128(8))]),
            }),
            embargo_until: Some(at),
            disclosure: Some("I work here.".to_owned()),
            variants: vec![
                Wording {
                    network: None,
                    text: "One\ntwo".to_owned(),
                },
                Wording {
                    network: Some(entity::enums::Network::X),
                    text: "Three".to_owned(),
                },
            ],
            publish_at: Some(at),
            expires_at: None,
        };
        let typed = filled(&whole, Tz::Europe__Berlin);
        assert_eq!(draft(&typed, Tz::Europe__Berlin), whole);
    }

    #[test]
    fn a_time_that_cannot_be_read_is_a_fault_at_its_field() {
        let fields = Fields::of([
            ("publish_at", "tomorrow".to_owned()),
            ("embargo_until", "2026-12-01T09:30".to_owned()),
            ("expires_at", "2026-03-29T02:30".to_owned()),
        ]);
        let named = |zone| -> Vec<String> {
            let unread = unread(&fields, zone).into_iter();
            unread.map(|fault| fault.field).collect()
        };
        assert_eq!(named(Tz::UTC), ["publish_at"]);
        let skipped = named(Tz::Europe__Berlin);
        assert_eq!(skipped, ["publish_at", "expires_at"]);
        assert!(unread(&Fields::default(), Tz::UTC).is_empty());
        let again = refilled(&draft(&fields, Tz::UTC), &fields, Tz::UTC);
        assert_eq!(again.text("publish_at"), "tomorrow");
        assert_eq!(again.text("expires_at"), "2026-03-29T02:30");
    }

    #[test]
    fn a_channel_that_is_ticked_means_only_those_that_are() {
        let id = uuid::Uuid::from_u128(8);
        let ticked = Fields::of([("audience_channel", id.to_string())]);
        let audience = draft(&ticked, Tz::UTC).audience.unwrap();
        assert_eq!(audience.channels, Some(vec![ChannelId(id)]));
        let none = draft(&Fields::default(), Tz::UTC).audience.unwrap();
        assert_eq!(none.channels, None);
        let nowhere = Fields::of([("audience_channels", "yes".to_owned())]);
        let audience = draft(&nowhere, Tz::UTC).audience.unwrap();
        assert_eq!(audience.channels, Some(Vec::new()));
    }

    #[test]
    fn what_cannot_be_kept_stays_as_it_was() {
        let typed = Draft {
            title: "New".to_owned(),
            url: Some("nonsense".to_owned()),
            topics: vec!["?".to_owned()],
            ..Draft::default()
        };
        let former = Draft {
            title: "Old".to_owned(),
            url: Some("https://acme.example/".to_owned()),
            topics: vec!["Tea".to_owned()],
            ..Draft::default()
        };
        let faults = [Fault::new("url", ""), Fault::new("topics.0", "")];
        let kept = without(typed, &faults, &former);
        assert_eq!(kept.title, "New");
        assert_eq!((kept.url, kept.topics), (former.url, former.topics));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "soon",
            "2026-13-01T09:00",
            "2026-12-01",
            "2026-12-01T09:00ö",
        ] {
            assert_eq!(
                moment(text, Tz::UTC).is_some(),
                text.ends_with('ö'),
                "{text}"
            );
        }
        // In the night in which clocks go forward there is no half past two.
        assert_eq!(moment("2026-03-29T02:30", Tz::Europe__Berlin), None);
    }
}
