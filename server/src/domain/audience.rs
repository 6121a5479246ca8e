//! Whom a post is for: a rule over teams, languages, roles and chats. What members do or leave
//! undone is no term of it.

use std::collections::HashSet;

use entity::enums::{Language, Platform, Role};
use entity::ids::TeamId;
use entity::json::Audience;
use entity::{channel, installation, member, team};

/// Terms of one list, at most.
pub const TERMS: usize = 200;

/// A rule made ready to be asked about many members.
#[derive(Clone, Debug)]
pub struct Rule<'a> {
    audience: &'a Audience,
    /// The teams that it names, and those below.
    teams: HashSet<TeamId>,
    /// The language of members who chose none.
    language: Language,
}

/// What a rule may ask of a member: whoever plans for many reads no more of each.
#[derive(Clone, Copy, Debug)]
pub struct Traits<'m> {
    /// Their team.
    pub team: Option<TeamId>,
    /// The language that they chose.
    pub language: Option<Language>,
    /// Their roles.
    pub roles: &'m [Role],
}

impl<'m> From<&'m member::Model> for Traits<'m> {
    fn from(member: &'m member::Model) -> Self {
        Self {
            team: member.team_id,
            language: member.language,
            roles: &member.roles.0,
        }
    }
}

/// What a rule demands of a member, list by list: one of each that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms<'a> {
    /// Teams, those below the named ones among them.
    pub teams: Vec<TeamId>,
    /// Languages.
    pub languages: &'a [Language],
    /// Whether the language of members who chose none is among them.
    pub takes_unchosen: bool,
    /// Roles.
    pub roles: &'a [Role],
    /// Chats.
    pub platforms: &'a [Platform],
}

impl<'a> Rule<'a> {
    /// The rule among the organization's teams.
    pub fn new(audience: &'a Audience, teams: &[team::Model], language: Language) -> Self {
        let mut within: HashSet<TeamId> = audience.teams.iter().copied().collect();
        // A tree as deep as it may be takes as many rounds; a circle ends where nothing is new.
        loop {
            let before = within.len();
            let below = teams
                .iter()
                .filter(|team| team.parent_id.is_some_and(|above| within.contains(&above)))
                .map(|team| team.id);
            let below: Vec<TeamId> = below.collect();
            within.extend(below);
            if within.len() == before {
                break;
            }
        }
        Self {
            audience,
            teams: within,
            language,
        }
    }

    /// What it demands, for whoever asks the database instead of about each member.
    pub fn terms(&self) -> Terms<'a> {
        let wanted = self.audience;
        Terms {
            teams: self.teams.iter().copied().collect(),
            languages: &wanted.languages,
            takes_unchosen: wanted.languages.contains(&self.language),
            roles: &wanted.roles,
            platforms: &wanted.platforms,
        }
    }

    /// Whether a member with accounts on `platforms` is meant.
    pub fn includes<'m>(&self, member: impl Into<Traits<'m>>, platforms: &[Platform]) -> bool {
        let wanted = self.audience;
        let member = member.into();
        let language = member.language.unwrap_or(self.language);
        (wanted.teams.is_empty() || member.team.is_some_and(|id| self.teams.contains(&id)))
            && (wanted.languages.is_empty() || wanted.languages.contains(&language))
            && (wanted.roles.is_empty()
                || member.roles.iter().any(|role| wanted.roles.contains(role)))
            && (wanted.platforms.is_empty()
                || platforms.iter().any(|one| wanted.platforms.contains(one)))
    }
}

/// Whether a channel gets a card.
pub fn takes_channel(
    audience: Option<&Audience>,
    channel: &channel::Model,
    installation: &installation::Model,
) -> bool {
    let Some(audience) = audience else {
        return true;
    };
    let platforms = &audience.platforms;
    (platforms.is_empty() || platforms.contains(&installation.platform))
        && (audience.channels.as_ref()).is_none_or(|named| named.contains(&channel.id))
}

/// Whether a rule chooses among people at all.
pub fn chooses_people(audience: &Audience) -> bool {
    !(audience.teams.is_empty()
        && audience.languages.is_empty()
        && audience.roles.is_empty()
        && audience.platforms.is_empty())
}

/// Whether a rule chooses among people and leaves the channels open: each channel then shows the
/// card to everybody in it, also to those whom the rule does not mean.
pub fn chooses_people_alone(audience: &Audience) -> bool {
    let chooses_people =
        !(audience.teams.is_empty() && audience.languages.is_empty() && audience.roles.is_empty());
    chooses_people && audience.channels.is_none()
}

/// The rule without repetition; none where it leaves nobody out.
pub fn tidied(audience: Audience) -> Option<Audience> {
    let audience = Audience {
        teams: once(audience.teams),
        languages: once(audience.languages),
        roles: once(audience.roles),
        platforms: once(audience.platforms),
        channels: audience.channels.map(once),
    };
    (audience != Audience::default()).then_some(audience)
}

/// Whether one of its lists is too long.
pub fn is_too_long(audience: &Audience) -> bool {
    let channels = audience.channels.as_ref().map_or(0, Vec::len);
    [
        audience.teams.len(),
        audience.languages.len(),
        audience.roles.len(),
        audience.platforms.len(),
        channels,
    ]
    .into_iter()
    .any(|length| length > TERMS)
}

