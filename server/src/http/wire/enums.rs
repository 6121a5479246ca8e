//! Closed enumerations, both ways: a variant added on one side does not compile
//! until the other has it.

use entity::enums as row;
use server_api::enums as wire;

use crate::domain::check;
use crate::domain::library::Sort;

/// What a check looks for, as it travels.
pub fn check_kind(kind: check::Kind) -> wire::CheckKind {
    match kind {
        check::Kind::Incomplete => wire::CheckKind::Incomplete,
        check::Kind::MissingAlt => wire::CheckKind::MissingAlt,
        check::Kind::MissingDisclosure => wire::CheckKind::MissingDisclosure,
        check::Kind::BlockedWords => wire::CheckKind::BlockedWords,
        check::Kind::OverLimit => wire::CheckKind::OverLimit,
        check::Kind::CampaignEnded => wire::CheckKind::CampaignEnded,
        check::Kind::Duplicate => wire::CheckKind::Duplicate,
        check::Kind::DeadLink => wire::CheckKind::DeadLink,
        check::Kind::OpenChannels => wire::CheckKind::OpenChannels,
        check::Kind::FewMeant => wire::CheckKind::FewMeant,
    }
}

/// An order of the library, as it is asked for.
pub fn sort_row(sort: wire::PostSort) -> Sort {
    match sort {
        wire::PostSort::Newest => Sort::Newest,
        wire::PostSort::Changed => Sort::Changed,
        wire::PostSort::Time => Sort::Time,
        wire::PostSort::Title => Sort::Title,
        wire::PostSort::Waiting => Sort::Waiting,
    }
}

/// Declares a pair of conversions between enumerations with the same variants.
macro_rules! pairs {
    ($($to_wire:ident, $to_row:ident: $name:ident { $($variant:ident),+ $(,)? })+) => {$(
        #[doc = concat!("[`row::", stringify!($name), "`] as it travels.")]
        pub fn $to_wire(value: row::$name) -> wire::$name {
            match value {
                $(row::$name::$variant => wire::$name::$variant,)+
            }
        }

        #[doc = concat!("[`wire::", stringify!($name), "`] as it is stored.")]
        pub fn $to_row(value: wire::$name) -> row::$name {
            match value {
                $(wire::$name::$variant => row::$name::$variant,)+
            }
        }
    )+};
}

pairs! {
    board_visibility, board_visibility_row: BoardVisibility { Name, Pseudonym, Hidden }
    delivery_preference, delivery_preference_row: DeliveryPreference { EachPost, ChannelOnly }
    delivery_state, delivery_state_row: DeliveryState { Pending, Claimed, Sent, Failed, Uncertain, Cancelled }
    edit_mode, edit_mode_row: EditMode { Free, Prepend, Append, Locked }
    feed_item_outcome, feed_item_outcome_row: FeedItemOutcome { Imported, Duplicate, Refused }
    feed_mode, feed_mode_row: FeedMode { Draft, Review, AutoPublish }
    join_policy, join_policy_row: JoinPolicy { Workspace, List }
    language, language_row: Language { En, De }
    network, network_row: Network { Linkedin, X, Facebook, Threads, Bluesky, Mastodon, Reddit, Xing, Whatsapp, Telegram, Email, Copy }
    permission, permission_row: Permission { ReadPosts, WritePosts, ReviewPosts, CommentPosts, PublishPosts, ManageFeeds, ReadMembers, ManageMembers, ManageOrganization, ManageTokens, ReadAudit, ReadFigures, ReadTeamFigures, ReadOperations }
    platform, platform_row: Platform { Slack, Discord }
    post_kind, post_kind_row: PostKind { Share, Engage, Job, Story }
    post_state, post_state_row: PostState { Draft, InReview, Approved, Scheduled, Live, Expired, Archived, Withdrawn }
    priority, priority_row: Priority { Low, Normal, High }
    proposal_source, proposal_source_row: ProposalSource { Slack, Discord, Console, Api }
    proposal_state, proposal_state_row: ProposalState { New, Accepted, Declined, Withdrawn }
    review_step, review_step_row: ReviewStep { Comment, Submitted, Recalled, Approved, Rejected }
    role, role_row: Role { Owner, Admin, Curator, Approver, Recruiter, Analyst, TeamLead }
    share_state, share_state_row: ShareState { Opened, Confirmed, Proven, Published, Scheduled, Failed, Withdrawn }
}
