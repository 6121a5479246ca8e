//! Sessions of the console.

use entity::session;
use server_api::ids::SessionId;
use server_api::session::{Session, Sessions};

/// Sessions as they travel, without what their tokens leave behind.
pub fn sessions(rows: Vec<session::Model>) -> Sessions {
    Sessions {
        items: rows.into_iter().map(session).collect(),
    }
}

fn session(row: session::Model) -> Session {
    Session {
        id: SessionId(row.id.0),
        browser: row.browser,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
        created_at: row.created_at,
    }
}
