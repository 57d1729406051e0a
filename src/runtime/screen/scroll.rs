//! Which band of rows seems to have moved between two frames, and by how far.
//! Never here: the decision that moving it is worth its bytes.

use super::tile::{Grid, Tile};

/// Bands are sought up to this many rows of movement.
const FARTHEST: usize = 20;
/// A movement must put so many cells right to be worth a try.
const WORTH: i64 = 60;
/// In a larger window the search would cost more time than it saves bytes.
const LARGEST: usize = 60_000;

/// The full-width rows `top..=bottom` moved up by `by` rows (down if negative).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Movement {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) by: isize,
}

/// The movements that put most cells right, best first, at most two.
pub(super) fn movements(shown: &Grid, next: &Grid) -> Vec<Movement> {
    if shown.tiles().len() > LARGEST || shown.width == 0 {
        return Vec::new();
    }
    let fingerprints = |grid: &Grid| {
        grid.tiles()
            .iter()
            .map(|tile| tile.fingerprint())
            .collect::<Vec<_>>()
    };
    let (old, new) = (fingerprints(shown), fingerprints(next));
    let (old, new): (Vec<_>, Vec<_>) = (
        old.chunks(shown.width).collect(),
        new.chunks(next.width).collect(),
    );
    let standing: Vec<i64> = new
        .iter()
        .zip(&old)
        .map(|(new, old)| alike(new, old))
        .collect();
    let blank = vec![Tile::BLANK.fingerprint(); shown.width];
    let height = next.height;
    let mut found: Vec<(i64, Movement)> = Vec::new();
    for lines in 1..=FARTHEST.min(height.saturating_sub(1)) {
        for up in [true, false] {
            // Row r of the new frame stands where row r ± lines stood.
            let rows = if up { 0..height - lines } else { lines..height };
            let gains = rows.map(|row| {
                let from = if up { row + lines } else { row - lines };
                (row, alike(new[row], old[from]) - standing[row])
            });
            let Some((gain, first, last)) = best_run(gains) else {
                continue;
            };
            let (top, bottom) = if up {
                (first, last + lines)
            } else {
                (first - lines, last)
            };
            let freed = if up {
                last + 1..=bottom
            } else {
                top..=first - 1
            };
            let spoilt: i64 = freed
                .map(|row| standing[row] - alike(new[row], &blank))
                .sum();
            let by = isize::try_from(lines).unwrap_or(0);
            if gain - spoilt >= WORTH {
                found.push((
                    gain - spoilt,
                    Movement {
                        top,
                        bottom,
                        by: if up { by } else { -by },
                    },
                ));
            }
        }
    }
    found.sort_by_key(|(gain, _)| -gain);
    found
        .into_iter()
        .take(2)
        .map(|(_, movement)| movement)
        .collect()
}

fn alike(left: &[u32], right: &[u32]) -> i64 {
    let same: u32 = left
        .iter()
        .zip(right)
        .map(|(left, right)| u32::from(left == right))
        .sum();
    i64::from(same)
}

/// The run of neighbouring rows with the largest sum above zero: sum, first and last row.
fn best_run(gains: impl Iterator<Item = (usize, i64)>) -> Option<(i64, usize, usize)> {
    let mut best = None;
    let (mut sum, mut first) = (0, None);
    for (row, gain) in gains {
        if sum <= 0 {
            (sum, first) = (0, Some(row));
        }
        sum += gain;
        if let Some(first) = first
            && sum > best.map_or(0, |(most, _, _)| most)
        {
            best = Some((sum, first, row));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::super::tile::Clusters;
    use super::*;

    fn grid(rows: &[String]) -> Grid {
        let buffer = Buffer::with_lines(rows.iter().map(String::as_str));
        let mut grid = Grid::blank(buffer.area.width, buffer.area.height);
        grid.read(&buffer, &mut Clusters::default());
        grid
    }

    /// Rows that share nothing with each other, cell by cell.
    fn line(number: usize) -> String {
        let letter = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
        letter.to_string().repeat(40)
    }

    #[test]
    fn a_band_between_a_header_and_a_footer_is_found_with_its_shift() {
        let frame = |offset: usize| {
            let mut rows = vec!["=".repeat(40)];
            rows.extend((0..10).map(|row| line(row + offset)));
            rows.push("-".repeat(40));
            grid(&rows)
        };
        assert_eq!(
            movements(&frame(0), &frame(3)).first(),
            Some(&Movement {
                top: 1,
                bottom: 10,
                by: 3
            })
        );
        assert_eq!(
            movements(&frame(2), &frame(0)).first(),
            Some(&Movement {
                top: 1,
                bottom: 10,
                by: -2
            })
        );
    }

    #[test]
    fn a_new_picture_is_no_movement() {
        let frame =
            |offset: usize| grid(&(0..10).map(|row| line(row + offset)).collect::<Vec<_>>());
        assert_eq!(movements(&frame(0), &frame(13)), []);
    }

    #[test]
    fn the_largest_run_is_found_between_losses() {
        let gains = [-3, 4, -1, 5, -20, 7].into_iter().enumerate();
        assert_eq!(best_run(gains), Some((8, 1, 3)));
        assert_eq!(best_run([-1, 0].into_iter().enumerate()), None);
    }
}
