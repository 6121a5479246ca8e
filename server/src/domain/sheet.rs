//! Tables as CSV files that a spreadsheet opens without doing what a cell says.

/// What a spreadsheet takes for the beginning of a formula, or leads up to one.
const BEGINNINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table as CSV (RFC 4180), after the mark by which a spreadsheet knows UTF-8.
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&harmless(cell))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell that is text for a spreadsheet, whatever it begins with. Plain numbers stay numbers.
pub fn harmless(cell: &str) -> String {
    let is_number = cell
        .strip_prefix('-')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    // Spaces, also wide ones, do not keep a spreadsheet from reading on.
    let first = cell.trim_start_matches(' ').chars().next();
    let wide = first.map(|one| match one {
        '＝' => '=',
        '＋' => '+',
        '－' => '-',
        '＠' => '@',
        other => other,
    });
    let begins_formula = wide.is_some_and(|one| BEGINNINGS.contains(&one) || one == '\n');
    if begins_formula && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', ';', '\r', '\n', '\t']) || cell.starts_with('\'') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1",
            "+49 30 1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "＝1",
            "-",
            "=HYPERLINK(\"https://evil.example\")",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "Tea & more", "-12", "12", "a=b", "2026-11-01"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_need_to_be() {
        let rows = vec![
            vec!["name".to_owned(), "clicks".to_owned()],
            vec!["Tea, \"oolong\"".to_owned(), "12".to_owned()],
            vec!["=1".to_owned(), "-3".to_owned()],
        ];
        let expected = "\u{feff}name,clicks\r\n\"Tea, \"\"oolong\"\"\",12\r\n\"'=1\",-3\r\n";
        assert_eq!(csv(&rows), expected);
    }
}
