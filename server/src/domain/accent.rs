//! The colour of an organization's pages: one that is read well on paper, and its shades in light
//! and dark.

/// What text must differ from its ground by (WCAG 2.2, 1.4.3).
pub const ENOUGH: f64 = 4.5;

/// The ground of pages in light, `oklch(96% .025 40)`: the darkest on which the colour stands.
const LIGHT: Rgb = Rgb(0xff, 0xed, 0xe5);
/// The ground of pages in dark, `oklch(29% .045 30)`: the lightest on which the colour stands.
const DARK: Rgb = Rgb(0x3f, 0x22, 0x1e);
/// Letters on the colour in light.
const WHITE: Rgb = Rgb(0xff, 0xff, 0xff);
/// Letters on the colour in dark.
const BLACK: Rgb = Rgb(0x12, 0x12, 0x12);
/// Steps in which a colour is made lighter until it is read in the dark.
const STEPS: u8 = 40;

/// A colour of eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Why a colour is refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AccentFault {
    /// It is none.
    NoColour,
    /// It is too pale to be read on paper: it differs from it by this much.
    TooPale(f64),
}

/// A colour that is read well, and its shades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// The colour itself, in light.
    pub light: Rgb,
    /// What stands out more.
    pub light_strong: Rgb,
    /// The colour in dark.
    pub dark: Rgb,
    /// What stands out more.
    pub dark_strong: Rgb,
}

impl Accent {
    /// The colour that was typed, as in `#b3261e`, with its shades.
    pub fn parse(typed: &str) -> Result<Self, AccentFault> {
        let light = Rgb::parse(typed).ok_or(AccentFault::NoColour)?;
        let ratio = contrast(light, LIGHT);
        if ratio < ENOUGH {
            return Err(AccentFault::TooPale(ratio));
        }
        let dark = (0..=STEPS)
            .map(|step| light.towards(WHITE, step))
            .find(|shade| contrast(*shade, DARK) >= ENOUGH);
        let dark = dark.unwrap_or(WHITE);
        Ok(Self {
            light,
            light_strong: light.towards(BLACK, STEPS / 5),
            dark,
            dark_strong: dark.towards(WHITE, STEPS / 4),
        })
    }

    /// Letters on the colour, in light and in dark.
    pub fn letters() -> (Rgb, Rgb) {
        (WHITE, BLACK)
    }

    /// The style that gives pages the colour.
    pub fn style(&self) -> String {
        let (on_light, on_dark) = Self::letters();
        let pair = |light: Rgb, dark: Rgb| format!("light-dark({}, {})", light.hex(), dark.hex());
        format!(
            ":root {{ --accent: {}; --accent-strong: {}; --on-accent: {}; }}\n",
            pair(self.light, self.dark),
            pair(self.light_strong, self.dark_strong),
            pair(on_light, on_dark),
        )
    }
}

impl Rgb {
    /// A colour as it is typed, as in `#b3261e`.
    fn parse(typed: &str) -> Option<Self> {
        let digits = typed.trim().strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self(channel(0)?, channel(2)?, channel(4)?))
    }

    /// As it is written down.
    pub fn hex(self) -> String {
        let Self(red, green, blue) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// So many steps on the way to another.
    fn towards(self, other: Self, step: u8) -> Self {
        let between = |from: u8, to: u8| {
            let (from, to) = (u32::from(from), u32::from(to));
            let (step, all) = (u32::from(step), u32::from(STEPS));
            u8::try_from((from * (all - step) + to * step) / all).unwrap_or(u8::MAX)
        };
        Self(
            between(self.0, other.0),
            between(self.1, other.1),
            between(self.2, other.2),
        )
    }

    /// How light it is to the eye (WCAG 2.2, relative luminance).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// How much two colours differ to the eye, from 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_or_refused_with_how_much_it_differs() {
        assert!((contrast(WHITE, Rgb(0, 0, 0)) - 21.0).abs() < 0.01);
        assert_eq!(
            Accent::parse(" #0B5C8A ").map(|accent| accent.light.hex()),
            Ok("#0b5c8a".to_owned())
        );
        for typed in [
            "",
            "red",
            "0b5c8a",
            "#0b5c8",
            "#0b5c8ax",
            "#äöüß",
            "#+1+1+1",
        ] {
            assert_eq!(Accent::parse(typed), Err(AccentFault::NoColour), "{typed}");
        }
        for typed in ["#ffffff", "#ffd400", "#5fb3e8", "#888888"] {
            let refused = Accent::parse(typed);
            assert!(
                matches!(refused, Err(AccentFault::TooPale(ratio)) if ratio < ENOUGH),
                "{typed}: {refused:?}"
            );
        }
    }

    #[test]
    fn every_shade_is_read_on_its_ground_and_carries_letters() {
        let channels = [0, 40, 80, 120, 160, 200, 255];
        for red in channels {
            for green in channels {
                for blue in channels {
                    let typed = Rgb(red, green, blue).hex();
                    let Ok(accent) = Accent::parse(&typed) else {
                        continue;
                    };
                    let (on_light, on_dark) = Accent::letters();
                    for (what, one, other) in [
                        ("light", accent.light, LIGHT),
                        ("strong in light", accent.light_strong, LIGHT),
                        ("letters in light", on_light, accent.light),
                        ("letters on strong", on_light, accent.light_strong),
                        ("dark", accent.dark, DARK),
                        ("strong in dark", accent.dark_strong, DARK),
                        ("letters in dark", on_dark, accent.dark),
                        ("letters on strong in dark", on_dark, accent.dark_strong),
                    ] {
                        let ratio = contrast(one, other);
                        assert!(ratio >= ENOUGH, "{typed}: {what} {ratio}");
                    }
                }
            }
        }
    }
}
