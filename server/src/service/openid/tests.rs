//! A stand-in of a login provider, and what it may and may not do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use chrono::TimeDelta;
use entity::enums::Role;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::*;
use crate::ports::fetch::FetchError;
use crate::test_support::id_tokens::{Signer, message};
use crate::test_support::people::WORKSPACE;
use crate::test_support::{Kind, TestApp, TestDatabase};

/// The form and the authorization that come to the token endpoint.
type Exchange = (Vec<(String, String)>, Option<String>);

/// What the stand-in says; each test changes a part of it.
struct Says {
    claims: Value,
    /// Gives another token than that of `claims` by the key.
    token: Option<String>,
    /// Signs what it says.
    key: Signer,
    /// What it publishes of its keys.
    keys: Vec<Value>,
    userinfo: Value,
    /// What its description says otherwise.
    described: Value,
    ails: Option<Ailment>,
    /// What came to the token endpoint.
    asked: Vec<Exchange>,
    /// How often its keys were asked for.
    keys_asked: usize,
    /// How often its description was.
    description_asked: usize,
}

/// What can be wrong with a provider, at one of its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ailment {
    Refuses,
    Fails(&'static str),
    Sleeps(&'static str),
    Rambles(&'static str),
    Redirects(&'static str),
}

#[derive(Clone)]
struct StandIn {
    base: String,
    says: Arc<Mutex<Says>>,
}

impl StandIn {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let key = Signer::es256("first");
        let says = Says {
            claims: json!({}),
            token: None,
            keys: vec![key.public()],
            key,
            userinfo: json!({}),
            described: json!({}),
            ails: None,
            asked: Vec::new(),
            keys_asked: 0,
            description_asked: 0,
        };
        let stand_in = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            says: Arc::new(Mutex::new(says)),
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/token", post(token))
            .route("/keys", get(keys))
            .route("/userinfo", get(userinfo))
            .with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stand_in
    }

    fn say<R>(&self, change: impl FnOnce(&mut Says) -> R) -> R {
        change(&mut self.says.lock().unwrap())
    }

    /// What is answered at a place that ails.
    async fn ailing(&self, place: &'static str) -> Option<Response> {
        match self.say(|says| says.ails)? {
            Ailment::Fails(at) if at == place => {
                Some((StatusCode::SERVICE_UNAVAILABLE, "away").into_response())
            }
            Ailment::Sleeps(at) if at == place => {
                std::future::pending::<()>().await;
                None
            }
            Ailment::Rambles(at) if at == place => {
                let body = format!("{{\"a\": \"{}\"}}", "a".repeat(300 * 1024));
                Some(body.into_response())
            }
            Ailment::Redirects(at) if at == place => {
                let location = [("location", format!("{}/elsewhere", self.base))];
                Some((StatusCode::FOUND, location).into_response())
            }
            _ => None,
        }
    }
}

async fn describe(State(own): State<StandIn>) -> Response {
    own.say(|says| says.description_asked += 1);
    if let Some(answer) = own.ailing("description").await {
        return answer;
    }
    let base = &own.base;
    let mut description = json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/keys"),
        "userinfo_endpoint": format!("{base}/userinfo"),
    });
    let otherwise = own.say(|says| says.described.clone());
    for (name, value) in otherwise.as_object().unwrap() {
        description[name] = value.clone();
    }
    Json(description).into_response()
}

async fn keys(State(own): State<StandIn>) -> Response {
    own.say(|says| says.keys_asked += 1);
    if let Some(answer) = own.ailing("keys").await {
        return answer;
    }
    Json(json!({"keys": own.say(|says| says.keys.clone())})).into_response()
}

