//! Words about posts that wait for a judgement.

use chrono::{DateTime, Utc};
use server_api::enums::{Language, PostState, ReviewStep, Role};
use server_api::review::{Review, ReviewAudience, ReviewDecision};

use super::{Fill, Words};
use crate::view::{Phrase, Span};

impl Words {
    /// Approves a post.
    pub fn approve(&self) -> String {
        self.label("approve")
    }

    /// Asks for changes of a post.
    pub fn ask_for_changes(&self) -> String {
        self.label("ask-for-changes")
    }

    /// Opens a post in the console's queue.
    pub fn open_review(&self) -> String {
        self.label("open-review")
    }

    /// Opens the console's queue.
    pub fn open_queue(&self) -> String {
        self.label("open-queue")
    }

    /// Asks for the posts that wait.
    pub fn show_reviews(&self) -> String {
        self.label("show-reviews")
    }

    /// What the command for reviews does.
    pub fn help_review(&self) -> Phrase {
        self.phrase("help-review", &[])
    }

    /// A post waits, perhaps too long.
    pub fn review_asked(&self, is_overdue: bool) -> Phrase {
        let id = if is_overdue {
            "review-late"
        } else {
            "review-asked"
        };
        self.phrase(id, &[])
    }

    /// A post was changed since it was shown.
    pub fn review_changed(&self) -> Phrase {
        self.phrase("review-changed", &[])
    }

    /// Who wrote a post.
    pub fn review_by(&self, author: Option<&str>) -> Phrase {
        match author {
            Some(name) => self.phrase("review-by", &[("name", Fill::Text(name))]),
            None => self.phrase("review-by-feed", &[]),
        }
    }

    /// Whom a post is for.
    pub fn review_for(&self, audience: Option<&ReviewAudience>) -> Phrase {
        let whom = audience.map(|audience| self.whom(audience));
        // A rule of which nothing is left to name, for its teams are gone, means nobody else.
        let leaves_out = audience.is_some_and(|audience| !audience.everybody);
        match whom.filter(|whom| !whom.is_empty()) {
            Some(whom) => self.phrase("review-for", &[("whom", Fill::Text(&whom))]),
            None if leaves_out => self.phrase("review-for-some", &[]),
            None => self.phrase("review-for-all", &[]),
        }
    }

    /// The lists of an audience: one of each that is not empty.
    fn whom(&self, audience: &ReviewAudience) -> String {
        let language = |language: &Language| self.language_name(*language);
        let role = |role: &Role| self.role(*role);
        let channel = |name: &String| format!("#{name}");
        let channels = audience.channels.iter().flatten();
        [
            audience.teams.clone(),
            audience.languages.iter().map(language).collect(),
            audience.roles.iter().map(role).collect(),
            (audience.platforms.iter())
                .map(|platform| self.platform(*platform))
                .collect(),
            channels.map(channel).collect(),
        ]
        .into_iter()
        .filter(|list| !list.is_empty())
        .map(|list| list.join(", "))
        .collect::<Vec<_>>()
        .join(" · ")
    }

    fn role(&self, role: Role) -> String {
        self.label(match role {
            Role::Owner => "role-owner",
            Role::Admin => "role-admin",
            Role::Curator => "role-curator",
            Role::Approver => "role-approver",
            Role::Recruiter => "role-recruiter",
            Role::Analyst => "role-analyst",
            Role::TeamLead => "role-team-lead",
        })
    }

    /// Since when a post waits.
    pub fn review_since(&self, time: DateTime<Utc>) -> Phrase {
        self.phrase("review-since", &[("time", Fill::Span(Span::Time(time)))])
    }

    /// When a post goes live once it is approved.
    pub fn review_live(&self, at: Option<DateTime<Utc>>) -> Phrase {
        match at {
            Some(at) => self.phrase("review-live-at", &[("time", Fill::Span(Span::Time(at)))]),
            None => self.phrase("review-live-at-once", &[]),
        }
    }

