//! Teams over HTTP: grown, moved, refused, and gone.

use entity::enums::Role;
use serde_json::json;
use server_api::audience::{Team, Teams};
use server_api::problem::Code;
use server_api::team::TeamTree;

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_tree_of_teams_is_made_moved_renamed_and_emptied() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let sales: Team = session
            .post("/teams", &json!({"name": "Sales"}))
            .await
            .json();
        let field = json!({"name": "Field", "parent_id": sales.id});
        let field: Team = session.post("/teams", &field).await.json();
        assert_eq!(field.parent_id, Some(sales.id));
        let twice = session.post("/teams", &json!({"name": "Field"})).await;
        assert_eq!(
            (twice.status, twice.problem().code),
            (409, Code::AlreadyExists)
        );

        let circle = json!({"parent_id": field.id});
        let circle = session
            .put(&format!("/teams/{}/parent", sales.id), &circle)
            .await;
        let problem = circle.problem();
        assert_eq!(
            (circle.status, problem.fields[0].field.as_str()),
            (422, "parent_id")
        );
        let full = session.delete(&format!("/teams/{}", sales.id)).await;
        assert_eq!((full.status, full.problem().code), (409, Code::WrongState));

        let place = format!("/members/{}/team", owner.member.id);
        let moved = session.put(&place, &json!({"team_id": field.id})).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        let tree: TeamTree = session.get("/team-tree").await.json();
        let drawn: Vec<_> = tree
            .items
            .iter()
            .map(|one| (one.name.as_str(), one.depth, one.members))
            .collect();
        assert_eq!(drawn, [("Sales", 0, 0), ("Field", 1, 1)]);
        let below = format!("/members?team={}", sales.id);
        let below: serde_json::Value = session.get(&below).await.json();
        assert_eq!(below["items"][0]["id"], json!(owner.member.id));

        session.put(&place, &json!({"team_id": null})).await;
        let place = format!("/teams/{}", field.id);
        let other = session.patch(&place, &json!({"name": "Outside"})).await;
        assert_eq!(other.json::<Team>().name, "Outside");
        for status in [204, 404] {
            let gone = session.delete(&format!("/teams/{}", field.id)).await;
            assert_eq!(gone.status, status);
        }
        let left: Teams = session.get("/teams").await.json();
        assert_eq!(left.items.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_curator_sees_the_tree_and_cannot_bend_it() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&curator).await);
        assert_eq!(session.get("/team-tree").await.status, 200);
        let refused = session.post("/teams", &json!({"name": "Mine"})).await;
        assert_eq!(
            (refused.status, refused.problem().code),
            (403, Code::Forbidden)
        );
        let malformed = session.post("/teams", &json!({"title": "Mine"})).await;
        assert_eq!(
            malformed.status, 403,
            "who may not is not told what is wrong"
        );
    })
    .await;
}
