//! A good body of every type, with everything that may stand in it.

use serde_json::{Value, json};

/// An id that names nothing.
pub const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

/// One of a type; a type that is not known here fails the test.
#[expect(clippy::too_many_lines, reason = "a table of types")]
pub fn of(name: &str) -> Value {
    match name {
        "AcquireLease" => json!({ "holder": "h1", "seconds": 30 }),
        "AddChannel" => json!({ "place": "C0NOWHERE", "name": "nowhere" }),
        "ApprovePost" => json!({ "publish_at": "2026-11-17T10:00:00Z", "version": 1 }),
        "ChangePassword" => json!({ "current": "a guess of mine", "password": "a new sentence" }),
        "ClaimDeliveries" => json!({ "platform": "slack", "courier": "c1", "limit": 10,
            "wait_seconds": 0, "lease_seconds": 30 }),
        "ConfirmShare" => json!({ "network": "linkedin" }),
        "CreateApiToken" => json!({ "name": "ci", "scopes": ["read_posts"],
            "expires_at": "2027-11-17T10:00:00Z" }),
        "CreateCampaign" => json!({ "slug": "autumn", "name": "Autumn", "goal": "traffic",
            "target": 100, "area": "sales", "ends_at": "2027-01-17T10:00:00Z" }),
        "CreateFeed" => json!({ "url": "https://a.example/feed", "mode": "draft",
            "cron": "0 9 * * MON-FRI" }),
        "CreateMember" => json!({ "email": "cleo@acme.example", "display_name": "Cleo",
            "team": "Sales", "roles": ["curator"], "language": "en" }),
        "CreatePost" => json!({ "kind": "share", "title": "Tea", "summary": "S",
            "url": "https://a.example/", "image_url": "https://a.example/i.png", "image_alt": "I",
            "language": "en", "campaign": "spring", "topics": ["Tea", "Cups"],
            "edit_mode": "free", "featured": true, "priority": "high",
            "audience": audience(), "embargo_until": "2026-11-17T09:00:00Z", "disclosure": "Ad",
            "variants": [{ "network": "linkedin", "text": "Words" },
                { "network": null, "text": "More" }],
            "publish_at": "2026-11-17T10:00:00Z", "expires_at": "2026-11-18T10:00:00+02:00" }),
        "CreateReviewNote" => json!({ "text": "Why now?" }),
        "CreateTeam" => json!({ "name": "Tea", "parent_id": NOTHING }),
        "CreateTopic" | "RenameTeam" | "UpdateTopic" => json!({ "name": "Cups of tea" }),
        "DeclineProposal" => json!({ "note": "Not now" }),
        "EraseMember" => json!({ "name": "Somebody else" }),
        "Introduction" => introduction(),
        "InvitePeople" => json!({ "people": [
                { "email": "bob@acme.example", "display_name": "Bob" }],
            "team_id": NOTHING, "roles": ["curator"], "language": "de" }),
        "MeasureAudience" => json!({ "audience": audience(), "topics": ["Tea"] }),
        "MergeTopic" => json!({ "into": NOTHING }),
        "MoveTeam" => json!({ "parent_id": NOTHING }),
        "NoteRemoval" => json!({ "user": "U0NOBODY" }),
        "Pair" => json!({ "code": "K7QM-2XRD", "introduction": introduction() }),
        "Propose" => json!({ "url": "https://a.example/proposed", "why": "It is good",
            "words": "Read this" }),
        "RejectPost" => json!({ "note": "Shorter, please", "version": 1 }),
        "ReschedulePost" => json!({ "publish_at": "2026-11-20T10:00:00Z" }),
        "ResendUncertain" => json!({ "count": 1 }),
        "SaveView" => json!({ "name": "Mine", "query": "state=live" }),
        "SetChannelTopics" => json!({ "topics": [NOTHING] }),
        "SetRate" => json!({ "network": "x", "valid_from": "2026-11", "currency": "EUR",
            "cpc": 120, "cpm": 900 }),
        "SetRoles" => json!({ "roles": ["curator", "analyst"] }),
        "SetTeam" => json!({ "team_id": NOTHING }),
        "SettleDelivery" => json!({ "courier": "test-courier",
            "outcome": { "kind": "retry", "reason": "busy", "after_seconds": 30 } }),
        "Setup" => setup(),
        "TakeSteps" => json!({ "steps": [
            { "post_id": NOTHING, "action": { "kind": "set_campaign", "campaign": "spring" } },
            { "post_id": NOTHING, "action": { "kind": "shift", "minutes": 30 } }] }),
        // Nothing but this network's own machines answers there, and none of them is asked.
        "Unfurl" => json!({ "url": "http://10.0.0.1/page" }),
        "UpdateCampaign" => json!({ "name": "Autumn", "goal": "leads", "target": 10,
            "area": "marketing", "ends_at": "2027-01-17T10:00:00Z" }),
        "UpdateContentRules" => json!({ "blocked": ["never say this"],
            "disclosure_required": true, "disclosure": "We work there", "review_hours": 24,
            "second_pair_of_eyes": false }),
        "UpdateFeed" => json!({ "url": "https://a.example/other", "mode": "review",
            "cron": "*/5 * * * *", "paused": true }),
        "UpdateMe" => json!({ "board_visibility": "name", "language": "de", "attribution": true,
            "networks": ["linkedin", "x"], "followers": { "linkedin": 850 },
            "mastodon_instance": "mastodon.social", "delivery": "each_post", "pause_days": 7,
            "quiet_hours": quiet_hours() }),
        "UpdateMember" => json!({ "display_name": "Ada", "email": "plain@acme.example" }),
        "UpdateRetention" => json!({ "kinds": [{ "kind": "audit_log", "days": 400 }] }),
        "UpdateSettings" => json!({ "name": "Acme", "time_zone": "Europe/Berlin",
            "language": "en", "join_policy": "list", "contact": "Grace", "expiry_days": 20,
            "utm": { "source": "{network}", "medium": "social", "campaign": "{campaign}" },
            "points": { "share_confirmed": 10, "share_proven": 20, "click": 1,
                "clicks_per_share_and_day": 20, "shares_per_day": 5, "proposal": 5 },
            "networks": ["linkedin", "x"], "quiet_hours": quiet_hours(), "accent": "#0a5c36",
            "short_url": "https://go.acme.example" }),
        "WithdrawPost" => json!({ "url": "https://a.example/gone" }),
        unknown => panic!("{unknown} is the body of an operation: say which one is good"),
    }
}

fn audience() -> Value {
    json!({ "teams": [NOTHING], "languages": ["en"], "roles": ["curator"],
        "platforms": ["slack"], "channels": [NOTHING] })
}

fn introduction() -> Value {
    json!({ "display_name": "Ada", "email": "ada@acme.example", "email_confirmed": true,
        "account": "full", "time_zone": "Europe/Berlin", "language": "en", "roles": ["1"] })
}

fn quiet_hours() -> Value {
    json!({ "from_minute": 1080, "to_minute": 540, "weekends": true })
}

fn setup() -> Value {
    json!({ "organization": { "slug": "acme", "name": "Acme", "time_zone": "Europe/Berlin",
            "language": "en", "join_policy": "list", "contact": "Grace" },
        "owner": { "email": "olga@acme.example", "name": "Olga" },
        "workspaces": [{ "platform": "slack", "external_id": "T1", "name": "Acme",
            "bot_user_ref": "U1", "bot_token": "xoxb-1",
            "channels": [{ "external_id": "C1", "name": "news" }],
            "roles": [{ "external_id": "1", "team": "Sales" }] }],
        "feeds": [{ "url": "https://a.example/feed", "mode": "draft", "cron": "0 * * * *" }] })
}
