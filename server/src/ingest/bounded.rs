//! A memory with room for so many values: small and read side by side.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Values by a text. Where there is no more room any one makes some: it costs
/// one that is asked for often nothing to come back.
#[derive(Debug)]
pub struct Bounded<T> {
    values: RwLock<HashMap<Box<str>, T>>,
    capacity: usize,
}

impl<T: Clone> Bounded<T> {
    /// Room for `capacity` values.
    pub fn new(capacity: usize) -> Self {
        Self {
            values: RwLock::default(),
            capacity,
        }
    }

    /// The value of a text, if it is remembered.
    pub fn get(&self, key: &str) -> Option<T> {
        let values = self.values.read().unwrap_or_else(PoisonError::into_inner);
        values.get(key).cloned()
    }

    /// Remembers the value of a text.
    pub fn insert(&self, key: &str, value: T) {
        let mut values = self.values.write().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= self.capacity
            && !values.contains_key(key)
            && let Some(other) = values.keys().next().cloned()
        {
            values.remove(&other);
        }
        values.insert(key.into(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_remembered_than_there_is_room_for_and_the_newest_always() {
        let memory = Bounded::new(3);
        for number in 0..10 {
            memory.insert(&number.to_string(), number);
            assert_eq!(memory.get(&number.to_string()), Some(number));
        }
        let held = (0..10).filter(|number| memory.get(&number.to_string()).is_some());
        assert_eq!(held.count(), 3);
    }
}
