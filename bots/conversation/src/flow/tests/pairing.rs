//! One member on two chats: codes given, typed, refused, and taken back.

use super::*;

/// Known on Slack, unknown on Discord.
fn half_known() -> World {
    world(FakeBackend::default().with_strangers_on(Platform::Discord))
}

fn issues(world: &World) -> String {
    let View::PairingCode(view) = whispered(world.wants(Place::Command, Intent::ShowPairing))
    else {
        panic!("no code")
    };
    let typed = view.typed.iter().find_map(|span| match span {
        Span::Typed(typed) => typed.strip_prefix("/chorus pair "),
        Span::Text(_) | Span::Strong(_) | Span::Time(_) => None,
    });
    typed.expect("nothing to type").to_owned()
}

fn types(world: &World, platform: Platform, code: &str) -> View {
    let intent = Intent::from_command(&format!("pair {code}"));
    whispered(world.wants_on(platform, Place::Command, intent))
}

fn sentence(view: &View) -> String {
    match view {
        View::Notice(notice) => plain::phrase(&notice.words),
        other => panic!("no notice: {other:?}"),
    }
}

#[test]
fn a_code_from_one_chat_makes_the_other_account_the_same_member() {
    let world = half_known();
    let code = issues(&world);
    let typed = code.to_lowercase().replace('-', " ");
    let View::Paired(receipt) = types(&world, Platform::Discord, &typed) else {
        panic!("not paired")
    };
    assert!(plain::phrase(&receipt.headline).contains("Ada Example at Example"));
    let view = whispered(world.wants_on(Platform::Discord, Place::Command, Intent::ShowMe));
    assert!(matches!(view, View::Me(_)));
    assert_eq!(world.backend.member().identities.len(), 2);
}

#[test]
fn whoever_was_greeted_nowhere_chooses_how_to_appear_when_pairing() {
    let newcomer = Me {
        joined_at: None,
        ..sample_data::me()
    };
    let world = world(
        FakeBackend::default()
            .with_strangers_on(Platform::Discord)
            .with_member(newcomer),
    );
    let code = issues(&world);
    let View::Paired(welcome) = types(&world, Platform::Discord, &code) else {
        panic!("not paired")
    };
    let offered = actions(&welcome.controls);
    let hidden = Action::FinishOnboarding(BoardVisibility::Hidden);
    assert!(offered.contains(&hidden), "{offered:?}");
    assert!(
        offered
            .iter()
            .any(|action| matches!(action, Action::Unpair(_)))
    );
    revised(world.wants_on(Platform::Discord, Place::Own, Intent::from(hidden)));
    let me = world.backend.member();
    assert_eq!(me.board_visibility, BoardVisibility::Hidden);
}

#[test]
fn a_pairing_is_undone_by_who_typed_the_code_and_again_changes_nothing() {
    let world = half_known();
    let code = issues(&world);
    let View::Paired(receipt) = types(&world, Platform::Discord, &code) else {
        panic!("not paired")
    };
    let undo = actions(&receipt.controls)
        .into_iter()
        .find(|action| matches!(action, Action::Unpair(_)))
        .map(Intent::from)
        .expect("no way back");
    let undone = revised(world.wants(Place::Own, undo.clone()));
    assert!(sentence(&undone).contains("undone"));
    let again = revised(world.wants(Place::Own, undo.clone()));
    assert_eq!(again, undone);
    // Nobody any more on the other chat: it begins anew there.
    let there = whispered(world.wants_on(Platform::Discord, Place::Own, undo));
    assert!(matches!(there, View::PairFirst(_)));
}

#[test]
fn the_last_account_stays() {
    let world = half_known();
    world.wants(Place::Command, Intent::ShowMe);
    let [only] = &world.backend.member().identities[..] else {
        panic!("several accounts")
    };
    let unpair = Intent::Unpair { identity: only.id };
    let view = whispered(world.wants(Place::Own, unpair));
    assert!(sentence(&view).contains("last account"));
    assert_eq!(world.backend.member().identities.len(), 1);
}

