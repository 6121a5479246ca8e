//! What the composer's buttons do, each with the whole form.

use axum::extract::State;
use axum::response::Response;
use entity::enums::PostState;
use entity::ids::PostId;
use server_api::media::Media;
use uuid::Uuid;

use super::faults::{anchor, sentences};
use super::{Notice, Typed, composer, form};
use crate::app::App;
use crate::domain::check::Finding;
use crate::domain::post::Draft;
use crate::http::auth::permissions::WritePosts;
use crate::http::console::beside;
use crate::http::console::door::{Console, InPath};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::look::Look;
use crate::http::console::multipart::Sent;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::posts::tested;
use crate::http::console::toast::Toast;
use crate::http::wire;
use crate::service::media::{self, MediaError};
use crate::service::posts::{self, PostDetail, PostError};
use crate::service::unfurl::{self, UnfurlError};

/// What a button stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Button {
    /// Read the page at the link.
    Unfurl,
    /// Take the picture that is sent along.
    Picture,
    /// Show how it looks.
    Preview,
    /// Keep it.
    Save,
    /// Send it to oneself.
    Test,
    /// Hand it to the approvers.
    Submit,
    /// Let it out now.
    Publish,
    /// Let it out at its time.
    Schedule,
}

impl Button {
    fn of(fields: &Fields) -> Self {
        match fields.text("do") {
            "unfurl" => Self::Unfurl,
            "picture" => Self::Picture,
            "preview" => Self::Preview,
            "test" => Self::Test,
            "submit" => Self::Submit,
            "publish" => Self::Publish,
            "schedule" => Self::Schedule,
            _ => Self::Save,
        }
    }

    /// Whether the post has to be whole.
    fn ends_writing(self) -> bool {
        match self {
            Self::Submit | Self::Publish | Self::Schedule => true,
            Self::Unfurl | Self::Picture | Self::Preview | Self::Save | Self::Test => false,
        }
    }
}

/// What the buttons of a new post's form do.
pub async fn create(console: Console<WritePosts>, State(app): State<App>, sent: Sent) -> Answer {
    send(&console, &app, None, sent).await
}

/// What the buttons of a draft's form do.
pub async fn change(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    sent: Sent,
) -> Answer {
    let found = posts::show_post(&app, &console.actor, PostId(id)).await;
    let found = found.or_page(&console)?;
    send(&console, &app, Some(&found), sent).await
}

async fn send(
    console: &Console<WritePosts>,
    app: &App,
    post: Option<&PostDetail>,
    Sent { fields, file }: Sent,
) -> Answer {
    let button = Button::of(&fields);
    match button {
        Button::Picture => take_picture(console, app, post, (fields, file)).await,
        Button::Unfurl => read_page(console, app, post, fields).await,
        Button::Preview => {
            let page = composer(console, app, post, Typed::plain(fields)).await?;
            Ok(console.page(&page))
        }
        Button::Save | Button::Test | Button::Submit | Button::Publish | Button::Schedule => {
            match act(console, app, (post, &fields), button).await {
                Ok(answer) => Ok(answer),
                Err(Stopped { post: kept, error }) => {
                    let post = kept.as_deref().or(post);
                    refused(console, app, post, (fields, error)).await
                }
            }
        }
    }
}

/// Why a button did not do all of its work, and the post as far as it came.
struct Stopped {
    post: Option<Box<PostDetail>>,
    error: PostError,
}

async fn act(
    console: &Console<WritePosts>,
    app: &App,
    (post, fields): (Option<&PostDetail>, &Fields),
    button: Button,
) -> Result<Response, Stopped> {
    let draft = form::draft(fields, console.look.zone);
    let saved = save(console, app, (post, fields, button), draft).await;
    let saved = saved.map_err(|error| Stopped { post: None, error })?;
    let (id, actor) = (saved.post.id, &console.actor);
    let done = match button {
        Button::Test => posts::test_post(app, actor, id)
            .await
            .map(|chats| (format!("compose/{id}"), tested(&chats))),
        Button::Submit => posts::submit_post(app, actor, id)
            .await
            .map(|_| (format!("posts/{id}"), "toast-submitted")),
        Button::Publish | Button::Schedule => {
            let at = (button == Button::Publish).then(|| app.now());
            posts::approve_post(app, actor, id, at, Some(saved.post.version))
                .await
                .map(|post| (format!("posts/{id}"), let_out(&post)))
        }
        Button::Save | Button::Unfurl | Button::Picture | Button::Preview => {
            Ok((format!("compose/{id}"), "toast-saved"))
        }
    };
    match done {
        Ok((page, toast)) => Ok(console.go(&page, Some(Toast::of(toast)))),
        Err(error) => Err(Stopped {
            post: Some(Box::new(saved)),
            error,
        }),
    }
}

