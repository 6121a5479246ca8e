//! A post's audience wherever it is suggested: channels, direct messages, the member's own list.

use entity::enums::{DeliverySubject, Language, Role};
use entity::organization;

use super::*;
use crate::domain::post::Draft;
use crate::service::{shares, suggestions};
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

/// No topics.
const NOTHING: About<'static> = About::Named(&[]);

/// Members on Slack who speak German, on Slack who do not, and on Discord who speak German;
/// all want a message about each post.
async fn people(t: &TestApp, organization: &organization::Model) -> Vec<Actor> {
    let kinds = [
        (Platform::Slack, Some(Language::De)),
        (Platform::Slack, None),
        (Platform::Discord, Some(Language::De)),
    ];
    let mut people = Vec::new();
    for (platform, language) in kinds {
        let mut actor = t.actor_in(organization, &[]).await;
        let user = t.app.chance.code(8);
        match platform {
            Platform::Slack => t.slack_account(&actor.member, &user).await,
            Platform::Discord => t.discord_account(&actor.member, &user).await,
        };
        actor.member = t
            .change_member(&actor.member, |row| {
                row.language = language;
                row.delivery = DeliveryPreference::EachPost;
                row.delivery_platform = Some(platform);
            })
            .await;
        people.push(actor);
    }
    people
}

/// As many more who speak German, on both chats, as make a group: a post for fewer is not handed
/// in. They want no messages.
async fn crowd(t: &TestApp, organization: &organization::Model) {
    for _ in 0..GROUP {
        let member = t.member(organization, &[]).await;
        t.slack_account(&member, &t.app.chance.code(8)).await;
        t.discord_account(&member, &t.app.chance.code(8)).await;
        t.change_member(&member, |row| row.language = Some(Language::De))
            .await;
    }
}

fn german_on_slack() -> Audience {
    Audience {
        languages: vec![Language::De],
        platforms: vec![Platform::Slack],
        ..Audience::default()
    }
}

#[tokio::test]
async fn messages_cards_and_suggestions_go_to_the_audience_alone() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let slack = t.workspace(&organization).await;
        t.guild(&organization).await;
        let people = people(&t, &organization).await;
        crowd(&t, &organization).await;
        let narrow = Draft {
            audience: Some(german_on_slack()),
            ..draft("Narrow")
        };
        t.published(&organization, narrow).await;
        t.work().await;
        let mut claimed = t.claim_on(Platform::Slack).await;
        claimed.extend(t.claim_on(Platform::Discord).await);
        let of = |subject| {
            let found = claimed.iter().filter(|one| one.delivery.subject == subject);
            found.map(|one| &one.delivery).collect::<Vec<_>>()
        };
        let cards = of(DeliverySubject::SuggestedPost);
        assert_eq!(cards.len(), 1);
        assert_eq!(cards[0].installation_id, slack.id);
        let messages = of(DeliverySubject::PersonalPost);
        let members: Vec<_> = messages.iter().map(|one| one.member_id).collect();
        assert_eq!(members, [Some(people[0].member.id)]);
        let mut suggested = Vec::new();
        for actor in &people {
            let cards = suggestions::list_suggestions(&t.app, actor).await.unwrap();
            suggested.push(cards.len());
        }
        assert_eq!(suggested, [1, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn others_suggestions_do_not_take_the_place_of_ones_own() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let ada = t.actor_in(&organization, &[]).await;
        for _ in 0..GROUP {
            t.actor_in(&organization, &[Role::Approver]).await;
        }
        t.published_post(&organization, "For all").await;
        t.clock.advance(chrono::TimeDelta::minutes(1));
        for number in 0..30 {
            let approvers = Draft {
                audience: Some(Audience {
                    roles: vec![Role::Approver],
                    ..Audience::default()
                }),
                ..draft(&format!("For approvers {number}"))
            };
            t.published(&organization, approvers).await;
        }
        let cards = suggestions::list_suggestions(&t.app, &ada).await.unwrap();
        assert_eq!(cards.len(), 1);
        assert_eq!(cards[0].post.title, "For all");
    })
    .await;
}

