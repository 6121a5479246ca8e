//! The frame around every page: the rail of what there is and the member may open, and a toast.

use entity::enums::Permission;

use super::icon::Icon;
use super::insight::TEAMS;
use super::look::Look;
use super::toast::Toast;
use crate::service::actor::Actor;

/// A place of the rail.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Path below the console's beginning; the rail shows where one is by the longest that fits.
    pub path: &'static str,
    /// The key of its name.
    pub name: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// The keys that lead there, one after another.
    pub keys: &'static str,
    /// The permission without which it is not shown.
    pub needs: Option<Permission>,
}

impl Place {
    /// Where it leads a member, below the console's beginning; nowhere if they may not open it.
    fn leads(&self, actor: &Actor) -> Option<&'static str> {
        let may = |needed: Permission| actor.require(needed).is_ok();
        if self.needs.is_none_or(may) {
            return Some(self.path);
        }
        // Whoever reads no figures but those of teams begins there.
        (self.path == INSIGHT && may(Permission::ReadTeamFigures)).then_some(TEAMS)
    }
}

/// The place of posts that wait for a review.
const REVIEW: &str = "review";
/// The place of proposals that wait for an answer.
const PROPOSALS: &str = "proposals";
/// The place of figures.
const INSIGHT: &str = "insight";

/// How many things wait for a member; none of those that they do not look after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Posts that wait for a review.
    pub reviews: Option<u64>,
    /// Proposals that wait for an answer.
    pub proposals: Option<u64>,
}

impl Waits {
    /// What waits at a place.
    fn at(self, path: &str) -> Option<u64> {
        match path {
            REVIEW => self.reviews,
            PROPOSALS => self.proposals,
            _ => None,
        }
    }
}

/// The rail, in its order. On a phone the first four stand at the bottom, and the others
/// behind "More". What is not built has no line here.
pub const RAIL: &[Place] = &[
    Place {
        path: "",
        name: "rail-home",
        icon: Icon::Home,
        keys: "g h",
        needs: None,
    },
    Place {
        path: "library",
        name: "rail-library",
        icon: Icon::Library,
        keys: "g l",
        needs: Some(Permission::ReadPosts),
    },
    Place {
        path: "calendar",
        name: "rail-calendar",
        icon: Icon::Calendar,
        keys: "g c",
        needs: Some(Permission::ReadPosts),
    },
    Place {
        path: REVIEW,
        name: "rail-review",
        icon: Icon::Review,
        keys: "g r",
        needs: Some(Permission::ReviewPosts),
    },
    Place {
        path: PROPOSALS,
        name: "rail-proposals",
        icon: Icon::Proposals,
        keys: "g o",
        needs: Some(Permission::WritePosts),
    },
    Place {
        path: INSIGHT,
        name: "rail-insight",
        icon: Icon::Insight,
        keys: "g i",
        needs: Some(Permission::ReadFigures),
    },
    Place {
        path: "leaderboard",
        name: "rail-leaderboard",
        icon: Icon::Leaderboard,
        keys: "g b",
        needs: None,
    },
    Place {
        path: "people",
        name: "rail-people",
        icon: Icon::People,
        keys: "g p",
        needs: Some(Permission::ReadMembers),
    },
    Place {
        path: "settings",
        name: "rail-settings",
        icon: Icon::Settings,
        keys: "g s",
        needs: Some(Permission::ReadPosts),
    },
    Place {
        path: "audit",
        name: "rail-audit",
        icon: Icon::Audit,
        keys: "g a",
        needs: Some(Permission::ReadAudit),
    },
];

/// The places of a phone's bar beside "More".
const ON_A_PHONE: usize = 4;

/// A place as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its icon.
    pub icon: Icon,
    /// The keys that lead there.
    pub keys: &'static str,
    /// Whether the page belongs to it.
    pub is_here: bool,
    /// Whether it stands in a phone's bar.
    pub on_a_phone: bool,
    /// How many things wait there, if any do.
    pub waiting: Option<i64>,
}

