//! What the messages of one claim are about, as it stands now; and whether each is still to be said.

mod proposed;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::enums::{
    BroadcastHold, DeliveryOperation, DeliverySubject, Language, Permission, PostState,
};
use entity::ids::{DeliveryId, IdentityId, MemberId, OrganizationId, PostId, ProposalId};
use entity::{delivery, identity, member, organization, proposal, share};

use super::{Content, Message};
use crate::app::App;
use crate::domain::broadcast::{SOON, held};
use crate::domain::delivery::wants_posts;
use crate::domain::leaderboard::zone;
use crate::domain::permission::granted_by_all;
use crate::domain::post::is_open;
use crate::domain::quiet::QuietHours;
use crate::domain::review::is_awake;
use crate::domain::share::counts;
use crate::service::deliveries::personal::time_zone;
use crate::service::leaderboard::{self, Leaderboard};
use crate::service::previews;
use crate::service::reviews::Sheets;
use crate::service::shares::{self as sharing, Choices};
use crate::service::suggestions::{self, Card};
use crate::store::{
    StoreError, Txn, broadcasts, deliveries, dismissals, identities, posts, shares,
};

/// Whether a message is to be said.
pub(super) enum Said {
    /// This, in that language.
    Now(Content, Language),
    /// Not before this time.
    Later(DateTime<Utc>),
    /// It need not be said any more.
    Never,
    /// It is kept in, because a curator stopped its broadcast.
    Stopped,
    /// It waited for a post that has ended, and goes without a number.
    Gone,
}

/// What the messages of one claim are about.
pub(super) struct Facts<'a> {
    app: &'a App,
    now: DateTime<Utc>,
    organizations: HashMap<OrganizationId, organization::Model>,
    cards: HashMap<PostId, Card>,
    members: HashMap<MemberId, member::Model>,
    messages: HashMap<DeliveryId, delivery::Model>,
    accounts: Vec<identity::Model>,
    added: HashMap<IdentityId, identity::Model>,
    shares: Vec<share::Model>,
    dismissed: HashSet<(MemberId, PostId)>,
    boards: HashMap<DeliveryId, Leaderboard>,
    holds: HashMap<PostId, BroadcastHold>,
    reviews: HashMap<OrganizationId, Sheets>,
    proposals: HashMap<ProposalId, (proposal::Model, i64)>,
}

impl<'a> Facts<'a> {
    /// Reads them in a few statements, however many messages there are.
    pub(super) async fn load(
        txn: &Txn,
        app: &'a App,
        rows: &[delivery::Model],
    ) -> Result<Self, StoreError> {
        let members = deliveries::members_of(&**txn, rows).await?;
        let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
        let targets: Vec<_> = rows.iter().filter_map(|row| row.target_id).collect();
        let added: Vec<_> = rows.iter().filter_map(|row| row.identity_id).collect();
        let mut facts = Self {
            app,
            now: app.now(),
            organizations: by(deliveries::organizations_of(&**txn, rows).await?, |one| {
                one.id
            }),
            cards: HashMap::new(),
            messages: by(deliveries::find_many(&**txn, &targets).await?, |one| one.id),
            accounts: identities::of_members(&**txn, &ids).await?,
            added: by(identities::find_many(&**txn, &added).await?, |one| one.id),
            members: by(members, |member| member.id),
            shares: Vec::new(),
            dismissed: HashSet::new(),
            boards: HashMap::new(),
            holds: broadcasts::holds(&**txn, &new_of(rows)).await?,
            reviews: HashMap::new(),
            proposals: HashMap::new(),
        };
        facts.add_proposals(txn, rows).await?;
        let organizations: Vec<_> = facts.organizations.values().cloned().collect();
        for organization in &organizations {
            facts.add_posts(txn, organization, rows).await?;
            facts.add_boards(organization, rows).await?;
            facts.add_reviews(txn, organization, rows).await?;
        }
        Ok(facts)
    }

    async fn add_posts(
        &mut self,
        txn: &Txn,
        organization: &organization::Model,
        rows: &[delivery::Model],
    ) -> Result<(), StoreError> {
        let rows = || {
            rows.iter()
                .filter(|row| row.organization_id == organization.id)
        };
        let named: Vec<_> = rows().filter_map(|row| row.post_id).collect();
        let found = posts::find_many(&**txn, organization.id, &named).await?;
        for card in suggestions::cards(&**txn, organization, found, self.now).await? {
            self.cards.insert(card.post.id, card);
        }
        let personal = || rows().filter(|row| row.subject == DeliverySubject::PersonalPost);
        let posts: Vec<_> = personal().filter_map(|row| row.post_id).collect();
        let members: Vec<_> = personal().filter_map(|row| row.member_id).collect();
        if posts.is_empty() {
            return Ok(());
        }
        let shared = shares::of_posts_by(&**txn, organization.id, &members, &posts).await?;
        self.shares.extend(shared);
        let dismissed = dismissals::of_posts_by(&**txn, organization.id, &members, &posts).await?;
        let dismissed = dismissed.iter().map(|one| (one.member_id, one.post_id));
        self.dismissed.extend(dismissed);
        Ok(())
    }