    /// One may not approve what one wrote.
    pub fn review_own(&self) -> Phrase {
        self.phrase("review-own", &[])
    }

    /// What became of a post that waits no more.
    pub fn review_outcome(&self, review: &Review) -> Phrase {
        match review.state {
            PostState::Draft | PostState::InReview => self.decided(review.decision.as_ref()),
            PostState::Approved | PostState::Scheduled => {
                let live = review.publish_at.map(|at| {
                    self.phrase("review-goes-live", &[("time", Fill::Span(Span::Time(at)))])
                });
                self.approved(review, live)
            }
            PostState::Live => self.approved(review, Some(self.phrase("review-is-live", &[]))),
            PostState::Expired | PostState::Archived => self.phrase("review-over", &[]),
            PostState::Withdrawn => self.phrase("review-withdrawn", &[]),
        }
    }

    fn approved(&self, review: &Review, after: Option<Phrase>) -> Phrase {
        let mut said = self.decided(review.decision.as_ref());
        if let Some(after) = after {
            said.push(Span::Text(" ".to_owned()));
            said.extend(after);
        }
        said
    }

    fn decided(&self, decision: Option<&ReviewDecision>) -> Phrase {
        let Some(decision) = decision else {
            return self.phrase("review-gone", &[]);
        };
        let somebody = self.label("review-somebody");
        let who = Fill::Text(decision.by.as_deref().unwrap_or(&somebody));
        let note = decision.note.as_deref().unwrap_or_default();
        match (decision.step, decision.mine) {
            (ReviewStep::Approved, true) => self.phrase("review-approved-mine", &[]),
            (ReviewStep::Approved, false) => self.phrase("review-approved", &[("who", who)]),
            (ReviewStep::Rejected, true) => self.review_sent_back(note),
            (ReviewStep::Rejected, false) => self.phrase(
                "review-sent-back",
                &[("who", who), ("note", Fill::Text(note))],
            ),
            (ReviewStep::Recalled, true) => self.phrase("review-recalled-mine", &[]),
            (ReviewStep::Recalled, false) => self.phrase("review-recalled", &[("who", who)]),
            (ReviewStep::Comment | ReviewStep::Submitted, _) => self.phrase("review-gone", &[]),
        }
    }

    /// The reader asked for changes.
    pub fn review_sent_back(&self, note: &str) -> Phrase {
        self.phrase("review-sent-back-mine", &[("note", Fill::Text(note))])
    }

    /// A note came too late.
    pub fn review_not_sent(&self, note: &str) -> Phrase {
        self.phrase("review-not-sent", &[("note", Fill::Text(note))])
    }

    /// Something keeps a post from going out.
    pub fn review_hindered(&self) -> Phrase {
        self.phrase("review-hindered", &[])
    }

    /// The member reviews nothing.
    pub fn review_not_yours(&self, contact: Option<&str>) -> Phrase {
        match contact {
            Some(contact) => self.phrase("review-not-yours", &[("contact", Fill::Text(contact))]),
            None => self.phrase("review-not-yours-unnamed", &[]),
        }
    }

    /// How many posts wait.
    pub fn reviews_headline(&self, count: i64) -> Phrase {
        self.phrase("reviews-headline", &[("n", Fill::Number(count))])
    }

    /// No post waits.
    pub fn reviews_empty(&self) -> Phrase {
        self.phrase("reviews-empty", &[])
    }

    /// Title of the dialog for a note.
    pub fn changes_title(&self) -> String {
        self.label("changes-title")
    }

    /// What becomes of the post and of the note.
    pub fn changes_intro(&self, title: &str) -> Phrase {
        self.phrase("changes-intro", &[("title", Fill::Text(title))])
    }

    /// Label of the note.
    pub fn changes_label(&self) -> String {
        self.label("changes-label")
    }

    /// Sends the note.
    pub fn changes_send(&self) -> String {
        self.label("changes-send")
    }

    /// There is no note, or too much of it.
    pub fn changes_needed(&self) -> String {
        self.label("changes-needed")
    }
}
