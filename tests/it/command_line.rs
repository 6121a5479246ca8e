//! The real binary as an operator meets it at a terminal: what commands print, how they
//! exit, and what signals do to a server.

use std::net::TcpListener;

use serde_json::Value;

use crate::program::{Outcome, Place, get};

const SETUP: &[&str] = &[
    "setup",
    "--slug",
    "acme",
    "--name",
    "Acme",
    "--owner-email",
    "olga@acme.example",
    "--owner-name",
    "Olga",
];
/// Nobody answers there.
const FEED: &str = "https://news.acme.invalid/feed.xml";

/// The outcome is one with this code, and its complaint holds each of `words`.
fn complains(outcome: &Outcome, code: i32, words: &[&str]) {
    assert_eq!(outcome.code, Some(code), "{outcome:?}");
    for word in words {
        assert!(outcome.complained.contains(word), "{word}: {outcome:?}");
    }
}

/// `text` holds each of `words`.
fn holds(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn a_broken_configuration_lists_all_faults_exits_with_2_and_starts_nothing() {
    let place = Place::new();
    let free = || {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let (public, internal) = (free(), free());
    let text = format!(
        "data_dir = \"{}\"\ncolour = \"blue\"\n\
         [web]\nlisten = \"{public}\"\nbase_url = \"ftp://x/y\"\ntrusted_proxies = [\"everybody\"]\n\
         [internal]\nlisten = \"{internal}\"\n\
         [database]\nurl = \"mysql://localhost/chorus\"\n\
         [worker]\nconcurrency = \"many\"\nenabled = \"perhaps\"\n\
         [slack]\nenabled = true\n",
        place.path("data").display()
    );
    place.write("chorus.toml", &text);
    for command in [&["serve"][..], &["post", "list"], SETUP] {
        let outcome = place.run(command);
        let faults = [
            "the configuration has 7 fault(s):",
            "\n  colour: there is no such option",
            "\n  database.url: begins with `sqlite://` or `postgres://`",
            "\n  slack.app_token: is needed where slack.enabled is true",
            "\n  web.base_url: begins with http:// or https://",
            "\n  web.trusted_proxies: lists networks such as 10.0.0.0/8, not `everybody`",
            "\n  worker.concurrency: is a whole number from 1 to 1000, not `many`",
            "\n  worker.enabled: is `true` or `false`, not `perhaps`",
        ];
        complains(&outcome, 2, &faults);
        assert_eq!(outcome.said, "", "{command:?}");
    }
    assert!(!place.path("data").exists(), "a database was made");
    assert_eq!(get(&public, "/healthz"), None);
    assert_eq!(get(&internal, "/healthz"), None);
}

#[test]
fn a_second_server_on_the_same_sqlite_file_is_refused_with_a_clear_message() {
    let place = Place::new();
    let first = place.serve();
    let file = place.path("data").join("chorus.sqlite");
    let held = format!("another server uses {}", file.display());

    let at = format!(
        "{held}: it answers at http://{}; stop it first",
        first.internal
    );
    let second = place.run(&["serve"]);
    complains(&second, 1, &[&at]);
    assert_eq!(second.said, "");

    // Another configuration that leads to the same file.
    let url = format!("[database]\nurl = \"sqlite://{}\"\n", file.display());
    place.write("other.toml", &(place.configuration("elsewhere") + &url));
    let third = place.run(&["serve", "--config", "other.toml"]);
    complains(&third, 1, &[&format!("{held}; stop it first")]);

    assert_eq!(place.running().unwrap().pid, first.pid());
    for address in [&first.internal, &first.public()] {
        holds(&get(address, "/readyz").unwrap(), &["200 OK", "ready"]);
    }
}

#[test]
fn commands_still_work_through_the_running_server() {
    let place = Place::new();
    let server = place.serve();
    holds(&place.says(SETUP), &["Acme (acme) is set up."]);
    let people = "email,name,roles\nada@acme.example,Ada,curator\nben@acme.example,Ben,\n";
    place.write("people.csv", people);
    assert_eq!(
        place.says(&["import", "members", "people.csv"]),
        "2 people added, 0 changed, 0 as before, 0 refused.\n"
    );

    let add = [
        "post",
        "add",
        "A new office",
        "--url",
        "https://acme.example/office",
    ];
    let post = place.tells(&[&add[..], &["--as", "ada@acme.example"]].concat());
    assert_eq!(post["state"], "draft");
    let id = post["id"].as_str().unwrap();
    let refused = place.run(&["post", "approve", id, "--as", "ben@acme.example"]);
    complains(&refused, 1, &["This person may not do that."]);
    holds(
        &place.says(&["post", "approve", id]),
        &["“A new office” is live (now).", id],
    );
    holds(
        &place.says(&["post", "add", "A summer party"]),
        &["“A summer party” is draft", "Next: chorus post submit"],
    );
    let following = format!("Following {FEED} (review).");
    let follow = ["feed", "add", FEED, "--mode", "review"];
    holds(&place.says(&follow), &[&following]);
    complains(&place.run(&follow), 1, &["There is one like it already."]);
    holds(&place.says(&["feed", "list"]), &[FEED, "review"]);
    let listed = place.says(&["post", "list"]);
    holds(
        &listed,
        &["ID", "STATE", "WHEN", "TITLE", id, "A summer party"],
    );
    let while_it_ran = place.tells(&["post", "list"]);
    assert_eq!(while_it_ran.as_array().unwrap().len(), 2);

    assert_eq!(server.terminate().code, Some(0));
    assert_eq!(place.running(), None);
    assert_eq!(place.tells(&["post", "list"]), while_it_ran);
    holds(&place.says(&["feed", "list"]), &[FEED]);
    assert_eq!(
        place.running(),
        None,
        "a command leaves no word of a server"
    );
}

#[test]
fn setup_is_repeatable() {
    let place = Place::new();
    place.write("token", "xoxb-1-secret\n");
    let more = [
        "--slack-team",
        "T0123456789",
        "--slack-token-file",
        "token",
        "--slack-channel",
        "C0123456789=news",
        "--feed",
        FEED,
        "--feed-mode",
        "auto-publish",
    ];
    let setup = [SETUP, &more].concat();
    let first = place.tells(&setup);
    let again = place.tells(&setup);
    assert_eq!(first["organization"]["slug"], "acme");
    assert_eq!(again["organization"], first["organization"]);
    let ids = |present: &Value, list: &str| {
        let rows = present[list].as_array().unwrap();
        rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    for list in ["channels", "feeds"] {
        assert_eq!(ids(&first, list).len(), 1, "{list}");
        assert_eq!(ids(&again, list), ids(&first, list), "{list}");
    }

    // A running server is told the same, and the owner is still one person.
    let _server = place.serve();
    let words = place.says(&setup);
    holds(
        &words,
        &[
            "channels   #news",
            &format!("feeds      {FEED} (auto publish)"),
        ],
    );
    assert!(!words.contains("xoxb"), "{words}");
    assert_eq!(place.tells(&["feed", "list"]).as_array().unwrap().len(), 1);
    place.write("owner.csv", "email,name\nolga@acme.example,Olga\n");
    assert_eq!(
        place.says(&["import", "members", "owner.csv"]),
        "0 people added, 0 changed, 1 as before, 0 refused.\n"
    );
}

#[test]
fn a_code_to_hand_to_a_member_is_printed() {
    let place = Place::new();
    place.tells(SETUP);
    let words = place.says(&["member", "pair", "Olga@acme.example"]);
    holds(&words, &["Hand it to Olga", "/chorus pair "]);
    let issued = place.tells(&["member", "pair", "olga@acme.example"]);
    assert_eq!(issued["code"].as_str().unwrap().len(), 9, "{issued}");
    let unknown = place.run(&["member", "pair", "nobody@acme.example"]);
    complains(
        &unknown,
        1,
        &["No member has the address nobody@acme.example"],
    );
}

#[test]
fn a_csv_with_bad_rows_is_imported_but_for_them() {
    let place = Place::new();
    place.says(SETUP);
    place.write(
        "people.csv",
        "email,name,team,roles,language\n\
         ada@acme.example,Ada,Sales,,de\n\
         not an address,Ben,,,\n\
         cleo@acme.example,,,,\n\
         dan@acme.example,Dan,,wizard,\n\
         eve@acme.example,Eve,,,fr\n\
         ada@acme.example,Ada again,,,\n\
         fay@acme.example,Fay,,curator,\n",
    );
    let import = ["import", "members", "people.csv"];
    let outcome = place.run(&import);
    complains(&outcome, 1, &["Some lines were refused. Mend them"]);
    let refused = "\n\n\
        LINE  WHY IT WAS REFUSED\n\
        3     email is no e-mail address\n\
        4     name is missing\n\
        5     roles names the unknown role `wizard`\n\
        6     language is `en` or `de`\n\
        7     line 2 has the same address\n";
    let counts = "2 people added, 0 changed, 0 as before, 5 refused.";
    assert_eq!(outcome.said, format!("{counts}{refused}"));

    let counts = "0 people added, 0 changed, 2 as before, 5 refused.";
    assert_eq!(place.run(&import).said, format!("{counts}{refused}"));
    // Those who were imported can act, with the roles that the file gives them.
    let add = ["post", "add", "By Fay", "--as"];
    place.says(&[&add[..], &["fay@acme.example"]].concat());
    let by_ada = place.run(&[&add[..], &["ada@acme.example"]].concat());
    complains(&by_ada, 1, &["This person may not do that."]);

    place.write("people.csv", "mail,name\nada@acme.example,Ada\n");
    let outcome = place.run(&import);
    complains(&outcome, 1, &[]);
    holds(
        &outcome.said,
        &["0 people added", "1     the column `mail` is unknown"],
    );
    complains(
        &place.run(&["import", "members", "no.csv"]),
        2,
        &["no.csv: "],
    );
}

#[test]
fn sigterm_ends_the_server_in_order() {
    let place = Place::new();
    let server = place.serve();
    place.says(SETUP);
    let (public, internal) = (server.public(), server.internal.clone());
    holds(&get(&public, "/healthz").unwrap(), &["200 OK", "alive"]);

    let outcome = server.terminate();

    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    holds(
        &outcome.said,
        &["Chorus is running: web, worker.", "\nStopped.\n"],
    );
    assert_eq!(place.running(), None);
    assert_eq!(get(&public, "/healthz"), None);
    assert_eq!(get(&internal, "/healthz"), None);
}

#[test]
fn kill_nine_and_a_new_start_go_on() {
    let place = Place::new();
    let server = place.serve();
    place.says(SETUP);
    let post = place.tells(&["post", "add", "Before"]);
    let killed = server.pid();
    assert_eq!(server.kill_nine().code, None);
    assert_eq!(
        place.running().unwrap().pid,
        killed,
        "nothing was cleared up"
    );
    // What the dead server left misleads no command.
    assert_eq!(place.tells(&["post", "list"])[0], post);

    let server = place.serve();

    assert_eq!(place.tells(&["post", "list"])[0], post);
    let id = post["id"].as_str().unwrap();
    holds(&place.says(&["post", "approve", id]), &["“Before” is live"]);
    holds(&get(&server.public(), "/readyz").unwrap(), &["200 OK"]);
    assert_eq!(server.terminate().code, Some(0));
}
