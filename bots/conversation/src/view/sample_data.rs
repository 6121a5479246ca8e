//! What the server might say, for samples, previews and the fake backend.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use server_api::console::ConsoleLink;
use server_api::enums::{
    BoardVisibility, DeliveryPreference, Language, Network, Period, Platform, PostKind, PostState,
    ProposalState, ShareState,
};
use server_api::identity::{Paired, PairingCode};
use server_api::ids::{IdentityId, MemberId, PostId, ProposalId, ShareId};
use server_api::leaderboard::{BoardRow, Leaderboard, Movement};
use server_api::me::{Home, Me, MyIdentity};
use server_api::proposal::{MyProposal, ProposalOutcome, ProposalReceipt, ProposalStanding};
use server_api::review::{Review, ReviewAudience};
use server_api::share::{ShareChoice, ShareChoices, ShareReceipt};
use server_api::suggestion::Suggestion;
use uuid::Uuid;

/// Id of the sample post.
pub const POST: PostId = PostId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_5061_7283_94a5));

/// Ids of the sample member's accounts on Slack and on Discord.
pub const IDENTITIES: [IdentityId; 2] = [
    IdentityId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_0000_0000_0003)),
    IdentityId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_0000_0000_0004)),
];

/// A live post with everything that a card can show.
pub fn suggestion() -> Suggestion {
    Suggestion {
        post_id: POST,
        kind: PostKind::Share,
        state: PostState::Live,
        title: "How we moved 40 services without a night shift".into(),
        summary: "Three teams tell what they would do again, and what they would not.".into(),
        source: Some("example.org".into()),
        image_url: Some("https://example.org/pictures/harbour.jpg".into()),
        image_alt: Some("A crane lifts a container at dawn".into()),
        campaign: Some("Engineering".into()),
        expires_at: DateTime::<Utc>::from_timestamp(1_796_990_400, 0),
        shared_by: 3,
        points_confirmed: 5,
        points_proven: 10,
    }
}

/// Three live posts, the first of them as [`suggestion`].
pub fn suggestions() -> Vec<Suggestion> {
    [
        suggestion().title.as_str(),
        "Why our support team reads every pull request",
        "Come and build bridges with us",
    ]
    .into_iter()
    .zip(POST.0.as_u128()..)
    .map(|(title, id)| Suggestion {
        post_id: PostId(Uuid::from_u128(id)),
        title: title.to_owned(),
        ..suggestion()
    })
    .collect()
}

/// A post that waits for the sample member's judgement, with everything that a card can show.
pub fn review() -> Review {
    let post = suggestion();
    Review {
        post_id: post.post_id,
        version: 7,
        state: PostState::InReview,
        title: post.title,
        excerpt: post.summary,
        author: Some("Grace".into()),
        audience: Some(ReviewAudience {
            teams: vec!["Engineering".into(), "Support".into()],
            languages: vec![Language::En],
            roles: vec![],
            platforms: vec![Platform::Slack],
            channels: Some(vec!["share-this".into()]),
            everybody: false,
        }),
        since: DateTime::<Utc>::from_timestamp(1_796_000_000, 0).unwrap_or_default(),
        overdue: false,
        publish_at: DateTime::<Utc>::from_timestamp(1_796_080_000, 0),
        may_approve: true,
        decision: None,
        url: format!(
            "https://chorus.example.org/o/example/review?post={}",
            post.post_id
        ),
        language: Language::En,
    }
}

/// Three posts that wait, the first of them as [`review`].
pub fn reviews() -> Vec<Review> {
    suggestions()
        .into_iter()
        .map(|post| Review {
            post_id: post.post_id,
            title: post.title,
            url: format!(
                "https://chorus.example.org/o/example/review?post={}",
                post.post_id
            ),
            ..review()
        })
        .collect()
}

/// A member in person, with figures and choices.
pub fn me() -> Me {
    Me {
        id: MemberId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_0000_0000_0001)),
        display_name: "Ada Example".into(),
        language: Language::En,
        organization: "Example".into(),
        board_visibility: BoardVisibility::Name,
        pseudonym: "Quiet Heron".into(),
        attribution: true,
        networks: vec![Network::Linkedin, Network::Bluesky],
        networks_offered: Network::ALL.to_vec(),
        followers: BTreeMap::from([(Network::Linkedin, 1_250), (Network::Bluesky, 85)]),
        mastodon_instance: None,
        delivery: DeliveryPreference::ChannelOnly,
        delivery_refused_on: None,
        paused_until: None,
        quiet_hours: None,
        identities: identities(),
        joined_at: DateTime::<Utc>::from_timestamp(1_796_000_000, 0),
        points_this_week: 34,
        points_all_time: 1_204,
        rank_this_week: Some(3),
        shares: 41,
        clicks: 512,
        potential_reach: 51_250,
        board_url: "https://chorus.example.org/b/token".into(),
    }
}

