//! What Prometheus reads of the real binary, and where.

use std::net::TcpListener;

use crate::program::{Place, get};

fn free() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

#[test]
fn figures_are_told_on_the_internal_listener_and_on_one_of_their_own_and_never_to_the_world() {
    let place = Place::new();
    let address = free();
    let configuration = place.configuration("data");
    place.write(
        "chorus.toml",
        &format!("{configuration}[metrics]\nlisten = \"{address}\"\n"),
    );
    let serving = place.serve();
    for address in [&serving.internal, &address] {
        let told = get(address, "/metrics").unwrap();
        assert!(told.starts_with("HTTP/1.1 200"), "{told}");
        for name in [
            "chorus_database_up 1.0",
            "chorus_hits_lost_total 0",
            "chorus_build_info{version=",
            "process_resident_memory_bytes ",
            // The bots' own, joined to the server's.
            "chorus_discord_invalid_requests_total 0",
        ] {
            assert!(told.contains(name), "{address} lacks {name}: {told}");
        }
    }
    let told = get(&serving.public(), "/metrics").unwrap();
    assert!(told.starts_with("HTTP/1.1 404"), "{told}");
    let told = get(&address, "/api/v1/organization").unwrap();
    assert!(told.starts_with("HTTP/1.1 404"), "{told}");
    let ended = serving.terminate();
    assert_eq!(ended.code, Some(0), "{ended:?}");
}