#[test]
fn whom_no_directory_vouches_for_is_told_how_to_pair_whatever_they_want() {
    for language in [Language::En, Language::De] {
        for intent in [
            Intent::Help,
            Intent::ShowMe,
            Intent::ShowPairing,
            Intent::ShowSuggestions,
            Intent::StartShare {
                post: sample_data::POST,
            },
            dismiss(Surface::Message),
        ] {
            let world = half_known();
            let reply = block_on(world.conversation.handle(Incoming {
                person: Person {
                    platform: Platform::Discord,
                    workspace: "-".into(),
                    user: "902".into(),
                },
                place: Place::Shared,
                interaction: "7".into(),
                language,
                intent,
            }));
            let view = whispered(reply);
            assert!(matches!(view, View::PairFirst(_)));
            let words = plain::view(&view);
            assert!(words.contains("Grace"), "{words}");
            let german = words.starts_with("Verbinde zuerst");
            assert_eq!(german, language == Language::De, "{words}");
        }
    }
}

#[test]
fn a_code_typed_by_an_unknown_account_pairs_it_instead_of_making_a_member() {
    let world = world(FakeBackend::default().with_strangers_on(Platform::Slack));
    let View::PairingCode(_) =
        whispered(world.wants_on(Platform::Discord, Place::Command, Intent::ShowPairing))
    else {
        panic!("no code")
    };
    let before = world.backend.calls().len();
    let view = types(&world, Platform::Slack, "K7QM-0001");
    assert!(matches!(view, View::Paired(_)), "{view:?}");
    assert_eq!(world.backend.calls()[before..], ["me", "pair", "me"]);
}

#[test]
fn a_code_typed_by_a_member_is_not_spent() {
    let world = half_known();
    let code = issues(&world);
    let view = types(&world, Platform::Slack, &code);
    assert!(sentence(&view).contains("paired already"));
    assert!(!world.backend.calls().contains(&"pair"));
    assert!(matches!(
        types(&world, Platform::Discord, &code),
        View::Paired(_)
    ));
}

#[test]
fn a_code_counts_once_and_only_the_newest() {
    let world = half_known();
    let older = issues(&world);
    let newer = issues(&world);
    let refused = types(&world, Platform::Discord, &older);
    assert!(sentence(&refused).contains("unknown, used or too old"));
    let View::Paired(receipt) = types(&world, Platform::Discord, &newer) else {
        panic!("not paired")
    };
    let undo = actions(&receipt.controls).pop().map(Intent::from);
    world.wants(Place::Own, undo.expect("no way back"));
    let refused = types(&world, Platform::Discord, &newer);
    assert!(sentence(&refused).contains("unknown, used or too old"));
}

#[test]
fn too_many_codes_are_refused_with_how_long_to_wait() {
    let world = half_known();
    for _ in 0..5 {
        let refused = types(&world, Platform::Discord, "WRONG-CODE");
        assert!(sentence(&refused).contains("unknown, used or too old"));
    }
    let code = issues(&world);
    let refused = types(&world, Platform::Discord, &code);
    assert!(sentence(&refused).contains("Wait an hour"), "{refused:?}");
}

#[test]
fn a_code_is_never_printed() {
    let intent = Intent::from_command("pair K7QM-2XRD");
    assert!(!format!("{intent:?}").contains("2XRD"));
    for (name, view) in View::samples() {
        assert!(!format!("{view:?}").contains("2XRD"), "{name}");
    }
}

#[test]
fn every_refusal_of_a_code_is_said_in_the_accounts_language() {
    for (code, english, german) in [
        (Code::PairingCodeInvalid, "This code", "Diesen Code"),
        (Code::AlreadyPaired, "This account", "Dieses Konto"),
        (Code::PairingRequired, "Chorus does not", "Chorus kennt"),
    ] {
        let problem = Problem {
            typ: "about:blank".into(),
            title: "Refused".into(),
            status: 403,
            detail: None,
            code,
            fields: vec![],
            contact: None,
            changed: None,
            request_id: None,
        };
        for (language, begins) in [(Language::En, english), (Language::De, german)] {
            let said = plain::phrase(&Words::of(language).problem(&problem));
            assert!(said.starts_with(begins), "{said}");
        }
    }
}
