//! What states, kinds, networks, roles, goals and orders are called: keys of sentences, and the words of
//! addresses and forms.

use entity::enums::{
    CampaignArea, CampaignGoal, EditMode, JoinPolicy, Language, Network, Platform, PostKind,
    PostState, Priority, ProposalState, Role,
};

use crate::domain::library::Sort;
use crate::domain::people::Standing;

/// Declares an enumeration's names: in addresses, and as a key of sentences.
macro_rules! names {
    ($($name:ident of $typ:ident { $($variant:ident: $word:literal, $key:literal;)+ })+) => {$(
        #[doc = concat!("[`", stringify!($typ), "`] as words.")]
        pub mod $name {
            use super::$typ;

            /// All of them, in the order in which they are offered.
            pub const ALL: &[$typ] = &[$($typ::$variant),+];

            /// Its word in addresses and forms.
            pub fn word(value: $typ) -> &'static str {
                match value {
                    $($typ::$variant => $word,)+
                }
            }

            /// The key of its name.
            pub fn key(value: $typ) -> &'static str {
                match value {
                    $($typ::$variant => $key,)+
                }
            }

            /// What a word of an address or a form means.
            pub fn read(text: &str) -> Option<$typ> {
                ALL.iter().copied().find(|value| word(*value) == text)
            }
        }
    )+};
}

names! {
    state of PostState {
        Draft: "draft", "post-draft";
        InReview: "in_review", "post-in-review";
        Approved: "approved", "post-approved";
        Scheduled: "scheduled", "post-scheduled";
        Live: "live", "post-live";
        Expired: "expired", "post-expired";
        Archived: "archived", "post-archived";
        Withdrawn: "withdrawn", "post-withdrawn";
    }
    proposal_state of ProposalState {
        New: "new", "proposal-new";
        Accepted: "accepted", "proposal-accepted";
        Declined: "declined", "proposal-declined";
        Withdrawn: "withdrawn", "proposal-withdrawn";
    }
    kind of PostKind {
        Share: "share", "kind-share";
        Engage: "engage", "kind-engage";
        Job: "job", "kind-job";
        Story: "story", "kind-story";
    }
    network of Network {
        Linkedin: "linkedin", "network-linkedin";
        X: "x", "network-x";
        Bluesky: "bluesky", "network-bluesky";
        Mastodon: "mastodon", "network-mastodon";
        Threads: "threads", "network-threads";
        Facebook: "facebook", "network-facebook";
        Xing: "xing", "network-xing";
        Reddit: "reddit", "network-reddit";
        Whatsapp: "whatsapp", "network-whatsapp";
        Telegram: "telegram", "network-telegram";
        Email: "email", "network-email";
        Copy: "copy", "network-copy";
    }
    language of Language {
        En: "en", "language-name-en";
        De: "de", "language-name-de";
    }
    join_policy of JoinPolicy {
        Workspace: "workspace", "join-workspace";
        List: "list", "join-list";
    }
    edit_mode of EditMode {
        Free: "free", "edit-free";
        Prepend: "prepend", "edit-prepend";
        Append: "append", "edit-append";
        Locked: "locked", "edit-locked";
    }
    priority of Priority {
        High: "high", "priority-high";
        Normal: "normal", "priority-normal";
        Low: "low", "priority-low";
    }
    platform of Platform {
        Slack: "slack", "platform-slack";
        Discord: "discord", "platform-discord";
    }
    role of Role {
        Owner: "owner", "role-owner";
        Admin: "admin", "role-admin";
        Curator: "curator", "role-curator";
        Approver: "approver", "role-approver";
        Recruiter: "recruiter", "role-recruiter";
        Analyst: "analyst", "role-analyst";
        TeamLead: "team_lead", "role-team-lead";
    }
    held of Role {
        Owner: "owner", "held-owner";
        Admin: "admin", "held-admin";
        Curator: "curator", "held-curator";
        Approver: "approver", "held-approver";
        Recruiter: "recruiter", "held-recruiter";
        Analyst: "analyst", "held-analyst";
        TeamLead: "team_lead", "held-team-lead";
    }
    standing of Standing {
        Joined: "joined", "standing-joined";
        Invited: "invited", "standing-invited";
        Left: "left", "standing-left";
    }
    goal of CampaignGoal {
        Awareness: "awareness", "goal-awareness";
        Traffic: "traffic", "goal-traffic";
        Leads: "leads", "goal-leads";
        Recruiting: "recruiting", "goal-recruiting";
        Retention: "retention", "goal-retention";
        Training: "training", "goal-training";
    }
    area of CampaignArea {
        Marketing: "marketing", "area-marketing";
        Sales: "sales", "area-sales";
        CustomerCare: "customer_care", "area-customer-care";
        Hr: "hr", "area-hr";
        ResearchAndDevelopment: "research_and_development", "area-research";
        Executives: "executives", "area-executives";
    }
    sort of Sort {
        Newest: "newest", "sort-newest";
        Changed: "changed", "sort-changed";
        Time: "time", "sort-time";
        Title: "title", "sort-title";
        Waiting: "waiting", "sort-waiting";
    }
}

/// The tone of a state's chip.
pub fn tone(value: PostState) -> &'static str {
    match value {
        PostState::Live => "success",
        PostState::InReview => "warning",
        PostState::Scheduled | PostState::Approved => "",
        PostState::Withdrawn => "danger",
        PostState::Draft | PostState::Expired | PostState::Archived => "quiet",
    }
}