/// An embargo may hold back what was to go at once.
fn let_out(detail: &PostDetail) -> &'static str {
    if detail.post.state == PostState::Live {
        "toast-published"
    } else {
        "toast-scheduled"
    }
}

async fn save(
    console: &Console<WritePosts>,
    app: &App,
    (post, fields, button): (Option<&PostDetail>, &Fields, Button),
    draft: Draft,
) -> Result<PostDetail, PostError> {
    let expected = fields.text("version").parse().ok();
    let actor = &console.actor;
    let unread = form::unread(fields, console.look.zone);
    if !unread.is_empty() {
        return Err(PostError::Invalid(unread));
    }
    if button == Button::Schedule && draft.publish_at.is_none_or(|at| at <= app.now()) {
        return Err(crate::domain::fault::Fault::new("publish_at", "is to come").into());
    }
    match (post, button.ends_writing()) {
        (None, true) => posts::create_post_once(app, actor, own_id(fields), draft).await,
        (None, false) => posts::begin_post_once(app, actor, own_id(fields), draft).await,
        (Some(there), true) => posts::update_post(app, actor, there.post.id, expected, draft).await,
        (Some(there), false) => {
            posts::autosave_post(app, actor, there.post.id, expected, draft).await
        }
    }
}

/// The form once more, with what was typed and what is wrong.
async fn refused(
    console: &Console<WritePosts>,
    app: &App,
    post: Option<&PostDetail>,
    (fields, error): (Fields, PostError),
) -> Answer {
    let look = &console.look;
    let (faults, notice) = match (error, post) {
        // It is saved: what stands in its way is known better than by its fields.
        (PostError::Invalid(found), Some(there)) => {
            let hindrances = posts::find_faults(app, &console.actor, there.post.id).await;
            let hindrances = hindered(look, &hindrances.or_page(console)?);
            if hindrances.is_empty() {
                (sentences(look, &found, &fields), None)
            } else {
                (hindrances, None)
            }
        }
        (PostError::Invalid(found), None) => (sentences(look, &found, &fields), None),
        (PostError::VersionMismatch(change), _) => {
            (Faults::none(), Some(conflict(console, post, change.by)))
        }
        // What was typed stays, and where the post is now is told.
        (PostError::WrongState(_), Some(there)) => (
            Faults::none(),
            Some(moved_on(console, there, "composer-moved-on")),
        ),
        (PostError::OwnPost, Some(there)) => (
            Faults::none(),
            Some(moved_on(console, there, "review-own-post")),
        ),
        (other, _) => return Err(other).or_page(console),
    };
    let typed = Typed {
        fields,
        faults,
        notice,
    };
    let page = composer(console, app, post, typed).await?;
    Ok(console.again(&page))
}

/// What keeps a saved post from going on, each at its field.
fn hindered(look: &Look, findings: &[Finding]) -> Faults {
    let blocking = findings.iter().filter(|one| one.is_blocking());
    blocking.fold(Faults::none(), |told, one| {
        told.and(&anchor(&one.field), beside::found(look, one).sentence)
    })
}

/// The post is where this form cannot follow.
fn moved_on(console: &Console<WritePosts>, there: &PostDetail, key: &str) -> Notice {
    let path = console.path(&format!("posts/{}", there.post.id));
    Notice {
        text: console.look.say(key),
        is_warning: true,
        look: Some((path, console.look.say("composer-moved-on-look"))),
    }
}