async fn token(
    State(own): State<StandIn>,
    headers: HeaderMap,
    Form(form): Form<Vec<(String, String)>>,
) -> Response {
    let authorization = headers.get("authorization");
    let authorization = authorization.map(|value| value.to_str().unwrap().to_owned());
    own.say(|says| says.asked.push((form, authorization)));
    if let Some(answer) = own.ailing("token").await {
        return answer;
    }
    own.say(|says| {
        if says.ails == Some(Ailment::Refuses) {
            return Json(json!({"ok": false, "error": "invalid_code"})).into_response();
        }
        let made = says.token.clone();
        let made = made.unwrap_or_else(|| says.key.token(&says.claims));
        Json(json!({"id_token": made, "access_token": "at"})).into_response()
    })
}

async fn userinfo(State(own): State<StandIn>) -> Response {
    if let Some(answer) = own.ailing("userinfo").await {
        return answer;
    }
    Json(own.say(|says| says.userinfo.clone())).into_response()
}

/// An organization whose members log in by the stand-in.
struct Scene {
    t: TestApp,
    actor: Actor,
    provider: StandIn,
}

impl Scene {
    async fn new(kind: Kind) -> Self {
        let provider = StandIn::start().await;
        let base = &provider.base;
        let options = format!(
            "[fetch]\ntimeout_seconds = 1\n[oidc]\nissuer = \"{base}\"\nclient_id = \"chorus\"\nclient_secret = \"se cret\"\n\
             [slack]\nclient_id = \"1.2\"\nclient_secret = \"secret\"\nlogin_base_url = \"{base}\"\n"
        );
        let t = TestApp::on(TestDatabase::create(kind).await, &options).await;
        let actor = t.actor(&[Role::Owner]).await;
        Self { t, actor, provider }
    }

    /// Begins, and has the stand-in say what a good one would.
    async fn begins(&self, by: Provider) -> (Sent, String) {
        let next = format!("/o/{}/you", self.actor.organization.slug);
        let house = &self.actor.organization;
        let sent = begin(&self.t.app, by, house, Some(&next)).await.unwrap();
        let query = |wanted: &str| {
            let found = sent.url.query_pairs().find(|(name, _)| name == wanted);
            found.unwrap().1.into_owned()
        };
        let claims = json!({
            "iss": self.provider.base,
            "aud": query("client_id"),
            "sub": "u-1",
            "exp": self.t.app.now().timestamp() + 60,
            "nonce": query("nonce"),
            "email": self.actor.member.email,
            "email_verified": true,
        });
        self.provider.say(|says| says.claims = claims);
        let state = query("state");
        (sent, state)
    }

    async fn finishes(
        &self,
        by: Provider,
        begun: (&str, &str),
    ) -> Result<(Begun, String), OpenIdLogInError> {
        finish(&self.t.app, by, back(begun)).await
    }

    /// Begins, has the stand-in change what it would say, and finishes.
    async fn with(
        &self,
        by: Provider,
        change: impl FnOnce(&mut Says),
    ) -> Result<Begun, OpenIdLogInError> {
        let (sent, state) = self.begins(by).await;
        self.provider.say(change);
        let finished = self.finishes(by, (&sent.cookie, &state)).await;
        finished.map(|(begun, _)| begun)
    }

    /// What comes of it where the stand-in says something else.
    async fn with_claims(&self, by: Provider, changed: Value) -> Result<Begun, OpenIdLogInError> {
        let change = |says: &mut Says| {
            for (name, value) in changed.as_object().unwrap() {
                says.claims[name] = value.clone();
            }
        };
        self.with(by, change).await
    }
}

/// A browser that comes back with a code.
fn back<'a>((cookie, state): (&'a str, &'a str)) -> Back<'a> {
    Back {
        cookie,
        state,
        code: "the-code",
        issuer: None,
        error: None,
        browser: Browser {
            user_agent: "",
            before: None,
        },
    }
}

/// Why a provider's word does not hold.
fn unsound(said: Result<Begun, OpenIdLogInError>) -> &'static str {
    match said {
        Err(OpenIdLogInError::Provider(OpenIdError::Unsound(why))) => why,
        other => panic!("{other:?}"),
    }
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(Scene) -> F) {
    test(Scene::new(Kind::Sqlite).await).await;
    test(Scene::new(Kind::Postgres).await).await;
}

