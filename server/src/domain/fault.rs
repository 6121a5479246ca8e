//! What is wrong with one field of a form: the shape in which rules refuse input.

/// A field that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Path of the field, such as `variants.0.text`.
    pub field: String,
    /// What is wrong with it, in words for a developer.
    pub reason: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            reason: reason.into(),
        }
    }
}
