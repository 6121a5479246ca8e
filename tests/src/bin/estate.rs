//! An organization with one of everything, served on free ports of this machine until the
//! input ends: what others' tools are let loose on. Says in one line of JSON where it is and
//! what opens it. The word after the program's name is its database: `sqlite` or `postgres`.

use std::io;
use std::io::Read as _;

use secrecy::ExposeSecret as _;
use serde_json::json;
use server::test_support::{Kind, TestApp};
use tests::estate::Estate;

#[tokio::main]
async fn main() -> io::Result<()> {
    let t = TestApp::new(database()?).await;
    let server = t.server().await;
    let estate = Estate::build(&t, &server, "alpha", 1).await;
    let owner = estate.owner();
    let part = t.app.service_token(server_api::enums::Platform::Slack);
    let told = json!({
        "public": server.public,
        "internal": server.internal,
        "owner": owner.token,
        "operator": t.app.tokens.operator().expose_secret(),
        "part": part.expose_secret(),
        "on_behalf_of": owner.on_slack(&estate),
        "ids": estate.ids(&t).await,
    });
    println!("{told}");
    // The pipe ends with who started this.
    let wait = || io::stdin().read_to_end(&mut Vec::new());
    tokio::task::spawn_blocking(wait).await??;
    Ok(())
}

fn database() -> io::Result<Kind> {
    match std::env::args().nth(1).as_deref() {
        Some("sqlite") => Ok(Kind::Sqlite),
        Some("postgres") => Ok(Kind::Postgres),
        Some(_) | None => Err(io::Error::other("on which database: sqlite or postgres?")),
    }
}