    async fn add_boards(
        &mut self,
        organization: &organization::Model,
        rows: &[delivery::Model],
    ) -> Result<(), StoreError> {
        for row in rows {
            if row.subject == DeliverySubject::WeeklyLeaderboard
                && row.organization_id == organization.id
            {
                let board = leaderboard::week_before(self.app, organization, row.created_at);
                self.boards.insert(row.id, board.await?);
            }
        }
        Ok(())
    }

    async fn add_reviews(
        &mut self,
        txn: &Txn,
        organization: &organization::Model,
        rows: &[delivery::Model],
    ) -> Result<(), StoreError> {
        let asking = rows.iter().filter(|row| {
            row.subject == DeliverySubject::Review && row.organization_id == organization.id
        });
        let named: Vec<_> = asking.filter_map(|row| row.post_id).collect();
        if named.is_empty() {
            return Ok(());
        }
        let found = posts::find_many(&**txn, organization.id, &named).await?;
        let sheets = Sheets::load(&**txn, self.app, organization, found).await?;
        self.reviews.insert(organization.id, sheets);
        Ok(())
    }

    /// What to say, and in which language. What may be out already is looked for all the same.
    pub(super) fn say(&self, row: &delivery::Model, reconcile: bool) -> Said {
        let is_new = row.operation == DeliveryOperation::Post && !reconcile;
        match row.post_id.and_then(|post| self.holds.get(&post)) {
            Some(BroadcastHold::Paused) if is_new => Said::Later(held()),
            Some(BroadcastHold::Stopped) if is_new => Said::Stopped,
            Some(BroadcastHold::Paused | BroadcastHold::Stopped) | None => {
                self.said(row, reconcile).unwrap_or(Said::Never)
            }
        }
    }

    fn said(&self, row: &delivery::Model, reconcile: bool) -> Option<Said> {
        let organization = self.organizations.get(&row.organization_id)?;
        if let Some(said) = self.taken_back(row, organization) {
            return Some(said);
        }
        match row.subject {
            DeliverySubject::SuggestedPost => {
                let card = self.cards.get(&row.post_id?)?;
                let is_new = row.operation == DeliveryOperation::Post && !reconcile;
                if is_new && !is_open(&card.post, self.now) {
                    return None;
                }
                let content = Content::SuggestedPost(Box::new(card.clone()));
                Some(Said::Now(content, organization.language))
            }
            DeliverySubject::TestPost => {
                self.present(row).filter(|_| self.is_theirs(row))?;
                let card = self.cards.get(&row.post_id?)?.clone();
                let card = previews::as_live(self.app, organization, card);
                let content = Content::SuggestedPost(Box::new(card));
                Some(Said::Now(content, organization.language))
            }
            DeliverySubject::WeeklyLeaderboard => {
                let board = self.boards.get(&row.id)?.clone();
                // Whoever was on it may have hidden themselves since it was planned.
                if board.top.is_empty() && !reconcile {
                    return None;
                }
                let content = Content::WeeklyLeaderboard(Box::new(board));
                Some(Said::Now(content, organization.language))
            }
            DeliverySubject::ChannelTest => {
                let content = Content::ChannelTest {
                    organization: organization.name.clone(),
                };
                Some(Said::Now(content, organization.language))
            }
            DeliverySubject::PersonalPost => self.personal(row, reconcile, organization),
            DeliverySubject::Review => self.review(row, reconcile, organization),
            DeliverySubject::ProposalDecided | DeliverySubject::ProposalPublished => {
                self.proposal(row, reconcile, organization)
            }
            DeliverySubject::Paired => {
                let member = self.present(row)?;
                let added = self.added.get(&row.identity_id?)?.clone();
                // Not even looked for: where it is not found it would be posted, and nothing
                // is ever done to one that is out.
                if !self.is_theirs(row) {
                    return None;
                }
                let language = member.language.unwrap_or(organization.language);
                Some(Said::Now(Content::Paired { added }, language))
            }
            DeliverySubject::Greeting => {
                let member = self.present(row)?;
                let content = Content::Greeting {
                    organization: organization.name.clone(),
                    pseudonym: member.pseudonym.clone(),
                };
                let language = member.language.unwrap_or(organization.language);
                Some(Said::Now(content, language))
            }
        }
    }

    /// What is taken back from who was erased says no more than that it is over.
    fn taken_back(&self, row: &delivery::Model, house: &organization::Model) -> Option<Said> {
        let member = self.members.get(&row.member_id?)?;
        if member.erased_at.is_none() || row.operation != DeliveryOperation::Withdraw {
            return None;
        }
        let card = self.cards.get(&row.post_id?)?.clone();
        Some(Said::Now(
            Content::SuggestedPost(Box::new(card)),
            house.language,
        ))
    }