fn once<T: PartialEq>(terms: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(terms.len());
    for term in terms {
        if !kept.contains(&term) {
            kept.push(term);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::enums::{BoardVisibility, DeliveryPreference};
    use entity::ids::{MemberId, OrganizationId};
    use entity::json::{Followers, Networks, Roles};
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> TeamId {
        TeamId(Uuid::from_u128(number))
    }

    fn team(number: u128, above: Option<u128>) -> team::Model {
        team::Model {
            id: id(number),
            organization_id: OrganizationId(Uuid::nil()),
            parent_id: above.map(id),
            name: number.to_string(),
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn member(team: Option<u128>, language: Option<Language>, roles: &[Role]) -> member::Model {
        member::Model {
            id: MemberId(Uuid::nil()),
            organization_id: OrganizationId(Uuid::nil()),
            team_id: team.map(id),
            email: None,
            display_name: String::new(),
            language,
            time_zone: None,
            roles: Roles(roles.to_vec()),
            board_visibility: BoardVisibility::Hidden,
            pseudonym: String::new(),
            attribution: true,
            networks: Networks::default(),
            followers: Followers::default(),
            mastodon_instance: None,
            delivery: DeliveryPreference::EachPost,
            delivery_platform: None,
            delivery_refused_on: None,
            quiet_from: 0,
            quiet_to: 0,
            quiet_weekends: false,
            quiet_own: false,
            joined_at: None,
            greeted_at: None,
            paused_until: None,
            left_at: None,
            erased_at: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn every_list_that_is_not_empty_counts_and_one_of_it_suffices() {
        // 1 is above 2, which is above 3; 4 and 5 are each above the other.
        let teams = [
            team(1, None),
            team(3, Some(2)),
            team(2, Some(1)),
            team(4, Some(5)),
            team(5, Some(4)),
        ];
        let of_teams = |numbers: &[u128]| Audience {
            teams: numbers.iter().map(|number| id(*number)).collect(),
            ..Audience::default()
        };
        let german = Audience {
            languages: vec![Language::De],
            ..Audience::default()
        };
        let curators_on_slack = Audience {
            roles: vec![Role::Curator, Role::Owner],
            platforms: vec![Platform::Slack],
            ..Audience::default()
        };
        let cases = [
            (Audience::default(), member(None, None, &[]), true),
            (of_teams(&[1]), member(Some(3), None, &[]), true),
            (of_teams(&[2]), member(Some(1), None, &[]), false),
            (of_teams(&[2]), member(None, None, &[]), false),
            (of_teams(&[4]), member(Some(5), None, &[]), true),
            (german.clone(), member(None, Some(Language::De), &[]), true),
            (german.clone(), member(None, None, &[]), false),
            (
                curators_on_slack.clone(),
                member(None, None, &[Role::Owner]),
                true,
            ),
            (
                curators_on_slack,
                member(None, None, &[Role::Analyst]),
                false,
            ),
        ];
        for (audience, member, expected) in cases {
            let rule = Rule::new(&audience, &teams, Language::En);
            let answer = rule.includes(&member, &[Platform::Slack]);
            assert_eq!(answer, expected, "{audience:?} {member:?}");
        }
        let rule = Rule::new(&german, &teams, Language::De);
        assert!(rule.includes(&member(None, None, &[]), &[]));
    }

    #[test]
    fn a_rule_over_people_leaves_channels_open_until_it_names_them() {
        let german = Audience {
            languages: vec![Language::De],
            ..Audience::default()
        };
        let on_slack = Audience {
            platforms: vec![Platform::Slack],
            ..Audience::default()
        };
        let closed = |audience: &Audience| Audience {
            channels: Some(Vec::new()),
            ..audience.clone()
        };
        assert!(chooses_people_alone(&german));
        assert!(!chooses_people_alone(&closed(&german)));
        // The channels of a chat are as far as the chat.
        assert!(!chooses_people_alone(&on_slack));
        assert!(!chooses_people_alone(&Audience::default()));
    }

    #[test]
    fn every_term_but_channels_chooses_people() {
        let on_slack = Audience {
            platforms: vec![Platform::Slack],
            ..Audience::default()
        };
        let for_owners = Audience {
            roles: vec![Role::Owner],
            ..Audience::default()
        };
        let nowhere = Audience {
            channels: Some(Vec::new()),
            ..Audience::default()
        };
        assert!(chooses_people(&on_slack) && chooses_people(&for_owners));
        assert!(!chooses_people(&nowhere) && !chooses_people(&Audience::default()));
    }

    #[test]
    fn a_rule_that_leaves_nobody_out_is_none() {
        assert_eq!(tidied(Audience::default()), None);
        let twice = Audience {
            roles: vec![Role::Owner, Role::Owner],
            ..Audience::default()
        };
        assert_eq!(tidied(twice).unwrap().roles, [Role::Owner]);
        let nowhere = Audience {
            channels: Some(Vec::new()),
            ..Audience::default()
        };
        assert!(tidied(nowhere).is_some(), "no channel at all is a choice");
    }
}
