//! Currencies by their ISO 4217 codes, and amounts as people type and read them.

/// Currencies in use, with as many minor digits as most have.
const TWO_DIGITS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD \
    BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
    GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP \
    LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";
/// Currencies without minor units.
const NO_DIGITS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// Currencies with thousandths.
const THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";

/// Most that anything may cost, in minor units: a hundred million.
pub const MOST: i64 = 10_000_000_000;

/// Digits of a currency's minor unit; none for what is no currency.
pub fn digits(code: &str) -> Option<u32> {
    let is_in = |list: &str| list.split_ascii_whitespace().any(|one| one == code);
    [(TWO_DIGITS, 2), (NO_DIGITS, 0), (THREE_DIGITS, 3)]
        .into_iter()
        .find(|(list, _)| is_in(list))
        .map(|(_, digits)| digits)
}

/// An amount in minor units as it was typed, as in `1.20` or `1,20`; none for what is no amount.
pub fn typed(text: &str, digits: u32) -> Option<i64> {
    let text = text.trim();
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let places = usize::try_from(digits).ok()?;
    if whole.is_empty() || !is_number(whole) || !is_number(part) || part.len() > places {
        return None;
    }
    let minor: i64 = format!("{whole}{part:0<places$}").parse().ok()?;
    (minor <= MOST).then_some(minor)
}

/// An amount of minor units in digits, with `mark` before the smaller ones.
pub fn written(minor: i64, digits: u32, mark: &str) -> String {
    let places = usize::try_from(digits).unwrap_or_default();
    let all = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
    let (whole, part) = all.split_at(all.len() - places);
    let sign = if minor < 0 { "−" } else { "" };
    if part.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{mark}{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_have_their_digits() {
        for (code, expected) in [
            ("EUR", Some(2)),
            ("JPY", Some(0)),
            ("KWD", Some(3)),
            ("eur", None),
            ("", None),
            ("XXX", None),
            ("EUR USD", None),
        ] {
            assert_eq!(digits(code), expected, "{code}");
        }
    }

    #[test]
    fn an_amount_is_read_as_people_of_either_language_type_it() {
        for (text, places, minor) in [
            ("1.20", 2, Some(120)),
            (" 1,2 ", 2, Some(120)),
            ("0", 2, Some(0)),
            ("12", 0, Some(12)),
            ("12.5", 0, None),
            ("1.234", 2, None),
            ("1.234", 3, Some(1_234)),
            ("", 2, None),
            (".5", 2, None),
            ("-1", 2, None),
            ("1e3", 2, None),
            ("1.2.3", 2, None),
            ("99999999999999999999", 2, None),
            ("200000000", 2, None),
        ] {
            assert_eq!(typed(text, places), minor, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_what_was_typed() {
        assert_eq!(written(120, 2, ","), "1,20");
        assert_eq!(written(5, 2, "."), "0.05");
        assert_eq!(written(1_234, 3, "."), "1.234");
        assert_eq!(written(12, 0, "."), "12");
        assert_eq!(written(-120, 2, "."), "−1.20");
    }
}
