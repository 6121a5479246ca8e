//! What each role may do: the one table from roles to permissions.

use entity::enums::{Permission, Role};

/// Every permission, in the order in which they are documented.
pub const ALL: [Permission; 13] = [
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
            Permission::ManageTokens,
        ],
        // The own team's figures are a view of `me`, not of the organization.
        Role::TeamLead => &[],
    }
}

/// Whether a role is given: what the others are for is not built yet, so whoever holds one keeps
/// it, and nobody is offered it.
pub fn is_given(role: Role) -> bool {
    match role {
        Role::Owner | Role::Admin | Role::Curator | Role::Approver | Role::Analyst => true,
        Role::Recruiter | Role::TeamLead => false,
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

/// What a token may do: its scopes, as far as its member holds them today.
pub fn within(scopes: &[Permission], held: &[Permission]) -> Vec<Permission> {
    held.iter()
        .copied()
        .filter(|permission| scopes.contains(permission))
        .collect()
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
    fn no_role_is_given_that_opens_nothing() {
        let given: Vec<Role> = Role::iter().filter(|role| is_given(*role)).collect();
        assert!(given.contains(&Role::Owner));
        assert!(given.iter().all(|role| !granted_by(*role).is_empty()));
        assert!(!given.contains(&Role::TeamLead) && !given.contains(&Role::Recruiter));
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
}
