//! Who may do what: every operation of the API asked by everybody, and the answers as a table
//! for people to read. What the description says has to be what happens, at the door and behind it.

mod pages;
mod use_cases;

use std::fmt::Write as _;

use chrono::TimeDelta;
use entity::enums::{Permission, Role};
use sea_orm::Iterable;
use secrecy::ExposeSecret;
use serde_json::json;
use server::domain::permission::{granted_by_all, within};
use server::service::tokens::{self, NewToken};
use server::test_support::server::{Answer, Session, TestServer};
use server::test_support::{Kind, TestApp, on_both};
use tests::estate::{Estate, Inhabitant};

use crate::described::{Operation, operations};

/// What a door says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// Come in: what is asked is looked at.
    In,
    /// Your token opens nothing, or there is none.
    Unauthenticated,
    /// Not you.
    Forbidden,
    /// You act for somebody: for whom?
    NamesNobody,
}

impl Entry {
    fn cell(self) -> &'static str {
        match self {
            Self::In => "yes",
            Self::Unauthenticated => "401",
            Self::Forbidden => "·",
            Self::NamesNobody => "for whom?",
        }
    }

    fn of(answer: &Answer) -> Self {
        let names_nobody = || {
            let problem = answer.problem();
            problem.fields.iter().any(|one| one.field == "on-behalf-of")
        };
        match answer.status {
            401 => Self::Unauthenticated,
            403 => Self::Forbidden,
            422 if names_nobody() => Self::NamesNobody,
            status if status < 500 => Self::In,
            status => panic!("{status}: {}", answer.text()),
        }
    }
}

/// What somebody comes with.
enum Pass {
    /// Nothing.
    Nothing,
    /// A token that is worth nothing.
    Worthless,
    /// A member's token, with what it grants; and whether that is all that the member may.
    Token(Vec<Permission>, bool),
    /// A part's token, and what the member may for whom it acts.
    Part(Option<Vec<Permission>>),
    /// The operator's, the same.
    Operator(Option<Vec<Permission>>),
}

/// Somebody who asks.
struct Asker {
    name: String,
    session: Session,
    pass: Pass,
}

/// What the description and the table of permissions promise.
#[expect(
    clippy::match_same_arms,
    reason = "the order of the arms is the order of the rules"
)]
fn promised(operation: &Operation, pass: &Pass) -> Entry {
    let needs = operation.permission.as_str();
    let is_in = |may: bool| if may { Entry::In } else { Entry::Forbidden };
    let as_member = |held: &[Permission]| match needs {
        "member" => true,
        named => held.iter().any(|one| word(*one) == named),
    };
    match (needs, pass) {
        (_, Pass::Nothing) => Entry::Unauthenticated,
        // What is for parts and operator alone does not even look a token up.
        ("bot", Pass::Worthless | Pass::Token(..) | Pass::Operator(_))
        | ("operator", Pass::Worthless | Pass::Token(..) | Pass::Part(_)) => Entry::Forbidden,
        ("operator", Pass::Operator(_)) => Entry::In,
        ("bot", Pass::Part(None)) if operation.is_of_an_account => Entry::NamesNobody,
        ("bot", Pass::Part(_)) => Entry::In,
        (_, Pass::Worthless) => Entry::Unauthenticated,
        (_, Pass::Token(_, false)) if operation.needs_all_scopes => Entry::Forbidden,
        (_, Pass::Part(None) | Pass::Operator(None)) => Entry::NamesNobody,
        (_, Pass::Token(held, _) | Pass::Part(Some(held)) | Pass::Operator(Some(held))) => {
            is_in(as_member(held))
        }
    }
}

/// The word of a permission.
fn word(permission: Permission) -> String {
    let word = serde_json::to_value(permission).unwrap();
    word.as_str().unwrap().to_owned()
}

/// Asks with an id of nothing and an empty body, so that who is let in changes nothing.
async fn ask(session: &Session, operation: &Operation) -> Entry {
    let path = operation.path_with(|_| "00000000-0000-7000-8000-000000000000".to_owned());
    let request = session.request(operation.method.clone(), &path);
    Entry::of(&Answer::to(request.json(&json!({}))).await)
}

