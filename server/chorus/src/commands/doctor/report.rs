//! The words for what was found.

use server::config::ConfigFaults;
use server_api::examination::{Finding, Verdict};

use crate::failure::Failure;
use crate::output::count;

/// The widest verdict.
const VERDICT: usize = 7;

/// Each fault of the configuration as a finding.
pub fn faults(faults: &ConfigFaults) -> Vec<Finding> {
    let faults = faults.0.iter();
    faults
        .map(|fault| {
            Finding::problem(
                "settings.read",
                format!("{}: {}", fault.key, fault.reason),
                "Mend it in the file or in the environment; nothing starts before.",
            )
        })
        .collect()
}

/// A line for each finding, one below it for what to do, and a sum.
pub fn words(findings: &[Finding]) -> String {
    let widest = findings.iter().map(|finding| finding.check.len()).max();
    let widest = widest.unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for finding in findings {
        let verdict = word(finding.verdict);
        let (check, summary) = (&finding.check, &finding.summary);
        lines.push(format!("{verdict:<VERDICT$}  {check:<widest$}  {summary}"));
        if let Some(advice) = &finding.advice {
            lines.push(format!("{:<VERDICT$}  {:<widest$}  → {advice}", "", ""));
        }
    }
    lines.push(String::new());
    lines.push(sum(findings));
    lines.join("\n")
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "ok",
        Verdict::Warning => "warning",
        Verdict::Problem => "problem",
    }
}

fn sum(findings: &[Finding]) -> String {
    format!(
        "{}, {}, {} ok.",
        count(number(findings, Verdict::Problem), "problem", "problems"),
        count(number(findings, Verdict::Warning), "warning", "warnings"),
        number(findings, Verdict::Ok)
    )
}

fn number(findings: &[Finding], verdict: Verdict) -> u64 {
    let of_verdict = findings.iter().filter(|finding| finding.verdict == verdict);
    u64::try_from(of_verdict.count()).unwrap_or(u64::MAX)
}

/// A failure where there is a problem.
pub fn outcome(findings: &[Finding]) -> Result<(), Failure> {
    match number(findings, Verdict::Problem) {
        0 => Ok(()),
        problems => Err(Failure::refused(format!(
            "{} to be solved.",
            count(problems, "problem is", "problems are")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_is_a_line_and_what_to_do_stands_below_it() {
        let findings = [
            Finding::ok("files.key", "it is there"),
            Finding::warning("database.clock", "it is off", "Follow a time server."),
        ];
        assert_eq!(
            words(&findings),
            "ok       files.key       it is there\n\
             warning  database.clock  it is off\n\
             \u{20}                        → Follow a time server.\n\
             \n\
             0 problems, 1 warning, 1 ok."
        );
        assert_eq!(outcome(&findings), Ok(()));
        let bad = [Finding::problem("x", "y", "z")];
        assert_eq!(
            outcome(&bad),
            Err(Failure::refused("1 problem is to be solved."))
        );
    }
}
