//! How long an organization keeps what it has.

use std::collections::BTreeMap;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::enums::RetentionKind;

/// Days by kind of data, and none for good; what is not named has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Periods(pub BTreeMap<RetentionKind, Option<i64>>);