/// Somebody of each role, and somebody of none, by a token with every scope.
async fn people(t: &TestApp, server: &TestServer, estate: &Estate) -> Vec<Asker> {
    let mut askers = Vec::new();
    for one in &estate.people {
        let roles: Vec<Role> = one.role.into_iter().collect();
        let name = roles.first().map_or("member".to_owned(), |role| {
            serde_json::to_value(role)
                .unwrap()
                .as_str()
                .unwrap()
                .replace('_', " ")
        });
        askers.push(Asker {
            name,
            session: server.member(&t.token(&one.actor).await),
            pass: Pass::Token(granted_by_all(&roles), true),
        });
    }
    askers
}

/// Everybody else: no token, worthless and narrow ones, the parts, the operator.
#[expect(clippy::too_many_lines, reason = "a list, one entry per asker")]
async fn others(t: &TestApp, server: &TestServer, estate: &Estate) -> Vec<Asker> {
    let (owner, plain) = (estate.owner(), estate.plain());
    let all: Vec<Permission> = Permission::iter().collect();
    let asker = |name: &str, session, pass| Asker {
        name: name.to_owned(),
        session,
        pass,
    };
    let narrow = within(&[Permission::ReadPosts], &all);
    let slack = t.app.service_token(server_api::enums::Platform::Slack);
    let operator = t.app.tokens.operator().expose_secret();
    let as_owner = format!("owner/{}", estate.organization.slug);
    let (on_slack, on_discord) = (owner.on_slack(estate), owner.on_discord(estate));
    vec![
        asker("no token", server.anonymous(), Pass::Nothing),
        asker("an unknown one", server.member("chorus_x"), Pass::Worthless),
        asker(
            "a revoked one",
            revoked(t, server, owner).await,
            Pass::Worthless,
        ),
        asker(
            "an expired one",
            expired(t, server, owner).await,
            Pass::Worthless,
        ),
        asker(
            "of who left",
            left(t, server, estate).await,
            Pass::Worthless,
        ),
        asker(
            "a part's, outside",
            server.member(slack.expose_secret()),
            Pass::Worthless,
        ),
        asker(
            "the operator's, outside",
            server.member(operator),
            Pass::Worthless,
        ),
        asker(
            "an owner's, to read posts",
            server.member(&t.narrow_token(&owner.actor).await),
            Pass::Token(narrow, false),
        ),
        asker("a part", server.slack(None), Pass::Part(None)),
        asker(
            "Slack's for a member",
            server.slack(Some(&plain.on_slack(estate))),
            Pass::Part(Some(Vec::new())),
        ),
        asker(
            "Slack's for an owner",
            server.slack(Some(&on_slack)),
            Pass::Part(Some(all.clone())),
        ),
        asker(
            "Discord's for an owner",
            server.discord(Some(&on_discord)),
            Pass::Part(Some(all.clone())),
        ),
        asker("the operator", server.operator(None), Pass::Operator(None)),
        asker(
            "the operator for an owner",
            server.operator(Some(&as_owner)),
            Pass::Operator(Some(all)),
        ),
    ]
}

async fn revoked(t: &TestApp, server: &TestServer, owner: &Inhabitant) -> Session {
    let (row, secret) = tokens::create(&t.app, &owner.actor, form(None))
        .await
        .unwrap();
    tokens::revoke(&t.app, &owner.actor, row.id).await.unwrap();
    server.member(secret.expose_secret())
}

async fn expired(t: &TestApp, server: &TestServer, owner: &Inhabitant) -> Session {
    let soon = t.clock.now() + TimeDelta::minutes(1);
    let made = tokens::create(&t.app, &owner.actor, form(Some(soon))).await;
    t.clock.advance(TimeDelta::minutes(1));
    server.member(made.unwrap().1.expose_secret())
}

