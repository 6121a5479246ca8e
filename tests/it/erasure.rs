//! Somebody is erased from an organization with one of everything: afterwards no column of any
//! table names them, and nothing of anybody else moved.

use entity::enums::{ImportKind, Platform, Role};
use sea_orm::EntityTrait;
use server::domain::delivery::Outcome;
use server::service::members::erasure::erase;
use server::test_support::{Kind, TestApp};
use tests::estate::Estate;

use crate::rows::{self, Rows};

/// How long until nobody takes a message back any more.
const OVER: chrono::TimeDelta = chrono::TimeDelta::hours(25);

/// Bytes as a row shows them.
fn shown_bytes(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    bytes.join(", ")
}

/// Rows that hold one of the words, as text or as bytes.
fn naming(rows: &Rows, words: &[String]) -> Vec<String> {
    let words: Vec<String> = words
        .iter()
        .flat_map(|word| [word.clone(), shown_bytes(word)])
        .collect();
    let mut found = Vec::new();
    for (table, rows) in rows {
        for row in rows {
            let lower = row.to_lowercase();
            let named = words
                .iter()
                .find(|word| lower.contains(&word.to_lowercase()));
            if let Some(word) = named {
                found.push(format!("{table} names {word}: {row}"));
            }
        }
    }
    found
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn nothing_is_left(kind: Kind) {
    let t = TestApp::new(kind).await;
    let server = t.server().await;
    let estate = Estate::build(&t, &server, "alpha", 1).await;
    let other = Estate::build(&t, &server, "bravo", 2).await;
    let mut erased = Vec::new();
    for one in [estate.plain(), estate.of(Some(Role::Curator))] {
        let found = entity::member::Entity::find_by_id(one.actor.member.id);
        let member = found.one(t.app.store.reader()).await.unwrap().unwrap();
        let email = member.email.clone().unwrap();
        let words = vec![
            member.display_name.clone(),
            email.clone(),
            member.pseudonym.clone(),
            // As the chats name them, apart from ids that begin alike.
            format!("\"{}\"", one.slack),
            format!("\"{}\"", one.discord),
            format!("/{}", one.slack),
            format!("/{}", one.discord),
        ];
        // They stand in a file that waits.
        let file = format!(
            "email,name\nfirst@alpha.example,First\n{email},{}\n",
            member.display_name
        );
        let kind = ImportKind::Members;
        let upload = server::service::imports::upload(
            &t.app,
            &estate.owner().actor,
            kind,
            file.into_bytes(),
        );
        upload.await.unwrap();
        let before = rows::all(&t).await;
        assert!(naming(&before, &words).len() > 5, "there was much to erase");
        erased.push((member, email, words));
    }
    let of_other = [other.organization.id.0.to_string()];
    let of_other = |rows: &Rows| {
        let kept = rows.iter().map(|(table, rows)| {
            let rows = rows.iter().filter(|row| row.contains(&of_other[0]));
            (table.clone(), rows.cloned().collect::<Vec<_>>())
        });
        kept.collect::<Rows>()
    };
    let before = of_other(&rows::all(&t).await);
    for (member, email, _) in &erased {
        erase(&t.app, &estate.owner().actor, member.id, email)
            .await
            .unwrap();
    }
    assert_eq!(
        of_other(&rows::all(&t).await),
        before,
        "others are untouched"
    );
    for (member, _, words) in &erased {
        // A message that is still to be taken back knows where it lies.
        let now = rows::all(&t).await;
        let outside: Rows = now
            .into_iter()
            .filter(|(table, _)| table != "delivery")
            .collect();
        assert_eq!(
            naming(&outside, words),
            Vec::<String>::new(),
            "{}",
            member.id
        );
    }
    // Couriers take back what is out; a day after, it is forgotten where it lay.
    for platform in [Platform::Slack, Platform::Discord] {
        for claimed in t.claim_on(platform).await {
            t.settle(&claimed, Outcome::Sent("1.2".to_owned())).await;
        }
    }
    t.clock.advance(OVER);
    t.work().await;
    for (member, _, words) in &erased {
        let now = rows::all(&t).await;
        assert_eq!(naming(&now, words), Vec::<String>::new(), "{}", member.id);
    }
}

#[tokio::test]
async fn nothing_of_an_erased_member_is_left_in_any_column_on_sqlite() {
    nothing_is_left(Kind::Sqlite).await;
}

#[tokio::test]
async fn nothing_of_an_erased_member_is_left_in_any_column_on_postgres() {
    nothing_is_left(Kind::Postgres).await;
}
