//! Files that operators and curators write: members as CSV, the configuration, a set-up,
//! the five fields of a schedule.

use std::str::FromStr;

use proptest::prelude::*;
use server::config::{Config, DEFAULT};
use server::domain::cadence::Cadence;
use server::service::members::import::rows;
use server::test_support::start;
use server_api::organization::Setup;

use super::mutation::{bytes, edits, text};
use super::{many, timed};

const CSV: &str = "email,name,team,roles,language\nada@acme.example,Ada,Sales,curator,en\n\
                   ben@acme.example,\"Okafor, Ben\",,,\n";
const SEMICOLONS: &str = "\u{feff}name;email\r\nAda;ada@acme.example\r\n";
const CONFIG: &str = "data_dir = \"./data\"\n[web]\nlisten = \"127.0.0.1:8080\"\n\
    base_url = \"https://chorus.example.com\"\ntrusted_proxies = [\"10.0.0.0/8\"]\n\
    [internal]\ntoken = \"SECRETsecretSECRETsecretSECRETsecret\"\n\
    [secrets]\nkey = \"c2VjcmV0LWtleS1zZWNyZXQta2V5LXNlY3JldC1rZXk=\"\n\
    [slack]\nsigning_secret = \"SECRETsigningSECRETsigning\"\napp_token = \"xapp-SECRET\"\n";
const SETUP: &str = "[organization]\nslug = \"acme\"\nname = \"Acme\"\n[owner]\n\
    email = \"olga@acme.example\"\nname = \"Olga\"\n[[workspaces]]\nplatform = \"slack\"\n\
    external_id = \"T1\"\nname = \"Acme\"\nbot_token = \"xoxb-1\"\n\
    [[workspaces.channels]]\nexternal_id = \"C1\"\nname = \"news\"\n[[feeds]]\n\
    url = \"https://acme.example/feed\"\nmode = \"draft\"\n";

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_changed_list_of_members_is_read_row_by_row(semicolons: bool, edits in edits()) {
        let seed = if semicolons { SEMICOLONS } else { CSV };
        let words = ["\"", "\"\"", "\n", ";", ",", "=HYPERLINK(\"x\")", "owner", "\t@x", "+1"];
        let file = bytes(seed.as_bytes(), &edits, &words);
        let lines = file.split(|byte| matches!(byte, b'\r' | b'\n')).count();
        let lines = u64::try_from(lines).unwrap();
        let read = match timed(|| rows::read(&file)) {
            Ok(read) => read,
            Err(fault) => {
                prop_assert!(fault.to_string().chars().count() <= 300, "{}", fault);
                return Ok(());
            }
        };
        prop_assert!(read.len() <= file.len() + 1);
        for row in read {
            match row {
                Ok(row) => {
                    prop_assert!((1..=lines + 1).contains(&row.line));
                    prop_assert!(row.email.contains('@') && row.email.len() <= 254);
                    for text in [Some(&row.name), row.team.as_ref()].into_iter().flatten() {
                        prop_assert!(!text.is_empty() && text.chars().count() <= 120, "{}", text);
                        prop_assert!(!text.chars().any(char::is_control));
                        // No spreadsheet will ever reckon with it.
                        prop_assert!(!text.starts_with(['=', '+', '-', '@']));
                    }
                }
                Err(refused) => {
                    prop_assert!((1..=lines + 1).contains(&refused.line));
                    let reason = server::domain::csv_file::reason(&refused.fault);
                    prop_assert!(reason.chars().count() <= 300, "{}", reason);
                }
            }
        }
    }

    #[test]
    fn a_changed_set_up_is_read_or_refused(edits in edits()) {
        let words = ["[[feeds]]\n", "[owner]\n", "=", "\"\"\"", "[", "]", "{", "'"];
        let file = text(SETUP, &edits, &words);
        if let Ok(setup) = timed(|| toml::from_str::<Setup>(&file)) {
            let shown = format!("{setup:?}");
            let tokens = setup.workspaces.iter().map(|workspace| &workspace.bot_token);
            // Unless an edit put it elsewhere as well.
            if file.matches("xoxb").count() == tokens.filter(|token| token.contains("xoxb")).count() {
                prop_assert!(!shown.contains("xoxb"));
            }
        }
    }

    #[test]
    fn a_changed_schedule_fires_later_or_is_refused(choice: u8, edits in edits()) {
        let seeds = ["0 9 * * MON-FRI", "*/5 * * * *", "30 2 29 2 *", "0 0 * 1-6/2 *", "1,2,3 4 5 * *"];
        let words = ["*", "/", "-", ",", " ", "L", "W", "#", "?", "@daily", "7", "0", "60", "JAN"];
        let fields = text(seeds[usize::from(choice) % seeds.len()], &edits, &words);
        if let Ok(cadence) = timed(|| Cadence::from_str(&fields)) {
            let next = timed(|| cadence.next(chrono_tz::Tz::UTC, start()));
            prop_assert!(next.is_some_and(|next| next > start()), "{}: {:?}", fields, next);
            // A second reader of cron agrees, where it takes the same fields at all.
            if let Ok(other) = croner::Cron::from_str(fields.trim()) {
                let theirs = other.find_next_occurrence(&start(), false).ok();
                prop_assert_eq!(next, theirs, "{}", fields);
            }
        }
    }
}

