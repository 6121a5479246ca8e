//! The way into the console, from whatever place it is asked for.

use super::*;

#[test]
fn whoever_asks_for_the_console_gets_a_link_that_only_they_see() {
    for place in [Place::Command, Place::Shared, Place::Own] {
        let world = world(FakeBackend::default());
        let intent = Intent::from_command("console");
        let View::Notice(notice) = whispered(world.wants(place, intent)) else {
            panic!("no notice")
        };
        let Some(Control::Link(link)) = notice.control else {
            panic!("nothing to open")
        };
        assert_eq!(link.url, sample_data::console_link().url);
    }
}

#[test]
fn a_stranger_becomes_a_member_before_they_get_a_link() {
    let world = world(FakeBackend::default().with_stranger());
    let view = whispered(world.wants(Place::Command, Intent::ShowConsole));
    assert!(matches!(view, View::Notice(_)));
    assert!(world.backend.calls().contains(&"introduce"));
}
