//! Rows for a spreadsheet, as RFC 4180 has it.
//! Never a formula: a cell from outside that a spreadsheet would run begins with a quote.

/// One row with its line end.
pub fn row<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let safe = if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

/// Whether a spreadsheet may take it for one. A number or a phone number is none.
fn is_formula(text: &str) -> bool {
    let number = |rest: &str| {
        let mut digits = rest.chars().filter(char::is_ascii_digit);
        digits.next().is_some()
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || " .()".contains(c))
    };
    match text.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !number(&text[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            row(["a", "b,c", "say \"x\"", "two\r\nlines", ""]),
            "a,\"b,c\",\"say \"\"x\"\"\",\"two\r\nlines\",\r\n"
        );
    }

    #[test]
    fn no_cell_is_run_as_a_formula_and_numbers_stay_numbers() {
        for (text, cell) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+cmd", "'-1+cmd"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("\t=1", "'\t=1"),
            ("-", "'-"),
            ("+15550001111", "+15550001111"),
            ("+1 (555) 000.1111", "+1 (555) 000.1111"),
            ("-12.5", "-12.5"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(row([text]), format!("{cell}\r\n"), "{text}");
        }
    }
}
