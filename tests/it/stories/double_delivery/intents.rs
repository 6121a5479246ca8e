//! Which walk holds what people may want: the compiler asks for a row for each intent, and a walk
//! has to come by all that are said to be on it.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use conversation::Intent;
use conversation::intent::{Judged, ProposalForm, Slot, Surface, TypedCode};
use server_api::enums::{BoardVisibility, DeliveryPreference, Language, Network, Period};
use server_api::ids::{IdentityId, PostId, ProposalId};
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use uuid::Uuid;

use super::Walk;

/// The span in which the bots answer somebody, and its field with what is wanted.
const SPAN: &str = "bot.intent";
const NAME: &str = "intent";

const POST: PostId = PostId(Uuid::nil());
const ON: Surface = Surface::Message;
const JUDGED: Judged = Judged {
    post: POST,
    version: 1,
    on: ON,
};

/// Where an intent is delivered often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// On a walk, since it changes something, or asks for what does.
    On(Walk),
    /// On none: it only shows something.
    Shown,
}

/// What is told of each intent, beside an example of it.
macro_rules! table {
    ($($intent:pat = $example:expr => $held:expr;)+) => {
        fn held(intent: &Intent) -> Held {
            match intent {
                $($intent => $held,)+
            }
        }

        fn examples() -> Vec<Intent> {
            vec![$($example,)+]
        }
    };
}

table! {
    Intent::Help = Intent::Help => Held::Shown;
    Intent::ShowSuggestions = Intent::ShowSuggestions => Held::Shown;
    Intent::ShowReviews = Intent::ShowReviews => Held::Shown;
    Intent::ShowMe = Intent::ShowMe => Held::Shown;
    Intent::ReturnToMe = Intent::ReturnToMe => Held::Shown;
    Intent::ShowChoices = Intent::ShowChoices => Held::Shown;
    Intent::ShowNetworks = Intent::ShowNetworks => Held::Shown;
    Intent::ShowLeaderboard { .. } = Intent::ShowLeaderboard { period: Period::Week }
        => Held::Shown;
    Intent::TurnLeaderboard { .. } = Intent::TurnLeaderboard { period: Period::Month }
        => Held::Shown;
    Intent::NotUnderstood { .. } = Intent::NotUnderstood { said: String::new() } => Held::Shown;
    Intent::Outdated = Intent::Outdated => Held::Shown;

    Intent::StartShare { .. } = Intent::StartShare { post: POST } => Held::On(Walk::Shares);
    Intent::ConfirmShared { .. } = Intent::ConfirmShared { post: POST, network: Network::X, on: ON }
        => Held::On(Walk::Shares);
    Intent::Dismiss { .. } = Intent::Dismiss { post: POST, on: ON } => Held::On(Walk::Shares);
    Intent::UndoDismissal { .. } = Intent::UndoDismissal { post: POST, on: ON }
        => Held::On(Walk::Shares);
    Intent::FinishOnboarding { .. }
        = Intent::FinishOnboarding { visibility: BoardVisibility::Name }
        => Held::On(Walk::Shares);
    Intent::ChooseDelivery { .. }
        = Intent::ChooseDelivery { preference: DeliveryPreference::EachPost }
        => Held::On(Walk::Shares);

    Intent::Approve(_) = Intent::Approve(JUDGED) => Held::On(Walk::Judges);
    Intent::AskForChanges(_) = Intent::AskForChanges(JUDGED) => Held::On(Walk::Judges);
    Intent::SubmitChanges { .. }
        = Intent::SubmitChanges { judged: JUDGED, language: Language::En, note: String::new() }
        => Held::On(Walk::Judges);

    Intent::Propose(_) = Intent::Propose(ProposalForm::default()) => Held::On(Walk::Menus);
    Intent::SubmitProposal { .. }
        = Intent::SubmitProposal { language: Language::En, form: ProposalForm::default() }
        => Held::On(Walk::Menus);
    Intent::WithdrawProposal { .. }
        = Intent::WithdrawProposal { proposal: ProposalId(Uuid::nil()) }
        => Held::On(Walk::Enters);
    Intent::ShowConsole = Intent::ShowConsole => Held::On(Walk::Enters);
    Intent::EditFollowers = Intent::EditFollowers => Held::On(Walk::Enters);
    Intent::SubmitFollowers { .. }
        = Intent::SubmitFollowers { language: Language::En, form: Vec::new() }
        => Held::On(Walk::Enters);

    Intent::ChooseVisibility { .. }
        = Intent::ChooseVisibility { visibility: BoardVisibility::Hidden }
        => Held::On(Walk::Chooses);
    Intent::ChooseLanguage { .. } = Intent::ChooseLanguage { language: Language::De }
        => Held::On(Walk::Chooses);
    Intent::PauseWeek = Intent::PauseWeek => Held::On(Walk::Chooses);
    Intent::Resume = Intent::Resume => Held::On(Walk::Chooses);
    Intent::ChooseNetwork { .. }
        = Intent::ChooseNetwork { slot: Slot::First, network: Some(Network::Mastodon) }
        => Held::On(Walk::Chooses);

    Intent::ShowPairing = Intent::ShowPairing => Held::On(Walk::Pairs);
    Intent::Pair { .. } = Intent::Pair { code: TypedCode(String::new()) } => Held::On(Walk::Pairs);
    Intent::Unpair { .. } = Intent::Unpair { identity: IdentityId(Uuid::nil()) }
        => Held::On(Walk::Pairs);
}

/// What the bots were asked for, by its name, while this lives.
pub(super) struct Asked {
    names: Names,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Names(Arc<Mutex<BTreeSet<String>>>);

impl Visit for Names {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == NAME {
            self.0.lock().unwrap().insert(value.to_owned());
        }
    }

    fn record_debug(&mut self, _field: &Field, _value: &dyn Debug) {}
}

impl<S: Subscriber> Layer<S> for Names {
    fn on_new_span(&self, attributes: &Attributes<'_>, _id: &Id, _context: Context<'_, S>) {
        attributes.record(&mut self.clone());
    }
}

impl Asked {
    /// Notes what is asked for on this thread: the whole world of a story runs on it.
    pub(super) fn noted() -> Self {
        let names = Names::default();
        let only = filter_fn(|metadata| metadata.name() == SPAN);
        let noting = tracing_subscriber::registry().with(names.clone().with_filter(only));
        Self {
            names,
            _guard: tracing::subscriber::set_default(noting),
        }
    }

    /// Everything was asked for that is said to be on a walk.
    pub(super) fn holds_all_on(&self, walk: Walk) {
        let asked = self.names.0.lock().unwrap();
        let all = examples().into_iter();
        for intent in all.filter(|intent| held(intent) == Held::On(walk)) {
            let name = intent.name();
            assert!(
                asked.contains(name),
                "{walk:?} asks for no {name}: {asked:?}"
            );
        }
    }
}