#[tokio::test]
async fn the_provider_lets_in_whose_address_it_has_made_sure_of() {
    on_both(async |scene: Scene| {
        let (sent, state) = scene.begins(Provider::Oidc).await;
        let (begun, next) = scene
            .finishes(Provider::Oidc, (&sent.cookie, &state))
            .await
            .unwrap();
        assert_eq!(begun.actor.member.id, scene.actor.member.id);
        assert_eq!(next, format!("/o/{}/you", scene.actor.organization.slug));
        let (form, authorization) = scene.provider.say(|says| says.asked.remove(0));
        let field = |wanted: &str| {
            let found = form.iter().find(|(name, _)| name == wanted);
            found.unwrap().1.clone()
        };
        assert_eq!(field("code"), "the-code");
        assert!(field("redirect_uri").ends_with("/login/oidc/callback"));
        // S256 of what is shown only now is what was sent before.
        let verifier = field("code_verifier");
        let hash = URL_SAFE_NO_PAD.encode(crate::secrets::mac::sha256(verifier.as_bytes()));
        let challenge = sent
            .url
            .query_pairs()
            .find(|(name, _)| name == "code_challenge");
        assert_eq!(challenge.unwrap().1, hash);
        // The secret's blank is escaped before it is encoded.
        assert_eq!(authorization.as_deref(), Some("Basic Y2hvcnVzOnNlK2NyZXQ="));
    })
    .await;
}

#[tokio::test]
async fn what_the_provider_says_must_be_for_us_now_and_of_a_confirmed_address() {
    on_both(async |scene: Scene| {
        use OpenIdLogInError::{NoAddress, Nobody, Provider as Unsound};
        let past = scene.t.app.now().timestamp() - 3_600;
        for (changed, unsound) in [
            (json!({"iss": "https://evil.example"}), true),
            (json!({"aud": "another"}), true),
            (json!({"aud": null}), true),
            (json!({"aud": ["chorus", "another"]}), true),
            (json!({"azp": "another"}), true),
            (
                json!({"aud": ["chorus", "another"], "azp": "another"}),
                true,
            ),
            (json!({"exp": past}), true),
            (json!({"exp": null}), true),
            (json!({"exp": "tomorrow"}), true),
            (json!({"nbf": scene.t.app.now().timestamp() + 3_600}), true),
            (json!({"nonce": "another"}), true),
            (json!({"nonce": null}), true),
            (json!({"sub": null}), true),
            (json!({"email_verified": false}), false),
            (json!({"email_verified": null}), false),
            (json!({"email_verified": "false"}), false),
        ] {
            let said = scene.with_claims(Provider::Oidc, changed.clone()).await;
            let fits = match said {
                Err(Unsound(_)) => unsound,
                Err(NoAddress) => !unsound,
                _ => false,
            };
            assert!(fits, "{changed}: {said:?}");
        }
        let stranger = json!({"email": "eve@acme.example"});
        let said = scene.with_claims(Provider::Oidc, stranger).await;
        assert!(matches!(said, Err(Nobody)));
        for good in [
            json!({"aud": ["chorus"]}),
            json!({"aud": ["chorus", "another"], "azp": "chorus"}),
            json!({"azp": "chorus"}),
            json!({"exp": scene.t.app.now().timestamp() - 60}),
            json!({"email_verified": "true"}),
        ] {
            scene.with_claims(Provider::Oidc, good).await.unwrap();
        }
        let now = scene.t.app.now();
        scene
            .t
            .change_member(&scene.actor.member, |member| member.left_at = Some(now))
            .await;
        let said = scene.with_claims(Provider::Oidc, json!({})).await;
        assert!(matches!(said, Err(Nobody)), "who left");
    })
    .await;
}

