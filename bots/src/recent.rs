//! Remembers what was taken on a moment ago: a platform delivers again what it believes
//! unanswered, and nobody wants the same answer twice. What it forgets is only noise;
//! effects happen once by the server's own keys.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many are remembered: minutes of a busy workspace.
const REMEMBERED: usize = 2_000;

/// The interactions taken on lately.
#[derive(Default)]
pub struct Recent {
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    known: HashSet<String>,
    order: VecDeque<String>,
}

impl Recent {
    /// Takes on an interaction, unless it was taken on before. One without an id is always
    /// new.
    pub fn take(&self, interaction: &str) -> bool {
        if interaction.is_empty() {
            return true;
        }
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if !taken.known.insert(interaction.to_owned()) {
            return false;
        }
        taken.order.push_back(interaction.to_owned());
        if taken.order.len() > REMEMBERED
            && let Some(oldest) = taken.order.pop_front()
        {
            taken.known.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_known_until_much_else_came() {
        let recent = Recent::default();
        assert!(recent.take("1"));
        assert!(!recent.take("1"));
        assert!(recent.take("") && recent.take(""));
        for number in 2..=REMEMBERED + 1 {
            assert!(recent.take(&number.to_string()));
        }
        assert!(recent.take("1"));
    }
}