fn form(expires_at: Option<chrono::DateTime<chrono::Utc>>) -> NewToken {
    NewToken {
        name: "reports".to_owned(),
        scopes: Permission::iter().collect(),
        expires_at,
    }
}

/// An owner who left since the token was made.
async fn left(t: &TestApp, server: &TestServer, estate: &Estate) -> Session {
    let actor = t.actor_in(&estate.organization, &[Role::Owner]).await;
    let secret = t.token(&actor).await;
    let now = t.clock.now();
    t.change_member(&actor.member, |row| row.left_at = Some(now))
        .await;
    server.member(&secret)
}

/// Asks everything in everybody's name, holds the answers to what is promised, and gives
/// them as a table.
async fn table(askers: &[Asker]) -> String {
    let names: Vec<&str> = askers.iter().map(|asker| asker.name.as_str()).collect();
    let mut text = format!("| operation | needs | {} |\n", names.join(" | "));
    writeln!(text, "|---|---|{}", "---|".repeat(names.len())).unwrap();
    let mut gaps = Vec::new();
    for operation in operations() {
        let whole = if operation.needs_all_scopes {
            ", whole"
        } else {
            ""
        };
        write!(
            text,
            "| {} | {}{whole} |",
            operation.name, operation.permission
        )
        .unwrap();
        for asker in askers {
            let (found, promised) = (
                ask(&asker.session, &operation).await,
                promised(&operation, &asker.pass),
            );
            if found != promised {
                gaps.push(format!(
                    "{} by {}: {found:?} instead of {promised:?}",
                    operation.name, asker.name
                ));
            }
            write!(text, " {} |", found.cell()).unwrap();
        }
        text.push('\n');
    }
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
    text
}

async fn is_as_promised(kind: Kind) {
    let t = TestApp::new(kind).await;
    let server = t.server().await;
    let estate = Estate::build(&t, &server, "alpha", 1).await;
    let by_role = table(&people(&t, &server, &estate).await).await;
    let by_token = table(&others(&t, &server, &estate).await).await;
    let text = format!(
        "# Who may do what\n\n\
         `yes` is let in, `·` is refused (403), `401` is not known, `for whom?` acts for \
         somebody and has to name them.\n\n\
         ## By role\n\n{by_role}\n## By token\n\n{by_token}"
    );
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("matrix", text);
    });
}

#[tokio::test]
async fn everybody_may_do_what_the_table_of_permissions_says_and_nothing_else_on_sqlite() {
    is_as_promised(Kind::Sqlite).await;
}

#[tokio::test]
async fn everybody_may_do_what_the_table_of_permissions_says_and_nothing_else_on_postgres() {
    is_as_promised(Kind::Postgres).await;
}

#[tokio::test]
async fn a_part_acts_for_accounts_of_its_own_chat_that_are_members() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let estate = Estate::build(&t, &server, "alpha", 1).await;
        let owner = estate.owner();
        let stranger = format!("slack/{}/U999", estate.workspace);
        for session in [
            server.slack(Some(&owner.on_discord(&estate))),
            server.discord(Some(&owner.on_slack(&estate))),
            server.slack(Some(&stranger)),
            server.slack(Some("slack/T9NOWHERE/U1")),
            server.slack(Some("owner/alpha")),
            server.slack(Some("email/owner@alpha.example")),
        ] {
            for operation in operations()
                .iter()
                .filter(|one| one.path.starts_with("/me"))
            {
                let entry = ask(&session, operation).await;
                assert_eq!(entry, Entry::Forbidden, "{} {session:?}", operation.name);
            }
        }
    })
    .await;
}

#[test]
fn every_operation_names_a_permission_of_the_table() {
    let mut names = std::collections::BTreeSet::new();
    for operation in operations() {
        let needs = operation.permission.as_str();
        let is_known = ["member", "bot", "operator"].contains(&needs)
            || Permission::iter().any(|one| word(one) == needs);
        assert!(is_known, "{}: {needs}", operation.name);
        assert!(
            names.insert(operation.name.clone()),
            "{} is there twice",
            operation.name
        );
    }
}
