//! Pairing: codes that people type, how often they may, and which account may be taken off.

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::TeamId;
use entity::role_team;

use super::joining::AccountKind;

/// How long a code counts (PRODUCT "Identities").
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// Codes that one account may try within an hour (PRODUCT "Identities").
pub const TRIES_PER_HOUR: i64 = 5;
/// How long codes that count no more are kept, so that a request that is sent again finds its own.
pub const KEPT: TimeDelta = TimeDelta::days(1);

/// Letters of codes: digits and capitals without the look-alikes 0 O 1 I L. Eight of them are
/// 8 × 10¹¹ codes, of which one member has one for ten minutes.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Letters of a code.
const LENGTH: usize = 8;
/// Letters of a group, as it is shown.
const GROUP: usize = 4;

/// A code, as it is hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A code of letters drawn by `below`, which gives a number below its argument.
    pub fn draw(below: impl Fn(u64) -> u64) -> Self {
        let letter = || {
            let at = below(u64::try_from(LETTERS.len()).unwrap_or(1));
            LETTERS.get(usize::try_from(at).unwrap_or_default())
        };
        let letters = std::iter::repeat_with(letter).take(LENGTH).flatten();
        Self(letters.map(|letter| char::from(*letter)).collect())
    }

    /// What somebody typed; case, spaces and hyphens do not count. None if it can be no code.
    pub fn parse(typed: &str) -> Option<Self> {
        let letters: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .take(LENGTH + 1)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let is_code = letters.len() == LENGTH && letters.bytes().all(|b| LETTERS.contains(&b));
        is_code.then_some(Self(letters))
    }

    /// Its letters, to be hashed.
    pub fn letters(&self) -> &str {
        &self.0
    }

    /// How it is shown: in two groups.
    pub fn shown(&self) -> String {
        let (one, two) = self.0.split_at_checked(GROUP).unwrap_or((&self.0, ""));
        format!("{one}-{two}")
    }
}

/// The hour in which tries are counted.
pub fn hour(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(3600)
}

/// Seconds until the next hour begins, in which tries are counted anew.
pub fn next_hour(now: DateTime<Utc>) -> i64 {
    3600 - now.timestamp().rem_euclid(3600)
}

/// Whether an account of this kind may be joined to a member: a code says whose it is, but bots
/// and people of other workspaces are nobody's.
pub fn may_pair(kind: AccountKind) -> bool {
    match kind {
        AccountKind::Full | AccountKind::Guest => true,
        AccountKind::Stranger | AccountKind::NotAPerson => false,
    }
}

/// Whether an account may be taken off a member: they stay reachable by another, or are known
/// by their address when they come back.
pub fn may_unpair(others: usize, has_address: bool) -> bool {
    others > 0 || has_address
}

/// The team that the roles of an account stand for: the member's own where one of them does,
/// else that of the oldest role. None if no role stands for a team.
pub fn team_of_roles(
    mapped: &[role_team::Model],
    roles: &[String],
    own: Option<TeamId>,
) -> Option<TeamId> {
    let mut held: Vec<&role_team::Model> = mapped
        .iter()
        .filter(|mapped| roles.contains(&mapped.role_ref))
        .collect();
    // Discord's ids grow with time, and so do their lengths.
    held.sort_by_key(|mapped| (mapped.role_ref.len(), mapped.role_ref.clone()));
    let stays = held.iter().find(|mapped| Some(mapped.team_id) == own);
    stays.or(held.first()).map(|mapped| mapped.team_id)
}

#[cfg(test)]
mod tests {
    use entity::ids::{InstallationId, OrganizationId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::draw(|bound| bound - 1);
        assert_eq!(code.shown(), "ZZZZ-ZZZZ");
        for typed in ["ZZZZ-ZZZZ", "zzzzzzzz", " zz zz - zzzz ", "ZZZZ\u{a0}ZZZZ"] {
            assert!(Code::parse(typed) == Some(code.clone()), "{typed}");
        }
        for typed in [
            "",
            "ZZZZ",
            "ZZZZ-ZZZZ-Z",
            "ZZZZ-ZZZ0",
            "ZZZZ-ZZZO",
            "ßßßß-ßßßß",
        ] {
            assert!(Code::parse(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn tries_are_counted_by_the_hour() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(
            hour(at("2026-11-16T10:59:59Z")),
            hour(at("2026-11-16T10:00:00Z"))
        );
        assert_eq!(next_hour(at("2026-11-16T10:59:59Z")), 1);
        assert_eq!(next_hour(at("2026-11-16T10:00:00Z")), 3600);
    }

    #[test]
    fn bots_and_strangers_are_nobodys_and_the_last_way_to_a_member_stays() {
        assert!(may_pair(AccountKind::Full) && may_pair(AccountKind::Guest));
        assert!(!may_pair(AccountKind::Stranger) && !may_pair(AccountKind::NotAPerson));
        assert!(may_unpair(1, false) && may_unpair(0, true));
        assert!(!may_unpair(0, false));
    }

    #[test]
    fn roles_stand_for_a_team_and_do_not_move_who_is_in_one_of_theirs() {
        let mapped = |role: &str, team: u128| role_team::Model {
            installation_id: InstallationId(Uuid::from_u128(1)),
            role_ref: role.into(),
            organization_id: OrganizationId(Uuid::from_u128(2)),
            team_id: TeamId(Uuid::from_u128(team)),
            created_at: DateTime::UNIX_EPOCH,
        };
        let all = [mapped("1000", 10), mapped("900", 9)];
        let roles: Vec<String> = ["1000", "900", "7"].map(String::from).into();
        let team = |id| Some(TeamId(Uuid::from_u128(id)));
        assert_eq!(team_of_roles(&all, &roles, None), team(9));
        assert_eq!(team_of_roles(&all, &roles, team(10)), team(10));
        assert_eq!(team_of_roles(&all, &roles, team(3)), team(9));
        assert_eq!(team_of_roles(&all, &["7".into()], team(3)), None);
    }
}