#[tokio::test]
async fn priority_orders_what_is_suggested_and_an_embargo_hides_it() {
    on_both(async |t: TestApp| {
        use entity::enums::Priority;
        let organization = t.organization().await;
        let ada = t.actor_in(&organization, &[]).await;
        for (title, priority) in [
            ("High", Priority::High),
            ("Normal", Priority::Normal),
            ("Low", Priority::Low),
        ] {
            let draft = Draft {
                priority,
                ..draft(title)
            };
            t.published(&organization, draft).await;
            t.clock.advance(chrono::TimeDelta::minutes(1));
        }
        let featured = Draft {
            featured: true,
            priority: Priority::Low,
            ..draft("Featured")
        };
        let featured = t.published(&organization, featured).await;
        let titles = async || -> Vec<String> {
            let cards = suggestions::list_suggestions(&t.app, &ada).await.unwrap();
            cards.into_iter().map(|card| card.post.title).collect()
        };
        assert_eq!(titles().await, ["Featured", "High", "Normal", "Low"]);
        let until = t.clock.now() + chrono::TimeDelta::hours(1);
        t.change_post(&featured, |row| row.embargo_until = Some(until))
            .await;
        assert_eq!(titles().await, ["High", "Normal", "Low"]);
        let parties = shares::parties(&t.app, &ada, featured.id).await.unwrap();
        let refused = shares::open(&t.app, &parties, entity::enums::Network::X, None).await;
        assert!(matches!(refused, Err(shares::ShareError::NotFound)));
        t.clock.set(until);
        assert_eq!(titles().await[0], "Featured");
        assert!(
            shares::open(&t.app, &parties, entity::enums::Network::X, None)
                .await
                .is_ok()
        );
    })
    .await;
}

