//! The console's own icons, drawn on twenty by twenty with a line of one and a half.

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A house.
    Home,
    /// Three cards.
    Library,
    /// A sheet of days.
    Calendar,
    /// A tick in a circle.
    Review,
    /// A bulb.
    Proposals,
    /// Bars.
    Insight,
    /// A podium.
    Leaderboard,
    /// Two heads.
    People,
    /// Sliders.
    Settings,
    /// A scroll of lines.
    Audit,
    /// One head.
    You,
    /// Three dots.
    More,
}

impl Icon {
    /// What is drawn.
    pub fn path(self) -> &'static str {
        match self {
            Self::Home => "M3.5 9 10 3.5 16.5 9v7h-4.25v-4.5h-4.5V16H3.5z",
            Self::Library => "M3.5 3.5h3v13h-3zM8.5 3.5h3v13h-3zM13.4 4.2l2.9-.7 2.2 12.3-2.9.7z",
            Self::Calendar => "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
            Self::Review => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM6.8 10.2l2.2 2.2 4.2-4.6",
            Self::Proposals => {
                "M10 2.5a5 5 0 0 0-2.8 9.1V14h5.6v-2.4A5 5 0 0 0 10 2.5zM7.8 16.8h4.4"
            }
            Self::Insight => "M3 16.5h14M5 16V11M10 16V5M15 16V8",
            Self::Leaderboard => {
                "M3 16.5V12h4.6v4.5M7.6 16.5v-9h4.8v9M12.4 16.5V10H17v6.5zM3 16.5h14"
            }
            Self::People => {
                "M7.5 4a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.5 16c.3-2.8 2.3-4.3 5-4.3s4.7 1.5 5 4.3zM13 4.5a2.4 2.4 0 0 1 0 4.6M14.6 12c1.7.5 2.7 1.900 2.9 4"
            }
            Self::Settings => {
                "M3 6h8M15 6h2M3 14h2M9 14h8M13 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 12a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Self::Audit => "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2.5",
            Self::You => {
                "M10 3.5a3.2 3.2 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400zM3.800 16.500c.4-3 2.900-4.500 6.200-4.500s5.800 1.500 6.200 4.500z"
            }
            Self::More => "M4.500 10h.01M10 10h.01M15.500 10h.01",
        }
    }
}