    fn personal(
        &self,
        row: &delivery::Model,
        reconcile: bool,
        organization: &organization::Model,
    ) -> Option<Said> {
        let member = self.members.get(&row.member_id?)?;
        let card = self.cards.get(&row.post_id?)?;
        let mut past = self
            .shares
            .iter()
            .filter(|share| share.member_id == member.id && share.post_id == card.post.id);
        let dismissed = self.dismissed.contains(&(member.id, card.post.id));
        let open = is_open(&card.post, self.now);
        let done = dismissed || past.clone().any(|share| counts(share.state));
        let is_theirs = self.is_theirs(row);
        let wanted = wants_posts(member, row.platform, self.now) && is_theirs;
        let is_late = row.operation == DeliveryOperation::Post && (done || !wanted);
        match row.operation {
            DeliveryOperation::Post if !reconcile => {
                if !open {
                    return Some(self.closed(card));
                }
                if !is_theirs {
                    return None;
                }
                let zone = zone(time_zone(member, organization));
                let quiet_until = QuietHours::of(member, organization).end(self.now, zone);
                if quiet_until > self.now {
                    return Some(Said::Later(quiet_until));
                }
            }
            // The member's own ways to share are for nobody else.
            DeliveryOperation::Revise if !is_theirs => return None,
            DeliveryOperation::Post | DeliveryOperation::Revise | DeliveryOperation::Withdraw => {}
        }
        let networks = if open && member.left_at.is_none() && !is_late {
            sharing::ways(self.app, (organization, member), &card.post, past.by_ref())
        } else {
            Vec::new()
        };
        let choices = Box::new(Choices {
            card: card.clone(),
            networks,
        });
        // One that its member wants no more is handed out all the same, and let pass in its turn:
        // given up here, it would be done before its time, and how many are done is told.
        let content = Content::PersonalPost {
            choices,
            dismissed: dismissed || is_late,
        };
        Some(Said::Now(
            content,
            member.language.unwrap_or(organization.language),
        ))
    }

    /// What becomes of a member's new message about a post that nobody may share now. Given up, it
    /// would count as one that went out; so it waits for the end to be noted, which takes what
    /// waits, and is not looked at again before long.
    fn closed(&self, card: &Card) -> Said {
        match card.post.state {
            PostState::Live => Said::Later(self.now + SOON),
            PostState::Draft
            | PostState::InReview
            | PostState::Approved
            | PostState::Scheduled
            | PostState::Expired
            | PostState::Archived
            | PostState::Withdrawn => Said::Gone,
        }
    }

    /// A card that asks for a judgement, which is for who may still judge; after it, what became
    /// of the post.
    fn review(
        &self,
        row: &delivery::Model,
        reconcile: bool,
        organization: &organization::Model,
    ) -> Option<Said> {
        let member = self.present(row).filter(|_| self.is_theirs(row))?;
        // Who reviews no more learns nothing more.
        if !granted_by_all(&member.roles.0).contains(&Permission::ReviewPosts) {
            return None;
        }
        let sheets = self.reviews.get(&organization.id)?;
        let card = sheets.card(row.post_id?, member)?;
        if row.operation == DeliveryOperation::Post && !reconcile {
            let is_asked = card.post.state == PostState::InReview && card.may_approve;
            if !is_asked || !is_awake(member, self.now) {
                return None;
            }
            let zone = zone(time_zone(member, organization));
            let quiet_until = QuietHours::of(member, organization).end(self.now, zone);
            if quiet_until > self.now {
                return Some(Said::Later(quiet_until));
            }
        }
        let language = card.language;
        Some(Said::Now(Content::Review(Box::new(card)), language))
    }

    /// The member that a message is for, if they did not leave.
    fn present(&self, row: &delivery::Model) -> Option<&member::Model> {
        let member = self.members.get(&row.member_id?)?;
        member.left_at.is_none().then_some(member)
    }

    /// Whether the message still goes to an account of its member.
    fn is_theirs(&self, row: &delivery::Model) -> bool {
        self.accounts.iter().any(|account| {
            Some(account.member_id) == row.member_id
                && account.platform == row.platform
                && account.user_ref == row.place_ref
        })
    }

    /// The message that is revised or withdrawn.
    pub(super) fn message(&self, row: &delivery::Model) -> Option<Message> {
        let message = self.messages.get(&row.target_id?)?;
        Some(Message {
            posted_by: message.id,
            reference: message.message_ref.clone()?,
        })
    }
}

/// The posts of which new messages tell.
fn new_of(rows: &[delivery::Model]) -> Vec<PostId> {
    let new = rows
        .iter()
        .filter(|row| row.operation == DeliveryOperation::Post);
    new.filter_map(|row| row.post_id).collect()
}

fn by<K: std::hash::Hash + Eq, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, T> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}
