//! Names that members may bear on boards instead of their own: friendly, and of nobody.

/// Qualities that everybody likes to have.
const QUALITIES: [&str; 32] = [
    "Amber", "Bold", "Brave", "Bright", "Calm", "Cheerful", "Clever", "Curious", "Daring", "Eager",
    "Fair", "Gentle", "Golden", "Happy", "Humble", "Jolly", "Kind", "Lively", "Lucky", "Merry",
    "Nimble", "Noble", "Patient", "Proud", "Quick", "Quiet", "Silver", "Steady", "Sunny", "Swift",
    "Warm", "Wise",
];

/// Animals that nobody minds to be.
const ANIMALS: [&str; 32] = [
    "Badger", "Beaver", "Bison", "Crane", "Dolphin", "Eagle", "Falcon", "Finch", "Fox", "Gecko",
    "Hare", "Hedgehog", "Heron", "Ibex", "Jay", "Kestrel", "Koala", "Lark", "Lynx", "Marten",
    "Newt", "Otter", "Owl", "Panda", "Puffin", "Raven", "Robin", "Seal", "Swan", "Tapir", "Tern",
    "Wren",
];

/// The pseudonym of a number; numbers from 1,024 on bear a number themselves.
pub fn of(number: u64) -> String {
    let at = |list: &[&'static str; 32], number: u64| {
        let index = usize::try_from(number % 32).unwrap_or(0);
        list.get(index).copied().unwrap_or_default()
    };
    let quality = at(&QUALITIES, number);
    let animal = at(&ANIMALS, number / 32);
    match number / 1024 {
        0 => format!("{quality} {animal}"),
        round => format!("{quality} {animal} {}", round + 1),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn different_numbers_are_different_names() {
        let names: BTreeSet<String> = (0..5000).map(of).collect();
        assert_eq!(names.len(), 5000);
        assert_eq!(of(0), "Amber Badger");
        assert_eq!(of(1024), "Amber Badger 2");
    }
}
