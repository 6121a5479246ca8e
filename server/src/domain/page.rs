//! Pages of a list: newest first, from a row onwards.

use uuid::Uuid;

/// Which rows of a list are wanted. Lists run by id downwards; ids grow with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The last row of the page before; none for the first page.
    pub after: Option<Uuid>,
    /// Rows at most.
    pub limit: u64,
}

impl Paging {
    /// How many rows to fetch: one more than wanted, to learn whether others follow.
    pub fn fetch(self) -> u64 {
        self.limit.saturating_add(1)
    }

    /// Cuts what was fetched by [`Paging::fetch`] to one page.
    pub fn cut<T>(self, mut rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Slice<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        Slice {
            next: if more { rows.last().map(id) } else { None },
            items: rows,
        }
    }
}

/// One page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The row after which the next page begins; none on the last page.
    pub next: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(limit: u64) -> Paging {
        Paging { after: None, limit }
    }

    #[test]
    fn a_full_page_names_its_last_row_only_if_more_follow() {
        let ids: Vec<Uuid> = (1..=3).map(Uuid::from_u128).collect();
        let slice = paging(2).cut(ids.clone(), |id| *id);
        assert_eq!(slice.items.len(), 2);
        assert_eq!(slice.next, Some(ids[1]));
        assert_eq!(paging(3).cut(ids, |id| *id).next, None);
    }
}
