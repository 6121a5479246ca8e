//! What follows from the number of a row: ids, tenants, times.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{Network, Platform};
use entity::ids::{
    ApiTokenId, AuditEventId, CampaignId, ChannelId, ClickId, CsvImportId, DeliveryId, DismissalId,
    FeedId, FeedItemId, HitId, IdempotencyRecordId, IdentityId, InstallationId, JobId, LinkId,
    LoginLinkId, MediaId, MemberId, OrganizationId, PairingCodeId, PointEventId, PostId,
    PostVersionId, ProposalId, ReviewNoteId, SavedViewId, ScheduleId, SessionId, ShareId, TeamId,
    TopicId, VariantId,
};
use uuid::Uuid;

use crate::test_support::start;

/// How many of each.
pub const ORGANIZATIONS: usize = 40;
pub const TEAMS: usize = 100;
pub const MEMBERS: usize = 2_000;
pub const POSTS: usize = 600;
pub const SHARES: usize = 4_000;
pub const DELIVERIES: usize = 6_000;
pub const HITS: usize = 6_000;
pub const CLICKS: usize = 4_000;
pub const EVENTS: usize = 4_000;
pub const JOBS: usize = 2_000;
pub const FEEDS: usize = 200;
pub const INSTALLATIONS: usize = 40;
pub const OTHERS: usize = 1_000;

/// The present of the sample.
pub fn now() -> DateTime<Utc> {
    start()
}

/// So many minutes ago.
pub fn ago(minutes: usize) -> DateTime<Utc> {
    now() - TimeDelta::minutes(i64::try_from(minutes).unwrap())
}

/// An id that tells table and row, in the order of rows.
fn id(table: u128, n: usize) -> Uuid {
    Uuid::from_u128((table << 112) + n as u128)
}

/// The organization of row `n`: every second row is the large one's.
pub fn organization(n: usize) -> OrganizationId {
    let number = if n.is_multiple_of(2) {
        0
    } else {
        1 + (n / 2) % (ORGANIZATIONS - 1)
    };
    tenant(number)
}

macro_rules! ids {
    ($($name:ident: $id:ident = $table:literal;)*) => {$(
        /// The id of row `n`.
        pub fn $name(n: usize) -> $id {
            $id(id($table, n))
        }
    )*};
}

ids! {
    session: SessionId = 25;
    login_link: LoginLinkId = 26;
    tenant: OrganizationId = 1;
    team: TeamId = 2;
    member: MemberId = 3;
    token: ApiTokenId = 4;
    audit_event: AuditEventId = 5;
    installation: InstallationId = 6;
    channel: ChannelId = 7;
    identity: IdentityId = 8;
    campaign: CampaignId = 9;
    feed: FeedId = 10;
    post: PostId = 11;
    variant: VariantId = 12;
    item: FeedItemId = 13;
    delivery: DeliveryId = 14;
    dismissal: DismissalId = 15;
    share: ShareId = 16;
    link: LinkId = 17;
    hit: HitId = 18;
    click: ClickId = 19;
    event: PointEventId = 20;
    job: JobId = 21;
    schedule: ScheduleId = 22;
    record: IdempotencyRecordId = 23;
    code: PairingCodeId = 24;
    topic: TopicId = 25;
    version: PostVersionId = 26;
    note: ReviewNoteId = 27;
    view: SavedViewId = 28;
    picture: MediaId = 29;
    import: CsvImportId = 30;
    proposal: ProposalId = 31;
}

/// Sixteen bytes that stand for a hash.
pub fn hash(n: usize) -> Vec<u8> {
    id(99, n).as_bytes().to_vec()
}

/// The network of row `n`.
pub fn network(n: usize) -> Network {
    [
        Network::Linkedin,
        Network::X,
        Network::Facebook,
        Network::Email,
    ][n % 4]
}

/// The chat of row `n`.
pub fn platform(n: usize) -> Platform {
    [Platform::Slack, Platform::Slack, Platform::Discord][n % 3]
}

/// The local day of row `n`.
pub fn day(n: usize) -> String {
    ago(n * 10).format("%Y-%m-%d").to_string()
}
