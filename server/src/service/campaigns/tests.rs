//! Campaigns: planned, changed, ended, and what that means for their posts.

use entity::enums::{CampaignArea, CampaignGoal, Role};

use super::*;
use crate::domain::post::Draft;
use crate::service::posts;
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

fn plan(name: &str) -> Plan {
    Plan {
        name: name.to_owned(),
        goal: Some(CampaignGoal::Recruiting),
        target: Some(12),
        area: Some(CampaignArea::Hr),
        ends_at: None,
    }
}

#[tokio::test]
async fn a_campaign_has_a_goal_a_target_an_area_and_counts_its_posts() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let app = &t.app;
        let made = create_campaign(app, &curator, None, plan(" Apprentices 2027 "))
            .await
            .unwrap();
        assert_eq!(made.campaign.slug, "apprentices-2027");
        let post = Draft {
            campaign: Some(made.campaign.slug.clone()),
            ..draft("Tea")
        };
        posts::create_post(app, &curator, post).await.unwrap();
        let changed = Plan {
            goal: None,
            target: None,
            area: None,
            ..plan("Apprentices")
        };
        let told = update_campaign(app, &curator, made.campaign.id, changed)
            .await
            .unwrap();
        assert_eq!(
            (told.posts, told.campaign.goal, told.campaign.target),
            (1, None, None)
        );
        assert_eq!(told.campaign.slug, "apprentices-2027", "links bear it");
        assert_eq!(list_campaigns(app, &curator).await.unwrap(), [told]);
    })
    .await;
}

#[tokio::test]
async fn a_slug_is_one_campaigns_and_fits_into_a_link() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let app = &t.app;
        let slug = Some("spring");
        create_campaign(app, &curator, slug, plan("Spring"))
            .await
            .unwrap();
        let taken = create_campaign(app, &curator, slug, plan("Spring again")).await;
        assert!(matches!(taken, Err(CampaignError::SlugTaken)), "{taken:?}");
        for (slug, name, field) in [
            (Some("Spring!"), "Spring", "slug"),
            (None, "東京", "slug"),
            (None, " ", "name"),
        ] {
            let wrong = create_campaign(app, &curator, slug, plan(name)).await;
            let Err(CampaignError::Invalid(faults)) = wrong else {
                panic!("{wrong:?}");
            };
            assert_eq!(faults[0].field, field);
        }
    })
    .await;
}

#[tokio::test]
async fn who_ends_a_campaign_keeps_posts_from_being_handed_in_for_it() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let app = &t.app;
        let made = create_campaign(app, &curator, None, plan("Spring"))
            .await
            .unwrap();
        let post = Draft {
            campaign: Some("spring".to_owned()),
            ..draft("Tea")
        };
        let post = posts::create_post(app, &curator, post).await.unwrap().post;
        let ended = end_campaign(app, &curator, made.campaign.id).await.unwrap();
        assert_eq!(ended.campaign.ends_at, Some(t.clock.now()));
        let refused = posts::submit_post(app, &curator, post.id).await;
        let Err(posts::PostError::Invalid(faults)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(faults[0].field, "campaign");
        t.clock.advance(chrono::TimeDelta::hours(1));
        let again = end_campaign(app, &curator, made.campaign.id).await.unwrap();
        assert_eq!(again, ended, "it ended when it ended");
    })
    .await;
}

#[tokio::test]
async fn a_campaign_is_not_there_for_others_and_not_changed_by_who_only_looks() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let stranger = t.actor(&[Role::Owner]).await;
        let analyst = t.actor_in(&curator.organization, &[Role::Analyst]).await;
        let app = &t.app;
        let made = create_campaign(app, &curator, None, plan("Spring"))
            .await
            .unwrap();
        let id = made.campaign.id;
        for foreign in [
            show_campaign(app, &stranger, id).await,
            update_campaign(app, &stranger, id, plan("Ours")).await,
            end_campaign(app, &stranger, id).await,
        ] {
            assert!(
                matches!(foreign, Err(CampaignError::NotFound)),
                "{foreign:?}"
            );
        }
        assert_eq!(show_campaign(app, &analyst, id).await.unwrap(), made);
        let refused = end_campaign(app, &analyst, id).await;
        assert!(matches!(refused, Err(CampaignError::Forbidden(_))));
    })
    .await;
}