/// What stands around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    look: Look,
    /// The page's title.
    pub title: String,
    /// The organization's name in addresses.
    pub slug: String,
    /// Its name.
    pub organization: String,
    /// The member's name.
    pub member: String,
    /// Where the console begins, with a slash at its end.
    pub home: String,
    /// Path and query of the page, for forms that come back to it.
    pub here: String,
    /// The rail.
    pub rail: Vec<Shown>,
    /// What was just done.
    pub toast: Option<Toast>,
    /// How many posts wait for the member's review.
    pub to_review: u64,
    /// How many proposals wait for the member's answer.
    pub to_decide: u64,
}

/// Theme, words, times and numbers are the look's.
impl std::ops::Deref for Frame {
    type Target = Look;

    fn deref(&self) -> &Look {
        &self.look
    }
}

impl Frame {
    pub(super) fn of(
        look: &Look,
        actor: &Actor,
        (asked, title, toast): (&str, String, Option<Toast>),
        waits: Waits,
    ) -> Self {
        let home = format!("/o/{}/", actor.organization.slug);
        let path = asked.split('?').next().unwrap_or_default();
        let below = path.strip_prefix(&home).unwrap_or_default();
        let places = RAIL
            .iter()
            .filter_map(|place| Some((place, place.leads(actor)?)));
        let rail = places.enumerate().map(|(at, (place, path))| Shown {
            href: format!("{home}{path}"),
            name: look.say(place.name),
            icon: place.icon,
            keys: place.keys,
            is_here: is_of(place.path, below),
            on_a_phone: at < ON_A_PHONE,
            waiting: waits
                .at(place.path)
                .filter(|count| *count > 0)
                .and_then(|count| i64::try_from(count).ok()),
        });
        Self {
            rail: rail.collect(),
            look: look.clone(),
            title,
            slug: actor.organization.slug.clone(),
            organization: actor.organization.name.clone(),
            member: actor.member.display_name.clone(),
            home,
            here: without_toast(asked),
            toast,
            to_review: waits.reviews.unwrap_or_default(),
            to_decide: waits.proposals.unwrap_or_default(),
        }
    }

    /// The path of a page of this console, such as `library`.
    pub fn path(&self, page: &str) -> String {
        format!("{}{page}", self.home)
    }

    /// The words of the toast.
    pub fn toast_text(&self, toast: &Toast) -> String {
        match toast.number() {
            Some(count) => self.words.count(toast.key(), count),
            None => self.say(toast.key()),
        }
    }

    /// Where the toast is undone.
    pub fn toast_undo<'t>(&self, toast: &'t Toast) -> Option<&'t str> {
        toast.undo_path()
    }

    /// Whether the page is this one or below it.
    pub fn is_at(&self, page: &str) -> bool {
        let path = self.here.split('?').next().unwrap_or_default();
        is_of(page, path.strip_prefix(&self.home).unwrap_or_default())
    }
}

/// Whether a page belongs to a place: the beginning only to itself.
fn is_of(place: &str, below: &str) -> bool {
    match below.strip_prefix(place) {
        Some("") => true,
        Some(rest) => !place.is_empty() && rest.starts_with('/'),
        None => false,
    }
}

/// An address without a toast, which would be shown again.
fn without_toast(asked: &str) -> String {
    let Some((path, query)) = asked.split_once('?') else {
        return asked.to_owned();
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.starts_with("toast="))
        .collect();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rail_shows_where_one_is() {
        for (place, below, is_here) in [
            ("", "", true),
            ("", "library", false),
            ("library", "library", true),
            ("library", "library/1", true),
            ("library", "libraryfoo", false),
            ("library", "", false),
        ] {
            assert_eq!(is_of(place, below), is_here, "{place:?} {below:?}");
        }
    }

    #[test]
    fn an_address_is_kept_without_its_toast() {
        assert_eq!(without_toast("/o/a/?toast=x"), "/o/a/");
        assert_eq!(without_toast("/o/a/?q=1&toast=x&r=2"), "/o/a/?q=1&r=2");
        assert_eq!(without_toast("/o/a/"), "/o/a/");
    }
}
