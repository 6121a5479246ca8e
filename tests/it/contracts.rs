//! Contract suites: a port's fake promises what its real side does, so both answer
//! the same cases. A flow's test on the fake is then a test of the product.

mod backend;
mod ground;

use std::future::Future;

use self::ground::Ground;

/// Runs a case on the fake backend and on the server over HTTP, on both databases.
async fn on_all<F: Future<Output = ()>>(case: impl Fn(Ground) -> F) {
    for ground in Ground::all().await {
        let name = ground.name;
        eprintln!("on {name}");
        case(ground).await;
    }
}
