//! The shortest way for the cursor from where it is to where it is wanted.
//! Never here: a way that could scroll, or that depends on a mode of the terminal.

/// Where the terminal's cursor is, as far as that is known; columns and rows from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Unknown,
    /// In this row; the column depends on how wide the terminal takes the last character.
    Row(usize),
    /// Column and row.
    Cell(usize, usize),
}

/// One way to move the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Stay,
    To(usize, usize),
    ToColumn(usize),
    ToRow(usize),
    Right(usize),
    Left(usize),
    /// To the row's first column, then right.
    Return(usize),
    /// To the next row's first column, then right: line feed only together with carriage return,
    /// so that it means the same in every mode, and never in the last row, so that nothing scrolls.
    NextRow(usize),
}

impl Way {
    pub(super) fn shortest(from: Place, column: usize, row: usize) -> Self {
        let absolute = Self::To(column, row);
        let ways = match from {
            Place::Cell(at, here) if here == row => {
                let along = match at {
                    _ if at == column => return Self::Stay,
                    _ if at < column => Self::Right(column - at),
                    _ => Self::Left(at - column),
                };
                [along, Self::Return(column), Self::ToColumn(column)]
            }
            Place::Row(here) if here == row => {
                [absolute, Self::Return(column), Self::ToColumn(column)]
            }
            Place::Cell(_, here) | Place::Row(here) if here + 1 == row => {
                [absolute, Self::NextRow(column), absolute]
            }
            Place::Cell(at, _) if at == column => [absolute, Self::ToRow(row), absolute],
            Place::Unknown | Place::Cell(..) | Place::Row(_) => return absolute,
        };
        ways.into_iter()
            .chain([absolute])
            .min_by_key(|way| way.len())
            .unwrap_or(absolute)
    }

    /// How many bytes it takes.
    pub(super) const fn len(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::To(column, row) => {
                let column = if column == 0 {
                    0
                } else {
                    1 + digits(column + 1)
                };
                let row = if row == 0 { 0 } else { digits(row + 1) };
                3 + column + row
            }
            Self::ToColumn(place) | Self::ToRow(place) => length(place + 1),
            Self::Right(columns) => length(columns),
            Self::Left(columns) => columns,
            Self::Return(0) => 1,
            Self::Return(columns) => 1 + length(columns),
            Self::NextRow(0) => 2,
            Self::NextRow(columns) => 2 + length(columns),
        }
    }

    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::To(column, row) => {
                out.extend_from_slice(b"\x1b[");
                if row > 0 {
                    decimal(row + 1, out);
                }
                if column > 0 {
                    out.push(b';');
                    decimal(column + 1, out);
                }
                out.push(b'H');
            }
            Self::ToColumn(column) => control(column + 1, b'G', out),
            Self::ToRow(row) => control(row + 1, b'd', out),
            Self::Right(columns) => control(columns, b'C', out),
            Self::Left(columns) => out.extend(std::iter::repeat_n(8, columns)),
            Self::Return(columns) | Self::NextRow(columns) => {
                out.push(b'\r');
                if matches!(self, Self::NextRow(_)) {
                    out.push(b'\n');
                }
                if columns > 0 {
                    control(columns, b'C', out);
                }
            }
        }
    }
}

/// The length of `ESC [ number command`.
const fn length(number: usize) -> usize {
    if number == 1 { 3 } else { 3 + digits(number) }
}

/// Writes `ESC [ number command`; 1 is what a missing number means.
pub(super) fn control(number: usize, command: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if number != 1 {
        decimal(number, out);
    }
    out.push(command);
}

pub(super) fn decimal(number: usize, out: &mut Vec<u8>) {
    if number > 9 {
        decimal(number / 10, out);
    }
    out.push(b"0123456789"[number % 10]);
}

pub(super) const fn digits(number: usize) -> usize {
    match number {
        0..=9 => 1,
        10..=99 => 2,
        100..=999 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(from: Place, column: usize, row: usize) -> String {
        let mut out = Vec::new();
        Way::shortest(from, column, row).write(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn from_an_unknown_place_the_way_is_absolute() {
        assert_eq!(written(Place::Unknown, 0, 0), "\x1b[H");
        assert_eq!(written(Place::Unknown, 0, 9), "\x1b[10H");
        assert_eq!(written(Place::Unknown, 4, 0), "\x1b[;5H");
        assert_eq!(written(Place::Unknown, 119, 39), "\x1b[40;120H");
    }

    #[test]
    fn in_a_row_the_shortest_of_right_left_and_column_is_taken() {
        assert_eq!(written(Place::Cell(3, 5), 3, 5), "");
        assert_eq!(written(Place::Cell(3, 5), 4, 5), "\x1b[C");
        assert_eq!(written(Place::Cell(3, 5), 1, 5), "\x08\x08");
        assert_eq!(written(Place::Cell(90, 5), 0, 5), "\r");
        assert_eq!(written(Place::Cell(90, 5), 40, 5), "\x1b[41G");
        assert_eq!(written(Place::Row(5), 40, 5), "\x1b[41G");
    }

    #[test]
    fn the_next_row_begins_with_a_line_feed() {
        assert_eq!(written(Place::Row(5), 0, 6), "\r\n");
        assert_eq!(written(Place::Cell(3, 15), 35, 16), "\r\n\x1b[35C");
    }

    #[test]
    fn straight_down_only_the_row_is_named() {
        assert_eq!(written(Place::Cell(33, 5), 33, 20), "\x1b[21d");
    }

    #[test]
    fn every_way_is_as_long_as_it_says() {
        for way in [
            Way::Stay,
            Way::To(0, 0),
            Way::To(9, 0),
            Way::To(0, 9),
            Way::To(119, 499),
            Way::ToColumn(0),
            Way::ToColumn(9),
            Way::ToRow(99),
            Way::Right(1),
            Way::Right(10),
            Way::Left(4),
            Way::Return(0),
            Way::Return(1),
            Way::NextRow(0),
            Way::NextRow(12),
        ] {
            let mut out = Vec::new();
            way.write(&mut out);
            assert_eq!(out.len(), way.len(), "{way:?}");
        }
    }
}