#[tokio::test]
async fn a_card_goes_to_the_channels_that_are_named() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        t.guild(&organization).await;
        let db = t.app.store.reader();
        let all = channels::active_of(db, organization.id).await.unwrap();
        for (named, expected) in [(Some(Vec::new()), 0), (Some(vec![all[0].id]), 1), (None, 2)] {
            let draft = Draft {
                audience: Some(Audience {
                    channels: named.clone(),
                    ..Audience::default()
                }),
                ..draft("News")
            };
            t.published(&organization, draft).await;
            let slack = t.deliver_on(Platform::Slack).await.len();
            let discord = t.deliver_on(Platform::Discord).await.len();
            assert_eq!(slack + discord, expected, "{named:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_chooses_people_is_told_which_channels_show_it_to_everybody() {
    on_both(async |t: TestApp| {
        use crate::domain::check::Kind;
        use crate::service::posts::{create_post, find_faults};
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        t.guild(&owner.organization).await;
        crowd(&t, &owner.organization).await;
        let german = Audience {
            languages: vec![Language::De],
            ..Audience::default()
        };
        let in_none = Audience {
            channels: Some(Vec::new()),
            ..german.clone()
        };
        let on_discord = Audience {
            platforms: vec![Platform::Discord],
            ..Audience::default()
        };
        for (audience, open) in [
            (None, None),
            (Some(german), Some(2)),
            (Some(german_on_slack()), Some(1)),
            (Some(in_none), None),
            (Some(on_discord), None),
        ] {
            let post = Draft {
                audience: audience.clone(),
                url: Some(format!("https://acme.example/{}", t.app.uuid())),
                ..draft("News")
            };
            let post = create_post(&t.app, &owner, post).await.unwrap().post;
            let found = find_faults(&t.app, &owner, post.id).await.unwrap();
            let told = found.iter().find(|one| one.kind == Kind::OpenChannels);
            assert_eq!(told.and_then(|one| one.count), open, "{audience:?}");
            assert!(found.iter().all(|one| !one.is_blocking()), "{found:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_rule_is_told_by_the_names_of_what_it_chooses_to_who_reads_posts() {
    on_both(async |t: TestApp| {
        let approver = t.actor(&[Role::Approver]).await;
        let organization = &approver.organization;
        t.workspace(organization).await;
        t.guild(organization).await;
        let sales = team::Model {
            id: entity::ids::TeamId(t.app.uuid()),
            organization_id: organization.id,
            parent_id: None,
            name: "Sales".to_owned(),
            created_at: t.app.now(),
        };
        let txn = t.app.store.begin().await.unwrap();
        teams::insert(&*txn, sales.clone()).await.unwrap();
        txn.commit().await.unwrap();
        let rule = Audience {
            teams: vec![sales.id],
            platforms: vec![Platform::Slack],
            ..Audience::default()
        };
        let named = name_terms(&t.app, &approver, (Some(&rule), NOTHING))
            .await
            .unwrap();
        assert_eq!(named.teams, ["Sales"]);
        assert_eq!(named.channels, [("news".to_owned(), Platform::Slack)]);
        let named = name_terms(&t.app, &approver, (None, NOTHING))
            .await
            .unwrap();
        assert_eq!((named.teams.len(), named.channels.len()), (0, 2));
        // Another organization's teams have no names here.
        let stranger = t.actor(&[Role::Owner]).await;
        let named = name_terms(&t.app, &stranger, (Some(&rule), NOTHING))
            .await
            .unwrap();
        assert_eq!(named, Named::default());
        let nobody = t.actor_in(organization, &[]).await;
        let refused = name_terms(&t.app, &nobody, (Some(&rule), NOTHING)).await;
        assert!(matches!(refused, Err(LookError::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn a_post_for_fewer_than_five_people_is_not_handed_in() {
    on_both(async |t: TestApp| {
        use crate::domain::check::Kind;
        use crate::service::posts::{approve_post, create_post, find_faults, submit_post};
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let german = Draft {
            audience: Some(Audience {
                languages: vec![Language::De],
                channels: Some(Vec::new()),
                ..Audience::default()
            }),
            ..draft("Narrow")
        };
        let post = create_post(&t.app, &owner, german).await.unwrap().post;
        let kinds = async || -> Vec<Kind> {
            let found = find_faults(&t.app, &owner, post.id).await.unwrap();
            found.iter().map(|one| one.kind).collect()
        };
        let mut german = Vec::new();
        for _ in 0..5 {
            assert_eq!(kinds().await, [Kind::FewMeant]);
            for refused in [
                submit_post(&t.app, &owner, post.id).await,
                approve_post(&t.app, &owner, post.id, None, None).await,
            ] {
                let Err(PostError::Invalid(faults)) = refused else {
                    panic!("a post for few went on");
                };
                assert_eq!(faults[0].field, "audience");
            }
            let member = t.member(house, &[]).await;
            let member = t
                .change_member(&member, |row| row.language = Some(Language::De))
                .await;
            german.push(member);
        }
        assert_eq!(kinds().await, []);
        // Who has not joined or has left is nobody whom it reaches.
        t.change_member(&german[0], |row| row.joined_at = None)
            .await;
        assert_eq!(kinds().await, [Kind::FewMeant]);
        submit_post(&t.app, &owner, post.id).await.unwrap_err();
        t.change_member(&german[0], |row| row.joined_at = Some(row.created_at))
            .await;
        submit_post(&t.app, &owner, post.id).await.unwrap();
    })
    .await;
}

/// Members of two teams, one below the other, and of none; of two languages and of none chosen;
/// with and without roles and accounts; and two whom no rule means, for they are not there.
async fn every_kind(t: &TestApp, organization: &organization::Model) -> [entity::ids::TeamId; 2] {
    let above = t.team(organization, "Above", None).await;
    let below = t.team(organization, "Below", Some(above)).await;
    let teams = [Some(above), Some(below), None];
    let languages = [None, Some(Language::De), Some(Language::En)];
    for (at, team) in teams.into_iter().enumerate() {
        for (number, language) in languages.into_iter().enumerate() {
            let roles: &[Role] = match (at + number) % 3 {
                0 => &[Role::Curator, Role::TeamLead],
                1 => &[Role::Approver],
                _ => &[],
            };
            let member = t.member(organization, roles).await;
            if number != at {
                t.slack_account(&member, &t.app.chance.code(8)).await;
            }
            if number > at {
                t.discord_account(&member, &t.app.chance.code(8)).await;
            }
            t.change_member(&member, |row| {
                row.team_id = team;
                row.language = language;
            })
            .await;
        }
    }
    for has_left in [false, true] {
        let member = t.member(organization, &[Role::Curator]).await;
        t.slack_account(&member, &t.app.chance.code(8)).await;
        t.change_member(&member, |row| {
            row.team_id = Some(above);
            row.left_at = has_left.then_some(row.created_at);
            row.joined_at = row.joined_at.filter(|_| has_left);
        })
        .await;
    }
    [above, below]
}

#[tokio::test]
async fn the_database_finds_whom_the_rule_means_and_no_more_than_it_is_asked_for() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let [above, below] = every_kind(&t, &organization).await;
        // Another organization's people are nobody's here.
        let elsewhere = t.organization().await;
        t.people(&elsewhere, None, 3).await;
        let db = t.app.store.reader();
        let teams = teams::of_organization(db, organization.id).await.unwrap();
        let mut most = 0;
        for teams_named in [vec![], vec![above], vec![below]] {
            for languages in [vec![], vec![Language::De], vec![Language::En]] {
                for roles in [
                    vec![],
                    vec![Role::Curator],
                    vec![Role::Approver, Role::Owner],
                ] {
                    for platforms in [vec![], vec![Platform::Slack], vec![Platform::Discord]] {
                        let audience = Audience {
                            teams: teams_named.clone(),
                            languages: languages.clone(),
                            roles: roles.clone(),
                            platforms,
                            channels: None,
                        };
                        let rule = Rule::new(&audience, &teams, organization.language);
                        let mut meant = Vec::new();
                        let note = |member: &member::Model| meant.push(member.id);
                        each_meant(db, organization.id, &rule, note).await.unwrap();
                        let found = audiences::some_meant(db, organization.id, &rule, 100).await;
                        let mut found = found.unwrap();
                        found.sort_unstable_by_key(|id| id.0);
                        assert_eq!(found, meant, "{audience:?}");
                        most = most.max(found.len());
                    }
                }
            }
        }
        assert_eq!(most, 9, "the rule for everybody means who is there");
        let everybody = Audience::default();
        let rule = Rule::new(&everybody, &teams, organization.language);
        let few = audiences::some_meant(db, organization.id, &rule, 5).await;
        assert_eq!(few.unwrap().len(), 5);
    })
    .await;
}
