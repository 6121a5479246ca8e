//! Members and their teams.

use entity::ids::{IdentityId, MemberId, TeamId};
use server::app::App;
use server::domain::people::typed;
use server::service::actor::Actor;
use server::service::members::{self, change, erasure, invite, leaving};
use server::service::{audiences, exports, login_links, pairing, teams};
use server_api::problem::Code;

use super::{NOTHING, code};

/// How the use case of an operation refuses; none where it does what was asked.
pub async fn refusal(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (member, team) = (MemberId(NOTHING), TeamId(NOTHING));
    match operation {
        "list_teams" => code(audiences::list_teams(app, actor).await),
        "show_team_tree" => code(teams::show_tree(app, actor).await),
        "create_team" => code(teams::create_team(app, actor, ("Design", None)).await),
        "rename_team" => code(teams::rename_team(app, actor, team, "Design").await),
        "move_team" => code(teams::move_team(app, actor, team, None).await),
        "remove_team" => code(teams::remove_team(app, actor, team).await),
        "invite_people" => {
            let wanted = invite::Invitation {
                people: typed("invited@news.example"),
                ..invite::Invitation::default()
            };
            code(invite::invite_people(app, actor, wanted).await)
        }
        "show_member" => code(members::show(app, actor, member).await),
        "update_member" => {
            let details = change::Details::default();
            code(change::update(app, actor, member, details).await)
        }
        "set_member_roles" => code(change::set_roles(app, actor, member, Vec::new()).await),
        "set_member_team" => code(change::set_team(app, actor, member, None).await),
        "mark_member_left" => code(leaving::mark_left(app, actor, member).await),
        "export_member" => code(exports::export_member(app, actor, member).await),
        "erase_member" => code(erasure::erase(app, actor, member, "Nobody").await),
        "bring_member_back" => code(leaving::bring_back(app, actor, member).await),
        "invite_to_console" => code(login_links::invite(app, actor, member).await),
        _ => {
            let which = (member, IdentityId(NOTHING));
            code(pairing::unpair_member(app, actor, which).await)
        }
    }
}
