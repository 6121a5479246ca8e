//! What the made-up company has to tell.

/// A piece of news. Texts hold no characters that HTML or XML would escape.
#[derive(Debug)]
pub struct Article {
    /// Last part of its address.
    pub slug: &'static str,
    /// Headline.
    pub title: &'static str,
    /// One or two sentences for feeds.
    pub teaser: &'static str,
    /// The story itself, in brief.
    pub body: &'static str,
    /// Name of its picture.
    pub picture: &'static str,
    /// The picture in words.
    pub picture_alt: &'static str,
    /// Colours of sky and ground in the picture, as red, green and blue bytes.
    pub colours: (u32, u32),
}

/// The company's news, oldest first.
pub const ARTICLES: &[Article] = &[
    Article {
        slug: "ten-thousand-frames",
        title: "Ten thousand frames, brazed by hand",
        teaser: "Last Tuesday our workshop finished frame number 10,000. Marta, who brazed the \
                 first one, brazed this one too.",
        body: "It hangs above the bench now, unpainted, so that everybody can read the number.",
        picture: "frames",
        picture_alt: "A pale sun over green hills",
        colours: (0x00f3_d9c4, 0x007f_a37a),
    },
    Article {
        slug: "why-we-repair",
        title: "Why we repair every bicycle we ever sold",
        teaser: "A repair earns us less than a sale. Here is what it taught our engineers, and \
                 why we will not stop.",
        body: "Every part that comes back worn tells the next drawing where to be stronger.",
        picture: "repair",
        picture_alt: "A pale sun over a blue lake",
        colours: (0x00cf_e3f2, 0x005b_7f95),
    },
    Article {
        slug: "apprentices-design-a-cargo-bike",
        title: "Six apprentices, one cargo bike, eight weeks",
        teaser: "We gave our apprentices a budget and a deadline. The city library now lends \
                 what they built.",
        body: "It carries two children or forty books, and it was tested with both.",
        picture: "apprentices",
        picture_alt: "A low sun over a meadow",
        colours: (0x00f6_e7b4, 0x00a6_a05a),
    },
    Article {
        slug: "four-day-week-results",
        title: "What a year of the four-day week did to our output",
        teaser: "Fewer hours, the same number of bicycles, and half as many returns. The \
                 figures, with what we got wrong at first.",
        body: "The first quarter was worse. We publish that, too.",
        picture: "week",
        picture_alt: "A pale sun over violet hills",
        colours: (0x00e4_d7f0, 0x007d_6b96),
    },
    Article {
        slug: "open-drawings",
        title: "Our drawings are open: build your own rack",
        teaser: "From today the drawings of every rack we make are free to use. Forty-one \
                 schools have asked already.",
        body: "If you build one, send a picture: the best ones hang in the workshop.",
        picture: "drawings",
        picture_alt: "A high sun over sand dunes",
        colours: (0x00bf_e0e6, 0x00c9_ad7f),
    },
    Article {
        slug: "night-shift-by-choice",
        title: "The people who choose the night shift",
        teaser: "Quiet machines, long talks, a sunrise on the way home: three colleagues on \
                 working while the town sleeps.",
        body: "Jonas reads, Aylin bakes for the morning shift, and Piet simply likes the quiet.",
        picture: "night",
        picture_alt: "A moon over dark hills",
        colours: (0x002f_3a5a, 0x001f_2738),
    },
    Article {
        slug: "steel-from-the-river",
        title: "Steel that came down the river again",
        teaser: "For the first time since 1961 our tubes arrive by barge. It takes two days \
                 longer and saves nine lorries a week.",
        body: "The harbour crane had to be taught its old trade once more.",
        picture: "river",
        picture_alt: "A pale sun over grey quays",
        colours: (0x00d7_dde0, 0x008a_949a),
    },
    Article {
        slug: "a-bell-that-is-heard",
        title: "A bell that is heard and liked",
        teaser: "We asked 900 cyclists and 900 walkers which bell they could agree on. There \
                 was one.",
        body: "It is a minor third, struck softly, and it is standard from spring.",
        picture: "bell",
        picture_alt: "A low sun over autumn fields",
        colours: (0x00f4_d2bd, 0x00b9_744f),
    },
];