/// The id that the page of a new post chose for it.
pub(super) fn own_id(fields: &Fields) -> Option<PostId> {
    fields.text("draft").parse::<Uuid>().ok().map(PostId)
}

/// Somebody was faster: both are there, and saving again puts this one in front.
fn conflict(
    console: &Console<WritePosts>,
    post: Option<&PostDetail>,
    by: Option<String>,
) -> Notice {
    let look = &console.look;
    let by = by.unwrap_or_else(|| look.say("history-itself"));
    let id = post.map(|there| there.post.id);
    Notice {
        text: look.with("composer-conflict", "name", by),
        is_warning: true,
        look: id.map(|id| {
            let path = console.path(&format!("posts/{id}"));
            (path, look.say("composer-conflict-look"))
        }),
    }
}

/// Fills in what the page at the link says of itself, where nothing was typed yet.
async fn read_page(
    console: &Console<WritePosts>,
    app: &App,
    post: Option<&PostDetail>,
    fields: Fields,
) -> Answer {
    let look = &console.look;
    let mut draft = form::draft(&fields, look.zone);
    let url = draft.url.clone().unwrap_or_default();
    let typed = match unfurl::unfurl(app, &console.actor, &url).await {
        Ok(page) => {
            let fill = |text: &mut String, found: Option<String>| {
                if text.trim().is_empty() {
                    *text = found.unwrap_or_default();
                }
            };
            fill(&mut draft.title, page.title);
            fill(&mut draft.summary, page.description);
            if draft.image_url.is_none() {
                draft.image_url = page.image;
                draft.image_alt = draft.image_alt.or(page.image_alt);
            }
            draft.language = draft.language.or(page.language);
            Typed {
                fields: form::refilled(&draft, &fields, look.zone),
                faults: Faults::none(),
                notice: Some(Notice {
                    text: look.say("composer-read"),
                    is_warning: false,
                    look: None,
                }),
            }
        }
        Err(UnfurlError::Unreadable(_)) => Typed {
            fields,
            faults: Faults::none().and("url", look.say("composer-unread")),
            notice: None,
        },
        Err(UnfurlError::Forbidden(_)) => return Err(console.forbidden()),
    };
    let page = composer(console, app, post, typed).await?;
    Ok(console.page(&page))
}

/// Keeps the picture that was sent along, and puts it into the form.
async fn take_picture(
    console: &Console<WritePosts>,
    app: &App,
    post: Option<&PostDetail>,
    (fields, file): (Fields, Option<Vec<u8>>),
) -> Answer {
    let look = &console.look;
    let mut draft = form::draft(&fields, look.zone);
    let kept = keep(
        console,
        app,
        fields.text("image_alt"),
        file.unwrap_or_default(),
    )
    .await?;
    let typed = match kept {
        Ok(picture) => {
            draft.image_url = Some(picture.url);
            draft.image_alt = Some(picture.alt);
            Typed::plain(form::refilled(&draft, &fields, look.zone))
        }
        Err(sentence) => Typed {
            fields,
            faults: Faults::none().and("upload", sentence),
            notice: None,
        },
    };
    let is_kept = typed.faults.is_empty();
    let page = composer(console, app, post, typed).await?;
    Ok(if is_kept {
        console.page(&page)
    } else {
        console.again(&page)
    })
}

/// Keeps a picture; or a sentence that says why it is none.
pub(super) async fn keep(
    console: &Console<WritePosts>,
    app: &App,
    alt: &str,
    file: Vec<u8>,
) -> Result<Result<Media, String>, Response> {
    match media::upload(app, &console.actor, alt, file).await {
        Ok(label) => Ok(Ok(wire::media::media(app, label))),
        Err(MediaError::Invalid(faults)) => {
            let is_words = faults.iter().any(|fault| fault.field == "alt");
            let key = if is_words {
                "picture-fault-alt"
            } else {
                "picture-fault-file"
            };
            Ok(Err(console.look.say(key)))
        }
        Err(MediaError::Forbidden(_)) => Err(console.forbidden()),
        Err(MediaError::Internal(error)) => Err(console.failed(&error)),
    }
}