proptest! {
    // Five hundred: each reading takes in the defaults too, some milliseconds without optimisation.
    #![proptest_config(ProptestConfig { cases: many().cases / 20, ..many() })]

    #[test]
    fn a_changed_configuration_is_read_or_its_faults_are_named(edits in edits()) {
        let words = ["[slack]\n", "[web]\n", "=", "\"\"\"", "true", "[", "]", "{", "signing_secret_file"];
        let file = text(CONFIG, &edits, &words);
        let variables = [("CHORUS_SLACK__APP_TOKEN".to_owned(), "xapp-SECRET".to_owned())];
        // What a fault may say of secrets is tried in `secrets`: here they are moved anywhere.
        if let Err(faults) = timed(|| Config::parse(&file, variables)) {
            prop_assert!(!faults.0.is_empty());
        }
    }
}

#[test]
fn the_defaults_and_the_samples_are_good_before_they_are_changed() {
    let config = Config::parse(CONFIG, []).unwrap();
    assert!(!format!("{config:?}").contains("SECRET"));
    assert!(Config::parse(DEFAULT, []).is_ok());
    assert!(toml::from_str::<Setup>(SETUP).is_ok());
    for file in [CSV, SEMICOLONS] {
        let read = rows::read(file.as_bytes()).unwrap();
        assert!(read.iter().all(Result::is_ok));
    }
}

#[test]
fn endless_fields_of_a_schedule_end_soon() {
    for fields in [
        format!("{} * * * *", "0,".repeat(300_000)),
        format!("{}0 * * * *", "0,".repeat(300_000)),
        format!("0-59/{} * * * *", "1".repeat(300_000)),
        "* ".repeat(300_000),
        format!("* * * * {}", "MON-SUN,".repeat(100_000)),
        "59 23 31 12 *".to_owned(),
    ] {
        let refused = timed(|| Cadence::from_str(&fields)).is_err();
        assert!(refused || fields.len() < 20 || fields.starts_with("0,"));
    }
    let endless = format!("email,name\n{}", "\"".repeat(1_000_000));
    let read = timed(|| rows::read(endless.as_bytes()));
    assert!(read.is_err() || read.unwrap().len() < 10);
    let wide = format!("email,name\n{}", "a,".repeat(500_000));
    let read = timed(|| rows::read(wide.as_bytes()));
    assert!(read.is_err() || read.unwrap().iter().all(Result::is_err));
    let titles = format!("{}\n", "x".repeat(1_000_000));
    let reason = rows::read(titles.as_bytes()).unwrap_err().to_string();
    assert!(reason.len() < 400, "{} letters", reason.len());
}
