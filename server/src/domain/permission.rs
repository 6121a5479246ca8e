//! What each role may do: the one table from roles to permissions.

use entity::enums::{Permission, Role};

/// Every permission, in the order in which they are documented.
pub const ALL: [Permission; 14] = [
    Permission::ReadPosts,
    Permission::WritePosts,
    Permission::ReviewPosts,
    Permission::CommentPosts,
    Permission::PublishPosts,
    Permission::ManageFeeds,
    Permission::ReadMembers,
    Permission::ManageMembers,
    Permission::ManageOrganization,
    Permission::ManageTokens,
    Permission::ReadAudit,
    Permission::ReadFigures,
    Permission::ReadTeamFigures,
    Permission::ReadOperations,
];

/// What a role grants. A plain member holds no role: everything under `me`
/// needs none.
pub fn granted_by(role: Role) -> &'static [Permission] {
    match role {
        Role::Owner => &ALL,
        Role::Admin => &[
            Permission::ReadPosts,
            Permission::WritePosts,
            Permission::CommentPosts,
            Permission::PublishPosts,
            Permission::ManageFeeds,
            Permission::ReadMembers,
            Permission::ManageMembers,
            Permission::ManageOrganization,
            Permission::ManageTokens,
            Permission::ReadAudit,
            Permission::ReadFigures,
            Permission::ReadTeamFigures,
            Permission::ReadOperations,
        ],
        Role::Curator => &[
            Permission::ReadPosts,
            Permission::WritePosts,
            Permission::CommentPosts,
            Permission::PublishPosts,
            Permission::ManageFeeds,
            Permission::ReadMembers,
            Permission::ManageTokens,
            Permission::ReadFigures,
            Permission::ReadTeamFigures,
            Permission::ReadOperations,
        ],
        Role::Approver => &[
            Permission::ReadPosts,
            Permission::ReviewPosts,
            Permission::CommentPosts,
            Permission::ManageTokens,
        ],
        Role::Recruiter => &[Permission::ReadPosts, Permission::ManageTokens],
        Role::Analyst => &[
            Permission::ReadPosts,
            Permission::ReadFigures,
            Permission::ReadTeamFigures,
            Permission::ManageTokens,
        ],
        Role::TeamLead => &[Permission::ReadTeamFigures],
    }
}

/// What several roles grant together, each permission once, in the order of [`ALL`].
pub fn granted_by_all(roles: &[Role]) -> Vec<Permission> {
    ALL.into_iter()
        .filter(|permission| {
            roles
                .iter()
                .any(|role| granted_by(*role).contains(permission))
        })
        .collect()
}

/// What a token may do: its scopes and what they include, as far as its member holds that today.
pub fn within(scopes: &[Permission], held: &[Permission]) -> Vec<Permission> {
    held.iter()
        .copied()
        .filter(|permission| scopes.iter().any(|scope| includes(*scope, *permission)))
        .collect()
}

/// Whether a scope opens what a permission opens. The figures of teams had no permission of their
/// own once, and a token that was made then goes on to read them.
fn includes(scope: Permission, permission: Permission) -> bool {
    scope == permission
        || (scope, permission) == (Permission::ReadFigures, Permission::ReadTeamFigures)
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn an_owner_may_do_everything() {
        assert_eq!(
            granted_by(Role::Owner),
            Permission::iter().collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_plain_member_holds_no_permission() {
        assert!(granted_by_all(&[]).is_empty());
    }

    #[test]
    fn no_role_opens_nothing() {
        for role in Role::iter() {
            assert!(!granted_by(role).is_empty(), "{role:?}");
        }
    }

    #[test]
    fn whoever_reads_all_figures_reads_those_of_teams() {
        let reads = |role: Role, one| granted_by(role).contains(&one);
        for role in Role::iter().filter(|role| reads(*role, Permission::ReadFigures)) {
            assert!(reads(role, Permission::ReadTeamFigures), "{role:?}");
        }
        assert_eq!(granted_by(Role::TeamLead), [Permission::ReadTeamFigures]);
    }

    #[test]
    fn a_curator_does_not_approve_and_an_approver_does_not_write() {
        assert!(!granted_by(Role::Curator).contains(&Permission::ReviewPosts));
        assert!(!granted_by(Role::Approver).contains(&Permission::WritePosts));
    }

    #[test]
    fn roles_add_up_without_repetition() {
        let both = granted_by_all(&[Role::Curator, Role::Approver]);
        assert!(both.contains(&Permission::ReviewPosts));
        assert!(both.contains(&Permission::WritePosts));
        assert_eq!(
            both.iter().filter(|p| **p == Permission::ReadPosts).count(),
            1
        );
    }

    #[test]
    fn a_token_never_exceeds_its_member() {
        let held = granted_by(Role::Approver);
        let scopes = [Permission::ReviewPosts, Permission::ManageMembers];
        assert_eq!(within(&scopes, held), [Permission::ReviewPosts]);
    }

    #[test]
    fn a_token_that_reads_figures_reads_those_of_teams_and_not_the_other_way_round() {
        let held = granted_by(Role::Analyst);
        let both = [Permission::ReadFigures, Permission::ReadTeamFigures];
        assert_eq!(within(&[Permission::ReadFigures], held), both);
        let teams = [Permission::ReadTeamFigures];
        assert_eq!(within(&teams, held), teams);
        // A member who may do less today gives a token no more than that.
        let lead = granted_by(Role::TeamLead);
        assert_eq!(within(&[Permission::ReadFigures], lead), teams);
    }
}
