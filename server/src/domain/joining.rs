//! Who becomes a member when a chat account is seen for the first time.

use entity::enums::JoinPolicy;

use super::email;

/// What kind of account a platform says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// A full member of the workspace.
    Full,
    /// A guest, restricted to some channels.
    Guest,
    /// Somebody of another workspace.
    Stranger,
    /// A bot or a deactivated account.
    NotAPerson,
}

/// What is to be done about an account that no member has yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It belongs to the member with this address, if there is one; else it
    /// becomes a new member with it.
    MatchOrJoin(String),
    /// It belongs to the member with this address, if there is one; else to nobody.
    Match(String),
    /// It belongs to nobody.
    Refuse,
}

/// Decides by kind, address and policy. Only an address that the platform
/// confirmed says who somebody is; guests and strangers have one too, but may
/// never join.
pub fn decide(kind: AccountKind, confirmed: Option<&str>, policy: JoinPolicy) -> Decision {
    let address = match kind {
        AccountKind::Full => confirmed.and_then(email::normal),
        AccountKind::Guest | AccountKind::Stranger | AccountKind::NotAPerson => None,
    };
    match (address, policy) {
        (Some(address), JoinPolicy::Workspace) => Decision::MatchOrJoin(address),
        (Some(address), JoinPolicy::List) => Decision::Match(address),
        (None, JoinPolicy::Workspace | JoinPolicy::List) => Decision::Refuse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_member_with_a_confirmed_address_joins_where_the_workspace_may() {
        let ada = Some("Ada@acme.example");
        assert_eq!(
            decide(AccountKind::Full, ada, JoinPolicy::Workspace),
            Decision::MatchOrJoin("ada@acme.example".into())
        );
        assert_eq!(
            decide(AccountKind::Full, ada, JoinPolicy::List),
            Decision::Match("ada@acme.example".into())
        );
    }

    #[test]
    fn guests_strangers_bots_and_unconfirmed_addresses_never_join() {
        let ada = Some("ada@acme.example");
        for policy in [JoinPolicy::Workspace, JoinPolicy::List] {
            for kind in [
                AccountKind::Guest,
                AccountKind::Stranger,
                AccountKind::NotAPerson,
            ] {
                assert_eq!(decide(kind, ada, policy), Decision::Refuse);
            }
            assert_eq!(decide(AccountKind::Full, None, policy), Decision::Refuse);
            assert_eq!(
                decide(AccountKind::Full, Some("?"), policy),
                Decision::Refuse
            );
        }
    }
}
