//! What a flow answers: at most one new thing, and at most one change of the
//! message that the person pressed.

use crate::dialog::{Dialog, Field};
use crate::view::View;

/// The answer to one intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What comes anew.
    pub answer: Answer,
    /// What the person's own message becomes.
    pub revise: Option<View>,
}

/// What comes anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing; a dialog closes.
    Nothing,
    /// A message that only this person sees.
    Whisper(View),
    /// A dialog opens, or takes the place of the one before them.
    Open(Dialog),
    /// The dialog stays open and says what is wrong, field by field.
    Refuse(Vec<FieldProblem>),
}

/// What is wrong with a field of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: Field,
    /// What to do, in the person's language.
    pub sentence: String,
}

impl Reply {
    /// A new private message.
    pub fn whisper(view: View) -> Self {
        Self {
            answer: Answer::Whisper(view),
            revise: None,
        }
    }

    /// The person's own message changes.
    pub fn revise(view: View) -> Self {
        Self {
            answer: Answer::Nothing,
            revise: Some(view),
        }
    }

    /// A dialog opens.
    pub fn open(dialog: Dialog) -> Self {
        Self {
            answer: Answer::Open(dialog),
            revise: None,
        }
    }

    /// The dialog before them stays open and says what is wrong.
    pub fn refuse(problems: Vec<FieldProblem>) -> Self {
        Self {
            answer: Answer::Refuse(problems),
            revise: None,
        }
    }
}