#[tokio::test]
async fn a_log_in_is_finished_by_the_browser_that_began_it_and_in_time() {
    on_both(async |scene: Scene| {
        let (sent, state) = scene.begins(Provider::Oidc).await;
        let (other, other_state) = scene.begins(Provider::Oidc).await;
        for (cookie, state) in [
            (other.cookie.as_str(), state.as_str()),
            (sent.cookie.as_str(), other_state.as_str()),
            ("", ""),
            (sent.cookie.as_str(), ""),
            ("a.b.c.d", state.as_str()),
        ] {
            let refused = scene.finishes(Provider::Oidc, (cookie, state)).await;
            assert!(
                matches!(refused, Err(OpenIdLogInError::NotBegun)),
                "{cookie}"
            );
        }
        // Nor by another way than it began.
        let refused = scene
            .finishes(Provider::Slack, (&sent.cookie, &state))
            .await;
        assert!(matches!(refused, Err(OpenIdLogInError::NotBegun)));
        scene.t.clock.advance(TimeDelta::minutes(16));
        let late = scene.finishes(Provider::Oidc, (&sent.cookie, &state)).await;
        assert!(matches!(late, Err(OpenIdLogInError::NotBegun)));
    })
    .await;
}

#[tokio::test]
async fn a_log_in_is_finished_once() {
    on_both(async |scene: Scene| {
        let (sent, state) = scene.begins(Provider::Oidc).await;
        let begun = (sent.cookie.as_str(), state.as_str());
        scene.finishes(Provider::Oidc, begun).await.unwrap();
        for wait in [0, 5, 10] {
            scene.t.clock.advance(TimeDelta::minutes(wait));
            crate::service::logins::sweep(&scene.t.app).await.unwrap();
            let again = scene.finishes(Provider::Oidc, begun).await;
            assert!(
                matches!(again, Err(OpenIdLogInError::NotBegun)),
                "{again:?}"
            );
        }
        assert_eq!(scene.provider.say(|says| says.asked.len()), 1);
    })
    .await;
}

