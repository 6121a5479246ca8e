//! What stands in the way of a post, or ought to be looked at, before it is handed in.

use chrono::{DateTime, Utc};
use entity::content_rules;
use entity::ids::PostId;

use super::fault::Fault;
use super::post::{Draft, Wording, measure};
use super::{blocked, dealing};

/// Days within which another post with the same address is worth a look.
pub const RECENT_DAYS: i64 = 90;

/// What a check looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A field is missing or wrong.
    Incomplete,
    /// A picture without words for it.
    MissingAlt,
    /// Nothing says who speaks, though the organization demands it.
    MissingDisclosure,
    /// A word or phrase that the organization does not want.
    BlockedWords,
    /// A wording is longer than its network takes.
    OverLimit,
    /// The campaign has ended.
    CampaignEnded,
    /// Another post of late has the same address.
    Duplicate,
    /// The address does not answer.
    DeadLink,
    /// The audience chooses among people, and channels show it to everybody in them.
    OpenChannels,
    /// The audience chooses so few people that every figure of the post would be too close to one
    /// of them.
    FewMeant,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked for.
    pub kind: Kind,
    /// The field, such as `variants.2.text`.
    pub field: String,
    /// What is wrong with it, in words for a developer.
    pub reason: String,
    /// Where in the field: the first letter and how many.
    pub place: Option<(usize, usize)>,
    /// The blocked phrase, or the title of the other post.
    pub words: Option<String>,
    /// The other post.
    pub post: Option<PostId>,
    /// How many channels.
    pub count: Option<usize>,
}

impl Finding {
    /// Something about a field.
    pub fn new(kind: Kind, field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            kind,
            field: field.into(),
            reason: reason.into(),
            place: None,
            words: None,
            post: None,
            count: None,
        }
    }

    /// Whether the post may not be handed in with it. An address may be dead only for us, and
    /// a second post about a page, or a card for everybody in a channel, may be meant.
    pub fn is_blocking(&self) -> bool {
        match self.kind {
            Kind::Incomplete
            | Kind::MissingAlt
            | Kind::MissingDisclosure
            | Kind::BlockedWords
            | Kind::OverLimit
            | Kind::CampaignEnded
            | Kind::FewMeant => true,
            Kind::Duplicate | Kind::DeadLink | Kind::OpenChannels => false,
        }
    }
}

impl From<Finding> for Fault {
    fn from(finding: Finding) -> Self {
        Self::new(finding.field, finding.reason)
    }
}

/// What the organization says of disclosure and words, in a form that rules read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// Words and phrases that no post may contain.
    pub blocked: Vec<String>,
    /// Whether every post says who speaks.
    pub disclosure_required: bool,
    /// How, where a post has no words of its own for it.
    pub disclosure: Option<String>,
}

impl Demands {
    /// The organization's, where it wrote some down.
    pub fn of(rules: Option<&content_rules::Model>) -> Self {
        rules.map_or_else(Self::default, |rules| Self {
            blocked: rules.blocked.0.clone(),
            disclosure_required: rules.disclosure_required,
            disclosure: rules.disclosure.clone(),
        })
    }

    /// What is said near a post's claim: its own words, or the organization's where it demands
    /// some.
    pub fn disclosure_of<'d>(&'d self, own: Option<&'d str>) -> Option<&'d str> {
        own.or_else(|| {
            let demanded = self.disclosure.as_deref();
            demanded.filter(|_| self.disclosure_required)
        })
    }
}

/// Everything that a draft tells by itself.
pub fn of_draft(draft: &Draft, demands: &Demands, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    missing(&mut findings, draft, demands);
    too_long(&mut findings, draft, demands);
    unwanted(&mut findings, draft, demands);
    let told = |field: &str| findings.iter().any(|one| one.field == field);
    let faults = draft.clone().checked(now).err().unwrap_or_default();
    let others: Vec<Finding> = faults
        .into_iter()
        .filter(|fault| !told(&fault.field))
        .map(|fault| Finding::new(Kind::Incomplete, fault.field, fault.reason))
        .collect();
    findings.splice(0..0, others);
    findings
}

fn missing(findings: &mut Vec<Finding>, draft: &Draft, demands: &Demands) {
    let is_blank =
        |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    if draft.image_url.is_some() && is_blank(&draft.image_alt) {
        findings.push(Finding::new(
            Kind::MissingAlt,
            "image_alt",
            "must say what the picture shows",
        ));
    }
    let own = draft.disclosure.as_deref();
    if demands.disclosure_required && demands.disclosure_of(own).is_none() {
        findings.push(Finding::new(
            Kind::MissingDisclosure,
            "disclosure",
            "must say who speaks: the organization demands it",
        ));
    }
}

