//! The library, both ways.

use entity::enums::PostState;
use entity::ids::{MemberId, PostId};
use entity::saved_view;
use server_api::ids::{PostId as WirePostId, SavedViewId};
use server_api::library as wire;

use super::enums;
use super::posts::{micros, post};
use crate::http::error::ApiError;
use crate::service::posts::{Action, Calendar, Counts, Done, Library};

/// Every state, in the order of a post's life.
const STATES: [PostState; 8] = [
    PostState::Draft,
    PostState::InReview,
    PostState::Approved,
    PostState::Scheduled,
    PostState::Live,
    PostState::Expired,
    PostState::Archived,
    PostState::Withdrawn,
];

/// What is looked for.
pub fn library(query: wire::PostQuery) -> Library {
    Library {
        search: query.q,
        state: query.state.map(enums::post_state_row),
        kind: query.kind.map(enums::post_kind_row),
        network: query.network.map(enums::network_row),
        campaign: query.campaign,
        topic: query.topic,
        author: query.author.map(|id| MemberId(id.0)),
        language: query.language.map(enums::language_row),
        from: query.from.map(micros),
        until: query.until.map(micros),
        sort: enums::sort_row(query.sort.unwrap_or_default()),
    }
}

/// Counts as they travel.
pub fn counts(counts: &Counts) -> wire::PostCounts {
    let of = |state: PostState| {
        let found = counts.by_state.iter().find(|(one, _)| *one == state);
        found.map_or(0, |(_, count)| *count)
    };
    wire::PostCounts {
        by_state: STATES
            .into_iter()
            .map(|state| wire::PostStateCount {
                state: enums::post_state(state),
                count: of(state),
            })
            .collect(),
        overdue_reviews: counts.overdue_reviews,
    }
}

/// A calendar as it travels.
pub fn calendar(calendar: Calendar) -> wire::Calendar {
    wire::Calendar {
        posts: calendar.posts.into_iter().map(post).collect(),
        cut: calendar.is_cut,
    }
}

/// A view as it travels.
pub fn view(row: saved_view::Model) -> wire::SavedView {
    wire::SavedView {
        id: SavedViewId(row.id.0),
        name: row.name,
        query: row.query,
    }
}

/// Steps to be taken.
pub fn steps(form: wire::TakeSteps) -> Vec<(PostId, Action)> {
    let step = |step: wire::PostStep| (PostId(step.post_id.0), action(step.action));
    form.steps.into_iter().map(step).collect()
}

fn action(action: wire::PostAction) -> Action {
    match action {
        wire::PostAction::Submit => Action::Submit,
        wire::PostAction::Recall => Action::Recall,
        wire::PostAction::Archive => Action::Archive,
        wire::PostAction::Unarchive => Action::Unarchive,
        wire::PostAction::Withdraw => Action::Withdraw,
        wire::PostAction::SetCampaign { campaign } => Action::SetCampaign(campaign),
        wire::PostAction::Reschedule { publish_at } => Action::Reschedule(micros(publish_at)),
        wire::PostAction::Shift { minutes } => Action::Shift(minutes),
    }
}

fn action_told(action: Action) -> wire::PostAction {
    match action {
        Action::Submit => wire::PostAction::Submit,
        Action::Recall => wire::PostAction::Recall,
        Action::Archive => wire::PostAction::Archive,
        Action::Unarchive => wire::PostAction::Unarchive,
        Action::Withdraw => wire::PostAction::Withdraw,
        Action::SetCampaign(campaign) => wire::PostAction::SetCampaign { campaign },
        Action::Reschedule(publish_at) => wire::PostAction::Reschedule { publish_at },
        Action::Shift(minutes) => wire::PostAction::Shift { minutes },
    }
}

/// What became of steps, as it travels.
pub fn taken(done: Vec<Done>) -> wire::StepsTaken {
    let (mut results, mut undo) = (Vec::with_capacity(done.len()), Vec::new());
    for Done { post: id, outcome } in done {
        let post_id = WirePostId(id.0);
        let result = match outcome {
            Ok((after, back)) => {
                let back = back.map(action_told);
                undo.extend(back.map(|action| wire::PostStep { post_id, action }));
                wire::StepTaken {
                    post_id,
                    post: Some(post(after)),
                    code: None,
                    fields: Vec::new(),
                }
            }
            Err(error) => {
                let (code, fields) = ApiError::from(error).told();
                wire::StepTaken {
                    post_id,
                    post: None,
                    code: Some(code),
                    fields,
                }
            }
        };
        results.push(result);
    }
    // What was done last is taken back first.
    undo.reverse();
    wire::StepsTaken { results, undo }
}
