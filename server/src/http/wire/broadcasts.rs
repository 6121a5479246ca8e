//! Broadcasts as they travel.

use server_api::broadcast::{Broadcast, BroadcastProgress, BroadcastStage, RefusedMessages};
use server_api::ids::PostId;

use super::enums::platform;
use crate::domain::broadcast::Stage;
use crate::domain::broadcast::progress::Progress;
use crate::service::broadcasts;

/// How far the messages about a post have come.
pub fn broadcast(found: broadcasts::Broadcast) -> Broadcast {
    Broadcast {
        post_id: PostId(found.post.0),
        stage: stage(found.stage),
        channels: progress(found.channels),
        members: progress(found.members),
        planning: found.planning,
        quiet: found.quiet,
        quiet_until: found.quiet_until,
        failures: found.failures.into_iter().map(refused).collect(),
        retriable: found.retriable,
        resendable: found.resendable,
        withdrawal: found.withdrawal.map(progress),
        messages_per_minute: found.per_minute,
        seconds_left: found.seconds_left,
    }
}

fn stage(stage: Stage) -> BroadcastStage {
    match stage {
        Stage::Ahead => BroadcastStage::Ahead,
        Stage::Running => BroadcastStage::Running,
        Stage::Paused => BroadcastStage::Paused,
        Stage::Stopped => BroadcastStage::Stopped,
        Stage::Withdrawing => BroadcastStage::Withdrawing,
        Stage::Over => BroadcastStage::Over,
    }
}

fn progress(progress: Progress) -> BroadcastProgress {
    BroadcastProgress {
        planned: progress.planned,
        done: progress.done,
        to_go: progress.to_go,
        failed: progress.failed,
        uncertain: progress.uncertain,
        stopped: progress.stopped,
    }
}

fn refused(refused: broadcasts::Refused) -> RefusedMessages {
    RefusedMessages {
        platform: platform(refused.platform),
        reason: refused.reason,
        count: refused.count,
    }
}
