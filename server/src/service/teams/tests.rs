//! The tree of teams: no circle, no two of one name, nothing lost.

use entity::enums::Role;

use super::*;
use crate::service::members::change::set_team;
use crate::service::members::leaving::mark_left;
use crate::test_support::{TestApp, on_both};

/// Names and depths in the order of the tree.
async fn drawn(t: &TestApp, actor: &Actor) -> Vec<(String, usize)> {
    let tree = show_tree(&t.app, actor).await.unwrap().into_iter();
    tree.map(|one| (one.team.name, one.depth)).collect()
}

fn lines(lines: &[(&str, usize)]) -> Vec<(String, usize)> {
    let line = |(name, depth): &(&str, usize)| ((*name).to_owned(), *depth);
    lines.iter().map(line).collect()
}

#[tokio::test]
async fn a_tree_is_grown_bent_and_pruned() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let marketing = create_team(app, &owner, (" Marketing ", None))
            .await
            .unwrap();
        let social = create_team(app, &owner, ("Social", Some(marketing.id)))
            .await
            .unwrap();
        let video = create_team(app, &owner, ("Video", Some(social.id)))
            .await
            .unwrap();
        let sales = create_team(app, &owner, ("Sales", None)).await.unwrap();
        let expected = [("Marketing", 0), ("Social", 1), ("Video", 2), ("Sales", 0)];
        assert_eq!(drawn(&t, &owner).await, lines(&expected));

        move_team(app, &owner, social.id, Some(sales.id))
            .await
            .unwrap();
        rename_team(app, &owner, video.id, "Moving pictures")
            .await
            .unwrap();
        let expected = [
            ("Marketing", 0),
            ("Sales", 0),
            ("Social", 1),
            ("Moving pictures", 2),
        ];
        assert_eq!(drawn(&t, &owner).await, lines(&expected));

        let full = remove_team(app, &owner, social.id).await;
        assert!(matches!(full, Err(TeamError::NotEmpty)), "{full:?}");
        remove_team(app, &owner, video.id).await.unwrap();
        let gone = remove_team(app, &owner, video.id).await;
        assert!(matches!(gone, Err(TeamError::NotFound)), "{gone:?}");
        set_team(app, &owner, owner.member.id, Some(social.id))
            .await
            .unwrap();
        let full = remove_team(app, &owner, social.id).await;
        assert!(matches!(full, Err(TeamError::NotEmpty)), "{full:?}");
        let tree = show_tree(app, &owner).await.unwrap();
        let counted: Vec<i64> = tree.iter().map(|one| one.members).collect();
        assert_eq!(counted, [0, 0, 1]);
        // Who left is in nobody's way.
        let other = t.actor_in(&owner.organization, &[]).await;
        set_team(app, &owner, other.member.id, Some(marketing.id))
            .await
            .unwrap();
        mark_left(app, &owner, other.member.id).await.unwrap();
        remove_team(app, &owner, marketing.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_team_never_hangs_on_itself_also_not_by_two_moves_at_once() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let one = create_team(app, &owner, ("One", None)).await.unwrap();
        let two = create_team(app, &owner, ("Two", None)).await.unwrap();
        let itself = move_team(app, &owner, one.id, Some(one.id)).await;
        assert!(matches!(itself, Err(TeamError::Invalid(_))), "{itself:?}");
        let (first, second) = tokio::join!(
            move_team(app, &owner, one.id, Some(two.id)),
            move_team(app, &owner, two.id, Some(one.id)),
        );
        let moved = usize::from(first.is_ok()) + usize::from(second.is_ok());
        assert_eq!(moved, 1, "{first:?} {second:?}");
        let depths: Vec<usize> = drawn(&t, &owner)
            .await
            .into_iter()
            .map(|one| one.1)
            .collect();
        assert_eq!(depths, [0, 1]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_one_teams_and_a_place_is_of_the_same_organization() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let stranger = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let design = create_team(app, &owner, ("Design", None)).await.unwrap();
        let other = create_team(app, &owner, ("Other", None)).await.unwrap();
        for taken in [
            create_team(app, &owner, ("Design", Some(other.id))).await,
            rename_team(app, &owner, other.id, "Design").await,
        ] {
            assert!(matches!(taken, Err(TeamError::NameTaken)), "{taken:?}");
        }
        assert_eq!(
            rename_team(app, &owner, design.id, "Design").await.unwrap(),
            design
        );
        create_team(app, &stranger, ("Design", None)).await.unwrap();
        for foreign in [
            rename_team(app, &stranger, design.id, "Ours").await,
            move_team(app, &stranger, design.id, None).await,
        ] {
            assert!(matches!(foreign, Err(TeamError::NotFound)), "{foreign:?}");
        }
        for wrong in [
            create_team(app, &stranger, ("Ours", Some(design.id))).await,
            create_team(app, &stranger, (" ", None)).await,
        ] {
            assert!(matches!(wrong, Err(TeamError::Invalid(_))), "{wrong:?}");
        }
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let refused = create_team(app, &curator, ("Mine", None)).await;
        assert!(matches!(refused, Err(TeamError::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn a_team_stays_while_a_draft_in_the_archive_is_for_it() {
    on_both(async |t: TestApp| {
        use crate::service::posts::{archive_post, create_post};
        use crate::test_support::content::draft;
        let owner = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let night = create_team(app, &owner, ("Night", None)).await.unwrap();
        let narrow = crate::domain::post::Draft {
            audience: Some(entity::json::Audience {
                teams: vec![night.id],
                ..entity::json::Audience::default()
            }),
            ..draft("For the night shift")
        };
        let post = create_post(app, &owner, narrow).await.unwrap().post;
        let archived = archive_post(app, &owner, post.id).await.unwrap().post;
        let meant = remove_team(app, &owner, night.id).await;
        assert!(matches!(meant, Err(TeamError::Meant)), "{meant:?}");
        // One that was out comes back as expired, and is shown to nobody any more.
        let out = Some(t.clock.now());
        t.change_post(&archived, |row| row.published_at = out).await;
        remove_team(app, &owner, night.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_team_stays_while_a_post_is_for_it_and_a_post_for_one_that_is_gone_goes_no_further() {
    on_both(async |t: TestApp| {
        use crate::service::posts::{PostError, approve_post, create_post, submit_post};
        use crate::test_support::content::draft;
        let owner = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let night = create_team(app, &owner, ("Night", None)).await.unwrap();
        let narrow = crate::domain::post::Draft {
            audience: Some(entity::json::Audience {
                teams: vec![night.id],
                ..entity::json::Audience::default()
            }),
            ..draft("For the night shift")
        };
        let post = create_post(app, &owner, narrow).await.unwrap().post;
        for state in [PostState::Draft, PostState::InReview, PostState::Live] {
            t.change_post(&post, |row| row.state = state).await;
            let meant = remove_team(app, &owner, night.id).await;
            assert!(matches!(meant, Err(TeamError::Meant)), "{state:?}");
        }
        t.change_post(&post, |row| row.state = PostState::Expired)
            .await;
        remove_team(app, &owner, night.id).await.unwrap();

        t.change_post(&post, |row| row.state = PostState::Draft)
            .await;
        for refused in [
            submit_post(app, &owner, post.id).await,
            approve_post(app, &owner, post.id, None, None).await,
        ] {
            let Err(PostError::Invalid(faults)) = refused else {
                panic!("a post for nobody went on");
            };
            assert_eq!(faults[0].field, "audience.teams.0");
        }
        // Nor does its page say that it is for everybody.
        let page = t
            .log_in(&owner)
            .await
            .get(&format!("posts/{}", post.id))
            .await;
        let page = page.text();
        assert!(page.contains("A team that is gone by now"), "{page}");
        assert!(!page.contains("<div>Everybody</div>"), "{page}");
    })
    .await;
}
