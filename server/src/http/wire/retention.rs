//! How long things are kept, as it travels.

use entity::enums as row;
use server_api::retention::{KeptKind, Retention, RetentionKind, UpdateRetention};

use crate::service::retention::{Chosen, Kept, Standing};

/// How long everything is kept.
pub fn retention(standing: Standing) -> Retention {
    Retention {
        kinds: standing.kinds.into_iter().map(kept).collect(),
        version: standing.version,
    }
}

fn kept(kept: Kept) -> KeptKind {
    KeptKind {
        kind: kind(kept.kind),
        days: kept.days,
        default_days: kept.bounds.default,
        shortest: kept.bounds.shortest,
        longest: kept.bounds.longest,
        may_stay: kept.bounds.may_stay,
        run_at: kept.run_at,
        removed: kept.removed,
    }
}

/// Days by kind, as the use case takes them.
pub fn chosen(form: UpdateRetention) -> Chosen {
    let kinds = form.kinds.into_iter();
    kinds.map(|one| (kind_row(one.kind), one.days)).collect()
}

fn kind(kind: row::RetentionKind) -> RetentionKind {
    match kind {
        row::RetentionKind::VisitDetails => RetentionKind::VisitDetails,
        row::RetentionKind::AuditLog => RetentionKind::AuditLog,
        row::RetentionKind::Deliveries => RetentionKind::Deliveries,
        row::RetentionKind::LeaverNames => RetentionKind::LeaverNames,
    }
}

fn kind_row(kind: RetentionKind) -> row::RetentionKind {
    match kind {
        RetentionKind::VisitDetails => row::RetentionKind::VisitDetails,
        RetentionKind::AuditLog => row::RetentionKind::AuditLog,
        RetentionKind::Deliveries => row::RetentionKind::Deliveries,
        RetentionKind::LeaverNames => row::RetentionKind::LeaverNames,
    }
}