#[tokio::test]
async fn the_session_that_the_browser_had_before_ends() {
    on_both(async |scene: Scene| {
        use secrecy::ExposeSecret;
        let first = scene.with(Provider::Oidc, |_| {}).await.unwrap();
        let before = first.token.expose_secret();
        assert!(
            sessions::find(&scene.t.app, before)
                .await
                .unwrap()
                .is_some()
        );
        let (sent, state) = scene.begins(Provider::Oidc).await;
        let mut back = back((&sent.cookie, &state));
        back.browser.before = Some(before);
        let (second, _) = finish(&scene.t.app, Provider::Oidc, back).await.unwrap();
        assert_ne!(second.token.expose_secret(), before);
        assert!(
            sessions::find(&scene.t.app, before)
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_browser_brings_instead_of_a_code_is_told_apart() {
    let scene = Scene::new(Kind::Sqlite).await;
    for (error, word) in [
        ("access_denied", None),
        ("server_error", Some("server_error")),
        ("<b>line\nbreak", Some("no word of OAuth")),
    ] {
        let (sent, state) = scene.begins(Provider::Oidc).await;
        let mut back = back((&sent.cookie, &state));
        back.error = Some(error);
        let said = finish(&scene.t.app, Provider::Oidc, back).await;
        match (said, word) {
            (Err(OpenIdLogInError::Declined), None) => {}
            (
                Err(OpenIdLogInError::Provider(OpenIdError::Refused(Part::Login, said))),
                Some(word),
            ) => {
                assert_eq!(said, word);
            }
            (other, _) => panic!("{error}: {other:?}"),
        }
    }
    assert_eq!(scene.provider.say(|says| says.asked.len()), 0);
}

#[tokio::test]
async fn a_code_of_another_provider_is_not_shown_to_this_one() {
    let scene = Scene::new(Kind::Sqlite).await;
    let base = scene.provider.base.clone();
    let own = Some(base.as_str());
    for (demands, named, counts) in [
        (false, None, true),
        (false, own, true),
        (false, Some("https://evil.example"), false),
        (true, own, true),
        (true, None, false),
    ] {
        let described = json!({"authorization_response_iss_parameter_supported": demands});
        scene.provider.say(|says| says.described = described);
        scene.t.clock.advance(TimeDelta::hours(2));
        let (sent, state) = scene.begins(Provider::Oidc).await;
        let mut back = back((&sent.cookie, &state));
        back.issuer = named;
        let said = finish(&scene.t.app, Provider::Oidc, back).await;
        assert_eq!(said.is_ok(), counts, "{demands} {named:?}");
    }
}

/// A way to make up a token.
type Forge<'a> = &'a dyn Fn(&Says) -> String;

#[tokio::test]
async fn a_token_that_none_of_the_providers_keys_signed_lets_nobody_in() {
    let scene = Scene::new(Kind::Sqlite).await;
    // First its keys are remembered, so that both ways are tried.
    scene.with(Provider::Oidc, |_| {}).await.unwrap();
    let forger = Signer::es256("first");
    let hmac = |claims: &Value, public: &Value| {
        let head = json!({"alg": "HS256", "kid": "first"});
        let message = message(&head, claims);
        let key = public.to_string();
        // As whoever takes a public key for a secret would find it right.
        let tag = hmac_of(key.as_bytes(), message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
    };
    let forgeries: [(&str, Forge<'_>); 9] = [
        ("signature is wrong", &|says| forger.token(&says.claims)),
        ("signature is wrong", &|says| {
            let mut others = says.claims.clone();
            others["email"] = json!("owner@acme.example");
            let token = says.key.token(&says.claims);
            let (_, signature) = token.rsplit_once('.').unwrap();
            let head = json!({"alg": "ES256", "kid": "first", "typ": "JWT"});
            format!("{}.{signature}", message(&head, &others))
        }),
        ("none of its keys", &|says| {
            Signer::es256("other").token(&says.claims)
        }),
        ("none of its keys", &|says| {
            forger.signed(&json!({"alg": "ES256"}), &says.claims)
        }),
        ("not signed by", &|says| {
            format!("{}.", message(&json!({"alg": "none"}), &says.claims))
        }),
        ("not signed by", &|says| hmac(&says.claims, &says.keys[0])),
        ("more than is known", &|says| {
            let head = json!({"alg": "ES256", "kid": "first", "crit": ["exp"], "exp": 1});
            says.key.signed(&head, &says.claims)
        }),
        ("cannot be read", &|_| "no token".to_owned()),
        ("cannot be read", &|says| {
            format!("{}.more", says.key.token(&says.claims))
        }),
    ];
    for (why, forge) in forgeries {
        let said = scene.with(Provider::Oidc, |says| says.token = Some(forge(says)));
        let said = unsound(said.await);
        assert!(said.contains(why), "{said} instead of {why}");
        scene.provider.say(|says| says.token = None);
    }
    scene.with(Provider::Oidc, |_| {}).await.unwrap();
}

fn hmac_of(key: &[u8], message: &[u8]) -> [u8; 32] {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[tokio::test]
async fn keys_are_remembered_for_an_hour_and_asked_for_anew_where_a_token_names_another() {
    let scene = Scene::new(Kind::Sqlite).await;
    let counts = || {
        scene
            .provider
            .say(|says| (says.description_asked, says.keys_asked))
    };
    for _ in 0..3 {
        scene.with(Provider::Oidc, |_| {}).await.unwrap();
    }
    assert_eq!(counts(), (1, 1));
    // A key that it takes into use.
    let rotate = |says: &mut Says| {
        says.key = Signer::rs256("second");
        says.keys = vec![says.key.public()];
    };
    scene.with(Provider::Oidc, rotate).await.unwrap();
    assert_eq!(counts(), (1, 2));
    scene.with(Provider::Oidc, |_| {}).await.unwrap();
    assert_eq!(counts(), (1, 2));
    // One that it has taken back holds no longer than an hour.
    let withdraw = |says: &mut Says| says.keys = vec![Signer::es256("third").public()];
    scene.with(Provider::Oidc, withdraw).await.unwrap();
    scene.t.clock.advance(TimeDelta::hours(1));
    let said = unsound(scene.with(Provider::Oidc, |_| {}).await);
    assert!(said.contains("none of its keys"), "{said}");
    assert_eq!(counts(), (2, 3));
    // One that names no key is tried with those that are there, then with new ones.
    let nameless = |says: &mut Says| {
        says.key = Signer::es256("fourth");
        says.keys = vec![says.key.public()];
        says.token = Some(says.key.signed(&json!({"alg": "ES256"}), &says.claims));
    };
    scene.with(Provider::Oidc, nameless).await.unwrap();
    assert_eq!(counts(), (2, 4));
}

#[tokio::test]
async fn a_provider_that_is_away_or_slow_or_huge_is_told_as_such_and_soon() {
    let scene = Scene::new(Kind::Sqlite).await;
    for (place, part) in [
        ("description", Part::Description),
        ("token", Part::Token),
        ("keys", Part::Keys),
        ("userinfo", Part::Userinfo),
    ] {
        for ailment in [
            Ailment::Fails(place),
            Ailment::Sleeps(place),
            Ailment::Rambles(place),
            Ailment::Redirects(place),
        ] {
            // What is remembered would hide it.
            scene.t.clock.advance(TimeDelta::hours(2));
            let ail = |says: &mut Says| {
                says.ails = Some(ailment);
                says.claims
                    .as_object_mut()
                    .unwrap()
                    .remove("email_verified");
            };
            let trying = async {
                if place == "description" {
                    scene.provider.say(ail);
                    let house = &scene.actor.organization;
                    begin(&scene.t.app, Provider::Oidc, house, None).await.err()
                } else {
                    scene.with(Provider::Oidc, ail).await.err()
                }
            };
            let said = tokio::time::timeout(Duration::from_secs(5), trying).await;
            let Some(OpenIdLogInError::Provider(error)) = said.expect("an answer in time") else {
                panic!("{ailment:?} let somebody in, or was our own fault");
            };
            let fits = match (&error, ailment) {
                (OpenIdError::Unreadable(at, 302), Ailment::Redirects(_))
                | (OpenIdError::Unreadable(at, 503), Ailment::Fails(_))
                | (OpenIdError::Away(at, FetchError::TimedOut(_)), Ailment::Sleeps(_))
                | (OpenIdError::Away(at, FetchError::TooLarge(_)), Ailment::Rambles(_)) => {
                    *at == part
                }
                _ => false,
            };
            assert!(fits, "{ailment:?}: {error:?}");
            scene.provider.say(|says| says.ails = None);
        }
    }
    scene.with(Provider::Oidc, |_| {}).await.unwrap();
}

#[tokio::test]
async fn a_description_leads_neither_inside_nor_past_tls() {
    let scene = Scene::new(Kind::Sqlite).await;
    let beside = StandIn::start().await;
    for (name, place, is_guarded) in [
        ("token_endpoint", format!("{}/token", beside.base), true),
        ("token_endpoint", "https://10.0.0.1/token".to_owned(), true),
        ("token_endpoint", "https://[::1]/token".to_owned(), true),
        (
            "token_endpoint",
            "https://login.example:8443/t".to_owned(),
            true,
        ),
        (
            "token_endpoint",
            "http://login.example/token".to_owned(),
            false,
        ),
        ("jwks_uri", format!("{}/keys", beside.base), true),
        ("jwks_uri", "http://login.example/keys".to_owned(), false),
        (
            "authorization_endpoint",
            "javascript:alert(1)".to_owned(),
            false,
        ),
    ] {
        scene.t.clock.advance(TimeDelta::hours(2));
        let described = json!({name: place});
        scene.provider.say(|says| says.described = described);
        let house = &scene.actor.organization;
        let begun = begin(&scene.t.app, Provider::Oidc, house, None).await;
        if !is_guarded {
            assert!(matches!(
                begun,
                Err(OpenIdLogInError::Provider(OpenIdError::Unsound(_)))
            ));
            continue;
        }
        let said = scene.with(Provider::Oidc, |_| {}).await;
        let is_kept_out = matches!(
            said,
            Err(OpenIdLogInError::Provider(OpenIdError::Away(
                _,
                FetchError::NotPublic | FetchError::Port(_)
            )))
        );
        assert!(is_kept_out, "{place}: {said:?}");
    }
    assert_eq!(
        beside.say(|says| (says.asked.len(), says.keys_asked)),
        (0, 0)
    );
}

#[tokio::test]
async fn a_provider_that_takes_the_secret_in_the_form_alone_gets_it_there() {
    let scene = Scene::new(Kind::Sqlite).await;
    let described = json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]});
    scene.provider.say(|says| says.described = described);
    scene.with(Provider::Oidc, |_| {}).await.unwrap();
    let (form, authorization) = scene.provider.say(|says| says.asked.remove(0));
    assert_eq!(authorization, None);
    for pair in [("client_id", "chorus"), ("client_secret", "se cret")] {
        let (name, value) = (pair.0.to_owned(), pair.1.to_owned());
        assert!(form.contains(&(name, value)), "{form:?}");
    }
}

#[tokio::test]
async fn an_address_that_only_userinfo_tells_counts_if_it_is_of_the_same_person() {
    on_both(async |scene: Scene| {
        for (hidden, subject, confirmed, lets_in) in [
            ("email", "u-1", true, true),
            ("email", "u-1", false, false),
            ("email", "u-2", true, false),
            ("email_verified", "u-1", true, true),
            ("email_verified", "u-1", false, false),
            ("email_verified", "u-2", true, false),
        ] {
            let change = |says: &mut Says| {
                let email = says.claims["email"].clone();
                says.claims.as_object_mut().unwrap().remove(hidden);
                says.userinfo = json!({
                    "sub": subject, "email": email, "email_verified": confirmed,
                });
            };
            let said = scene.with(Provider::Oidc, change).await;
            assert_eq!(said.is_ok(), lets_in, "{hidden} {subject} {confirmed}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_refuses_or_describes_another_lets_nobody_in() {
    on_both(async |scene: Scene| {
        let (sent, state) = scene.begins(Provider::Oidc).await;
        scene
            .provider
            .say(|says| says.ails = Some(Ailment::Refuses));
        let said = scene.finishes(Provider::Oidc, (&sent.cookie, &state)).await;
        assert!(matches!(
            said,
            Err(OpenIdLogInError::Provider(OpenIdError::Refused(Part::Token, word)))
                if word == "invalid_code"
        ));
        let described = json!({"issuer": "https://evil.example"});
        scene.provider.say(|says| says.described = described);
        scene.t.clock.advance(TimeDelta::hours(2));
        let house = &scene.actor.organization;
        let said = begin(&scene.t.app, Provider::Oidc, house, None).await;
        assert!(matches!(
            said,
            Err(OpenIdLogInError::Provider(OpenIdError::Unsound(_)))
        ));
    })
    .await;
}

#[tokio::test]
async fn slack_lets_in_members_of_the_organizations_own_workspaces() {
    on_both(async |scene: Scene| {
        let house = &scene.actor.organization;
        let early = begin(&scene.t.app, Provider::Slack, house, None).await;
        assert!(matches!(early, Err(OpenIdLogInError::NotOffered)), "not installed");
        scene.t.workspace(house).await;
        let of = |team: &str, user: &str| {
            json!({"https://slack.com/team_id": team, "https://slack.com/user_id": user})
        };
        // Whose account it is goes before the address.
        let ada = scene.t.actor_in(house, &[]).await;
        scene.t.slack_account(&ada.member, "U0ADA").await;
        let (sent, state) = scene.begins(Provider::Slack).await;
        scene.provider.say(|says| {
            says.claims["https://slack.com/team_id"] = json!(WORKSPACE);
            says.claims["https://slack.com/user_id"] = json!("U0ADA");
        });
        let said = scene.finishes(Provider::Slack, (&sent.cookie, &state)).await;
        assert_eq!(said.unwrap().0.actor.member.id, ada.member.id);
        let known = scene.with_claims(Provider::Slack, of(WORKSPACE, "U0NEW")).await;
        assert_eq!(known.unwrap().actor.member.id, scene.actor.member.id);
        for elsewhere in [of("T0OTHER", "U0ADA"), json!({})] {
            let said = scene.with_claims(Provider::Slack, elsewhere.clone()).await;
            assert!(matches!(said, Err(OpenIdLogInError::Elsewhere)), "{elsewhere}");
        }
        let mut unconfirmed = of(WORKSPACE, "U0NEW");
        unconfirmed["email_verified"] = json!(false);
        let said = scene.with_claims(Provider::Slack, unconfirmed).await;
        assert!(matches!(said, Err(OpenIdLogInError::NoAddress)));
        // Another organization's workspace is none of ours, whoever its people are.
        let theirs = scene.t.organization().await;
        let place = (Platform::Slack, "T0THEIRS");
        scene.t.installed(&theirs, place, ("xoxb-theirs", "C0THEIRS")).await;
        let said = scene.with_claims(Provider::Slack, of("T0THEIRS", "U0NEW")).await;
        assert!(matches!(said, Err(OpenIdLogInError::Elsewhere)));
    })
    .await;
}

#[tokio::test]
async fn slack_lets_nobody_in_who_may_do_more_than_who_connected_the_workspace() {
    on_both(async |scene: Scene| {
        let house = &scene.actor.organization;
        let admin = scene.t.actor_in(house, &[Role::Admin]).await;
        let curator = scene.t.actor_in(house, &[Role::Curator]).await;
        let home = scene.t.workspace(house).await;
        let home = installation::Model {
            connected_by: Some(admin.member.id),
            ..home
        };
        let txn = scene.t.app.store.begin().await.unwrap();
        installations::update(&*txn, home).await.unwrap();
        txn.commit().await.unwrap();
        let says = |email: &Option<String>| {
            json!({
                "https://slack.com/team_id": WORKSPACE, "https://slack.com/user_id": "U0NEW",
                "email": email,
            })
        };
        let owner = says(&scene.actor.member.email);
        let said = scene.with_claims(Provider::Slack, owner).await;
        assert!(matches!(said, Err(OpenIdLogInError::Nobody)));
        for known in [&admin, &curator] {
            let said = says(&known.member.email);
            let said = scene.with_claims(Provider::Slack, said).await;
            assert_eq!(said.unwrap().actor.member.id, known.member.id);
        }
    })
    .await;
}

#[tokio::test]
async fn slack_lets_in_people_of_a_workspace_whose_enterprise_is_connected() {
    on_both(async |scene: Scene| {
        let house = &scene.actor.organization;
        let place = (Platform::Slack, "E0ACME");
        let home = scene.t.installed(house, place, ("xoxb-whole", "C0ACME"));
        let home = home.await;
        let says = json!({
            "https://slack.com/team_id": "T0PART", "https://slack.com/user_id": "U0NEW",
            "https://slack.com/enterprise_id": "E0ACME",
        });
        let said = scene.with_claims(Provider::Slack, says.clone()).await;
        assert!(matches!(said, Err(OpenIdLogInError::Elsewhere)));
        let home = installation::Model {
            is_org_wide: true,
            ..home
        };
        let txn = scene.t.app.store.begin().await.unwrap();
        installations::update(&*txn, home).await.unwrap();
        txn.commit().await.unwrap();
        let said = scene.with_claims(Provider::Slack, says).await;
        assert_eq!(said.unwrap().actor.member.id, scene.actor.member.id);
    })
    .await;
}
