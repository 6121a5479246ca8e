//! The library of posts: in which orders it is read.

/// In which order posts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The last changed first.
    Changed,
    /// By its time: when it went or is to go live, else when it was written; the latest first.
    Time,
    /// By title.
    Title,
    /// By when it was handed in; who waits longest first.
    Waiting,
}