fn identities() -> Vec<MyIdentity> {
    let [slack, discord] = IDENTITIES;
    let account = |id, platform, workspace: &str| MyIdentity {
        id,
        platform,
        workspace: workspace.into(),
    };
    vec![
        account(slack, Platform::Slack, "Example"),
        account(discord, Platform::Discord, "Example Makers"),
    ]
}

/// A member's own page with three posts to share.
pub fn home() -> Home {
    let of = |post| ShareChoices {
        post,
        ..share_choices()
    };
    Home {
        proposal: Some(my_proposal()),
        me: me(),
        to_share: suggestions().into_iter().map(of).collect(),
        board: leaderboard(),
    }
}

/// A fresh pairing code.
pub fn pairing_code() -> PairingCode {
    PairingCode {
        code: "K7QM-2XRD".into(),
        expires_at: DateTime::<Utc>::from_timestamp(1_796_000_600, 0).unwrap_or_default(),
    }
}

/// A way into the console.
pub fn console_link() -> ConsoleLink {
    ConsoleLink {
        url: "https://chorus.example.org/enter/dGhpcyBsaW5rIGxldHMgaW4gb25jZQ".into(),
        expires_at: DateTime::<Utc>::from_timestamp(1_796_000_600, 0).unwrap_or_default(),
    }
}

/// An account that was just paired with the sample member.
pub fn paired() -> Paired {
    let me = me();
    Paired {
        identity_id: IDENTITIES[1],
        member_id: me.id,
        display_name: me.display_name,
        organization: me.organization,
    }
}

/// A member's ways to share the sample post, on every network.
pub fn share_choices() -> ShareChoices {
    ShareChoices {
        post: suggestion(),
        networks: Network::ALL
            .into_iter()
            .enumerate()
            .map(|(index, network)| ShareChoice {
                network,
                url: format!("https://chorus.example.org/s/token-{index}"),
                preferred: index < 2,
                state: (index == 1).then_some(ShareState::Opened),
            })
            .collect(),
        language: None,
    }
}

/// A share just confirmed.
pub fn share_receipt() -> ShareReceipt {
    ShareReceipt {
        share_id: ShareId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_0000_0000_0002)),
        post_id: POST,
        title: suggestion().title,
        network: Network::Linkedin,
        state: ShareState::Confirmed,
        points: 5,
        over_daily_cap: false,
        clicks: 0,
        potential_reach: Some(1_250),
        points_this_week: 39,
        rank_this_week: Some(2),
    }
}

/// A board with a tie and some who moved, on which the asking member stands below the top.
pub fn leaderboard() -> Leaderboard {
    let row = |rank, name: &str, points, movement| BoardRow {
        rank,
        name: name.into(),
        points,
        me: name == "Ada Example",
        movement,
    };
    let up = |places| Some(Movement::Up { places });
    let down = |places| Some(Movement::Down { places });
    Leaderboard {
        period: Period::Week,
        label: "2026-W47".into(),
        top: vec![
            row(1, "Grace", 120, up(2)),
            row(2, "Linus", 96, None),
            row(2, "Quiet Heron", 96, None),
            row(4, "Barbara", 41, down(3)),
        ],
        around: vec![
            row(11, "Margaret", 35, down(1)),
            row(12, "Ada Example", 34, up(5)),
            row(13, "Alan", 30, None),
        ],
        my_points: Some(34),
        my_rank: Some(12),
        members: 48,
        page_url: Some("https://chorus.example.org/b/token".into()),
    }
}

/// A proposal of the sample member's that waits.
pub fn my_proposal() -> MyProposal {
    MyProposal {
        id: ProposalId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_0000_0000_0005)),
        url: "https://news.example/tea".into(),
        why: "Our tea made the news.".into(),
        words: "Proud of our tea.".into(),
        title: None,
        state: ProposalState::New,
        note: None,
        points: 0,
        created_at: review().since,
        decided_at: None,
    }
}

/// What its proposer is told.
pub fn proposal_receipt() -> ProposalReceipt {
    ProposalReceipt {
        standing: ProposalStanding::First,
        proposal: Some(my_proposal()),
        points: 15,
    }
}

/// That it became a post.
pub fn proposal_outcome() -> ProposalOutcome {
    ProposalOutcome {
        url: my_proposal().url,
        title: Some("The <tea> of *our* town".into()),
        state: ProposalState::Accepted,
        note: None,
        points: 15,
        published: false,
    }
}