fn too_long(findings: &mut Vec<Finding>, draft: &Draft, demands: &Demands) {
    let disclosure = demands.disclosure_of(draft.disclosure.as_deref());
    for (index, wording) in draft.variants.iter().enumerate() {
        // A wording for every network may be as long as the roomiest one allows.
        let network = wording.network.unwrap_or(entity::enums::Network::Linkedin);
        let words = dealing::disclosed(&wording.text, disclosure);
        let counted = measure(network, &words, draft.url.is_some());
        if counted.length > counted.limit {
            let reason = format!(
                "counts {} with disclosure and link, at most {} are allowed",
                counted.length, counted.limit
            );
            findings.push(Finding::new(Kind::OverLimit, text_of(index), reason));
        }
    }
}

fn text_of(index: usize) -> String {
    format!("variants.{index}.text")
}

fn unwanted(findings: &mut Vec<Finding>, draft: &Draft, demands: &Demands) {
    let texts = [
        ("title", Some(&draft.title)),
        ("summary", Some(&draft.summary)),
    ]
    .into_iter()
    .chain([
        ("image_alt", draft.image_alt.as_ref()),
        ("disclosure", draft.disclosure.as_ref()),
    ])
    .filter_map(|(field, text)| Some((field.to_owned(), text?.as_str())));
    let wordings = draft.variants.iter().enumerate();
    let wordings = wordings.map(|(index, Wording { text, .. })| (text_of(index), text.as_str()));
    for (field, text) in texts.chain(wordings) {
        for found in blocked::find(&demands.blocked, text) {
            let reason = format!("contains `{}` at {}", found.phrase, found.offset);
            findings.push(Finding {
                place: Some((found.offset, found.length)),
                words: Some(found.phrase),
                ..Finding::new(Kind::BlockedWords, field.clone(), reason)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use entity::enums::Network;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_794_823_200, 0).unwrap()
    }

    fn draft() -> Draft {
        Draft {
            title: "A title".to_owned(),
            url: Some("https://acme.example/a".to_owned()),
            ..Draft::default()
        }
    }

    fn found(change: impl FnOnce(&mut Draft), demands: &Demands) -> Vec<(Kind, String)> {
        let mut draft = draft();
        change(&mut draft);
        of_draft(&draft, demands, now())
            .into_iter()
            .map(|finding| (finding.kind, finding.field))
            .collect()
    }

    fn wording(network: Option<Network>, text: String) -> Wording {
        Wording { network, text }
    }

    #[test]
    fn each_check_names_its_field_once() {
        let plain = Demands::default();
        let strict = Demands {
            blocked: vec!["best".to_owned()],
            disclosure_required: true,
            disclosure: None,
        };
        assert_eq!(found(|_| {}, &plain), []);
        let one = |kind, field: &str| vec![(kind, field.to_owned())];
        assert_eq!(
            found(|d| d.title.clear(), &plain),
            one(Kind::Incomplete, "title")
        );
        assert_eq!(
            found(|d| d.image_url = d.url.clone(), &plain),
            one(Kind::MissingAlt, "image_alt")
        );
        let long = wording(Some(Network::X), "a".repeat(257));
        assert_eq!(
            found(|d| d.variants = vec![long], &plain),
            one(Kind::OverLimit, "variants.0.text")
        );
        assert_eq!(
            found(|_| {}, &strict),
            one(Kind::MissingDisclosure, "disclosure")
        );
        let own = |d: &mut Draft| d.disclosure = Some("I work here.".to_owned());
        assert_eq!(found(own, &strict), []);
    }

    #[test]
    fn the_disclosure_takes_its_room_of_a_wording() {
        let text = "a".repeat(250);
        let change = |d: &mut Draft| d.variants = vec![wording(Some(Network::X), text)];
        let demands = Demands {
            disclosure_required: true,
            disclosure: Some("I work at Acme.".to_owned()),
            ..Demands::default()
        };
        let (kind, field) = &found(change, &demands)[0];
        assert_eq!(
            (*kind, field.as_str()),
            (Kind::OverLimit, "variants.0.text")
        );
    }

    #[test]
    fn blocked_words_are_told_with_their_place() {
        let demands = Demands {
            blocked: vec!["world's best".to_owned()],
            ..Demands::default()
        };
        let mut draft = draft();
        draft.variants = vec![
            wording(None, "Fine.".to_owned()),
            wording(None, "The WORLD’S best.".to_owned()),
        ];
        let findings = of_draft(&draft, &demands, now());
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].field, "variants.1.text");
        assert_eq!(findings[0].place, Some((4, 12)));
        assert_eq!(findings[0].words.as_deref(), Some("world's best"));
        assert!(findings[0].is_blocking());
    }
}
