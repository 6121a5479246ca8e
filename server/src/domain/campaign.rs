//! Campaigns: what is said of one, and what it is called in addresses.

use chrono::{DateTime, Utc};
use entity::campaign;
use entity::enums::{CampaignArea, CampaignGoal};

use super::fault::Fault;
use super::folding;
use super::post::SLUG_LIMIT;

/// Letters of a name, at most.
pub const NAME_LIMIT: usize = 120;
/// What a target is at most: more than anybody counts.
pub const TARGET_LIMIT: i64 = 1_000_000_000;

/// What is said of a campaign: unchecked until [`Plan::checked`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What curators call it.
    pub name: String,
    /// What it is to do for the business.
    pub goal: Option<CampaignGoal>,
    /// How much of that it is to bring.
    pub target: Option<i64>,
    /// The part of the company that it serves.
    pub area: Option<CampaignArea>,
    /// After this time its posts cannot be submitted.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Plan {
    /// The same, trimmed; or every fault in it.
    pub fn checked(mut self) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let trimmed = self.name.trim().to_owned();
        self.name = trimmed;
        let length = self.name.chars().count();
        if length == 0 {
            faults.push(Fault::new("name", "is missing"));
        } else if length > NAME_LIMIT {
            let reason = format!("has {length} characters, at most {NAME_LIMIT} are allowed");
            faults.push(Fault::new("name", reason));
        } else if self.name.chars().any(char::is_control) {
            faults.push(Fault::new("name", "contains control characters"));
        }
        match (self.target, self.goal) {
            (Some(target), _) if !(1..=TARGET_LIMIT).contains(&target) => {
                faults.push(Fault::new("target", format!("is 1 to {TARGET_LIMIT}")));
            }
            (Some(_), None) => {
                faults.push(Fault::new("goal", "is what the target counts: choose one"));
            }
            (Some(_), Some(_)) | (None, _) => {}
        }
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(faults)
        }
    }
}

/// What a campaign of this name is called in addresses, unless somebody chooses: plain letters
/// and digits, other signs as single hyphens. Empty where there is neither.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in folding::fold(name).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(SLUG_LIMIT);
    slug.trim_end_matches('-').to_owned()
}

/// Whether a campaign is over.
pub fn has_ended(campaign: &campaign::Model, now: DateTime<Utc>) -> bool {
    campaign.ends_at.is_some_and(|end| end <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::post::is_slug;

    #[test]
    fn a_name_gives_a_slug_that_links_may_bear() {
        for (name, expected) in [
            ("Spring opening 2027", "spring-opening-2027"),
            ("  Größe & Maß! ", "grosse-mass"),
            ("東京", ""),
        ] {
            assert_eq!(slug_of(name), expected);
        }
        assert!(is_slug(&slug_of(&"long name ".repeat(30))));
    }

    #[test]
    fn a_plan_has_a_name_and_a_target_counts_a_goal() {
        let plan = Plan {
            name: " Apprentices ".to_owned(),
            goal: Some(CampaignGoal::Recruiting),
            target: Some(12),
            ..Plan::default()
        };
        assert_eq!(plan.clone().checked().unwrap().name, "Apprentices");
        let fields = |plan: Plan| -> Vec<String> {
            let faults = plan.checked().unwrap_err().into_iter();
            faults.map(|fault| fault.field).collect()
        };
        let nameless = Plan {
            name: "\u{7}".to_owned(),
            target: Some(0),
            ..plan.clone()
        };
        assert_eq!(fields(nameless), ["name", "target"]);
        let goalless = Plan { goal: None, ..plan };
        assert_eq!(fields(goalless), ["goal"]);
    }
}
