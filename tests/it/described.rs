//! The operations of the API as its own description tells them: tests that go through all
//! of them take them from here, so that a new one is asked, too.

use reqwest::Method;
use serde_json::{Value, json};
use server::http::{api, openapi};

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name, unique in the API.
    pub name: String,
    /// How it is asked.
    pub method: Method,
    /// Its path under the API's prefix, parameters in braces.
    pub path: String,
    /// What it needs: a permission, or `member`, `bot`, `operator`.
    pub permission: String,
    /// Whether a token needs everything that its member may do.
    pub needs_all_scopes: bool,
    /// Whether it is about the account for whom a part acts.
    pub is_of_an_account: bool,
    /// Names of the parameters in its path.
    pub in_path: Vec<String>,
    /// Names of the parameters after the question mark.
    pub in_query: Vec<String>,
    /// The media type of its body, if it takes one.
    pub body: Option<String>,
    /// The name of its body's type, if that is JSON.
    pub schema: Option<String>,
}

/// All of them, in the order of the description.
pub fn operations() -> Vec<Operation> {
    let document = openapi::document();
    let paths = document["paths"].as_object().unwrap();
    let mut all = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            all.push(read(method, path, operation));
        }
    }
    assert!(all.len() > 30, "the description lacks operations");
    all
}

fn read(method: &str, path: &str, operation: &Value) -> Operation {
    let name = operation["operationId"].as_str().unwrap().to_owned();
    let permission = operation["x-permission"].as_str();
    let parameters = operation["parameters"].as_array();
    let named = |place: &str| {
        let parameters = parameters.into_iter().flatten();
        parameters
            .filter(|one| one["in"] == place)
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let media = operation["requestBody"]["content"].as_object();
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    Operation {
        method: method.to_uppercase().parse().unwrap(),
        path: path.strip_prefix(api::PREFIX).unwrap().to_owned(),
        permission: permission
            .unwrap_or_else(|| panic!("{name} names no permission"))
            .to_owned(),
        needs_all_scopes: operation["x-scopes"] == "all",
        is_of_an_account: operation["tags"][0] == "identity",
        in_path: named("path"),
        in_query: named("query"),
        body: media.and_then(|media| media.keys().next().cloned()),
        schema: schema
            .as_str()
            .and_then(|path| path.rsplit('/').next())
            .map(str::to_owned),
        name,
    }
}

impl Operation {
    /// Its path with something in place of each parameter.
    pub fn path_with(&self, fill: impl Fn(&str) -> String) -> String {
        let mut path = self.path.clone();
        for name in &self.in_path {
            let place = format!("{{{name}}}");
            assert!(path.contains(&place), "{path} has no {name}, as is said");
            path = path.replace(&place, &fill(name));
        }
        assert!(!path.contains('{'), "{path}: a parameter is not described");
        path
    }

    /// A body that the operation takes; one that it does not know fails the test.
    #[expect(clippy::too_many_lines, reason = "a table of operations")]
    pub fn good_body(&self) -> Option<Value> {
        self.body.as_ref()?;
        let introduction = json!({
            "display_name": "Nobody", "email": "nobody@nowhere.example", "email_confirmed": true,
            "account": "full", "time_zone": null, "language": "en"
        });
        Some(match self.name.as_str() {
            "create_post" | "begin_post" | "update_post" | "autosave_post" | "preview_post" => {
                json!({"title": "News", "url": "https://news.example/"})
            }
            "approve_post"
            | "withdraw_post"
            | "measure_audience"
            | "update_content_rules"
            | "set_channel_topics"
            | "update_retention" => {
                json!({})
            }
            "reschedule_post" => json!({"publish_at": "2027-01-01T09:00:00Z"}),
            "upload_media" => json!("no picture"),
            "unfurl_page" => json!({"url": "https://news.example/"}),
            "add_note" => json!({"text": "Why now?"}),
            "resend_uncertain" => json!({"count": 1}),
            "save_view" => json!({"name": "Mine", "query": "state=live"}),
            "take_steps" => json!({"steps": [{
                "post_id": "00000000-0000-7000-8000-000000000000", "action": {"kind": "archive"}
            }]}),
            "add_channel" => json!({"place": "C0NOWHERE", "name": "nowhere"}),
            "set_rate" => json!({
                "network": "x", "valid_from": "2026-11", "currency": "EUR", "cpc": 120
            }),
            "propose" => json!({"url": "https://news.example/proposed"}),
            "decline_proposal" => json!({"note": "Not now."}),
            "reject_post" => json!({"note": "Say more."}),
            "create_feed" | "preview_feed" => json!({"url": "https://news.example/feed.xml"}),
            "upload_post_import" => json!("title\nNews\n"),
            "update_feed" => json!({"paused": true}),
            "create_member" => json!({"email": "new@news.example", "display_name": "New"}),
            "invite_people" => json!({"people": [{"email": "new@news.example"}]}),
            "update_member" => json!({"display_name": "New"}),
            "update_settings" => json!({"expiry_days": 20}),
            "erase_member" => json!({"name": "New"}),
            "set_member_roles" => json!({"roles": []}),
            "set_member_team" | "move_team" => json!({}),
            "create_team" | "rename_team" | "create_campaign" | "update_campaign"
            | "create_topic" | "update_topic" => json!({"name": "News"}),
            "merge_topic" => json!({"into": "00000000-0000-7000-8000-000000000000"}),
            "import_members" | "upload_member_import" => {
                json!("email,name\nnew@news.example,New\n")
            }
            "create_token" => json!({"name": "reports", "scopes": ["manage_tokens"]}),
            "update_me" => json!({"language": "en"}),
            "change_password" => {
                json!({"current": "a guess of mine", "password": "a new sentence"})
            }
            "confirm_share" => json!({"network": "x"}),
            "claim_deliveries" => json!({
                "platform": "slack", "courier": "a", "limit": 1, "wait_seconds": 0,
                "lease_seconds": 30
            }),
            "settle_delivery" => json!({
                "courier": "test-courier", "outcome": {"kind": "sent", "message": "1"}
            }),
            "note_removal" => json!({"user": "U0NOBODY"}),
            "acquire_lease" => json!({"holder": "a", "seconds": 30}),
            "introduce" => introduction,
            "pair_account" => json!({"code": "ABCD2345", "introduction": introduction}),
            "set_up" => json!({
                "organization": {"slug": "new", "name": "New"},
                "owner": {"email": "owner@new.example", "name": "Owner"}
            }),
            unknown => panic!("{unknown} takes a body: say which one is good"),
        })
    }
}
