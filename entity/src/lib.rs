//! What a row is: typed ids, database enums, one file per table.
//!
//! No queries and no rules live here. To add a table: a migration first, then
//! a file here whose columns bear the same names; the drift test of the
//! integration suite compares the two on both databases.

pub mod enums;
pub mod ids;
pub mod json;

pub mod api_token;
pub mod audit_event;
pub mod broadcast;
pub mod campaign;
pub mod channel;
pub mod click;
pub mod connect_state;
pub mod content_rules;
pub mod count_cursor;
pub mod credential;
pub mod csv_file;
pub mod csv_import;
pub mod csv_line;
pub mod daily_salt;
pub mod delivery;
pub mod dismissal;
pub mod feed;
pub mod feed_item;
pub mod figure_day;
pub mod forgotten_delivery;
pub mod hit;
pub mod idempotency_record;
pub mod identity;
pub mod installation;
pub mod job;
pub mod late_hit;
pub mod late_hits;
pub mod lease;
pub mod link;
pub mod login_attempt;
pub mod login_link;
pub mod media;
pub mod member;
pub mod member_activity;
pub mod organization;
pub mod own_visit;
pub mod pairing_attempt;
pub mod pairing_code;
pub mod point_event;
pub mod post;
pub mod post_topic;
pub mod post_version;
pub mod proposal;
pub mod proposal_supporter;
pub mod rate;
pub mod retention;
pub mod retention_run;
pub mod review_note;
pub mod role_team;
pub mod saved_view;
pub mod schedule;
pub mod score;
pub mod score_bucket;
pub mod session;
pub mod share;
pub mod share_sum;
pub mod team;
pub mod team_active;
pub mod team_month;
pub mod topic;
pub mod topic_route;
pub mod variant;
