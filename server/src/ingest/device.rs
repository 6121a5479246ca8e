//! The kind of device behind a user agent: a guess good enough for a share of traffic.

use entity::enums::DeviceClass;

/// Tells the kind of device.
pub fn device(user_agent: &str) -> DeviceClass {
    let has = |word: &str| user_agent.contains(word);
    if has("iPad") || has("Tablet") || (has("Android") && !has("Mobile")) {
        DeviceClass::Tablet
    } else if has("iPhone") || has("iPod") || has("Android") || has("Mobile") {
        DeviceClass::Mobile
    } else if has("Windows") || has("Macintosh") || has("X11") || has("CrOS") {
        DeviceClass::Desktop
    } else {
        DeviceClass::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_by_what_browsers_say() {
        let cases = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
                DeviceClass::Desktop,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0)",
                DeviceClass::Desktop,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
                DeviceClass::Desktop,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Mobile/15E148",
                DeviceClass::Mobile,
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari",
                DeviceClass::Mobile,
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-X910) Safari",
                DeviceClass::Tablet,
            ),
            ("Mozilla/5.0 (iPad; CPU OS 17_0)", DeviceClass::Tablet),
            ("curl/8.14.1", DeviceClass::Other),
        ];
        for (user_agent, expected) in cases {
            assert_eq!(device(user_agent), expected, "{user_agent}");
        }
    }
}
