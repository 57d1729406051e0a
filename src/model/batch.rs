//! Several lookups together: what came of each so far, counted and listed, what failed first.
//! Never in another order than they were given within a group, and never a member left out.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use super::id::MessageId;
use super::listed::Listed;
use super::outline::{Cells, Head, Lead, Outline, Role, Row, Rows, When};
use super::shown::Shown;
use super::snapshot::Snapshot;
use super::status::Tone;
use super::text::{self, span};
use super::verdict::status_word;

/// One of them.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    pub id: MessageId,
    standing: Standing,
    tone: Tone,
    word: String,
    /// Its line of the table, made once: the table is made often.
    row: Row,
}

/// How far its lookup is.
#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    Waiting,
    Asking,
    Ended(Arc<Snapshot>),
    /// Stopped before its answer came.
    Stopped,
}

/// Below this height there are no bars.
const LOW: u16 = 20;

/// Columns of the longest bar.
const BAR: usize = 32;

impl Member {
    /// One that waits.
    pub fn new(id: &MessageId) -> Self {
        Self::standing_so(id.clone(), Standing::Waiting)
    }

    fn standing_so(id: MessageId, standing: Standing) -> Self {
        let (tone, word) = (tone(&standing), word(&standing));
        let row = row(&id, &standing, tone, &word);
        Self {
            id,
            standing,
            tone,
            word,
            row,
        }
    }

    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    pub fn stand(&mut self, standing: Standing) {
        *self = Self::standing_so(self.id.clone(), standing);
    }

    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// The place of its group: what failed, what could not be looked up, what is under way, what went well.
    fn rank(&self) -> u8 {
        match (&self.standing, self.tone) {
            (Standing::Ended(_), Tone::Failure) => 0,
            (Standing::Ended(_), Tone::Trouble) => 1,
            (Standing::Ended(_), Tone::Attention) => 2,
            (Standing::Ended(_), Tone::Progress) => 3,
            (Standing::Asking, _) => 4,
            (Standing::Ended(_), Tone::Success) => 5,
            (Standing::Ended(_), _) => 6,
            (Standing::Stopped, _) => 7,
            (Standing::Waiting, _) => 8,
        }
    }

    pub fn is_ended(&self) -> bool {
        matches!(self.standing, Standing::Ended(_))
    }

    fn is_failure(&self) -> bool {
        self.is_ended() && matches!(self.tone, Tone::Failure | Tone::Trouble)
    }
}

/// The rows of a batch that has run for so long. Where bars would take most of the pane's height, statuses are counted in
/// one line.
pub fn rows(members: &[Member], ran: Duration, failures_only: bool, height: u16) -> Outline {
    let mut rows = Rows::new();
    let tallies = tallies(members);
    if height < LOW || tallies.len() * 2 > usize::from(height) {
        rows.push(counts(&tallies));
        rows.push(Row::new(Role::Blank, 0));
    } else {
        bars(&mut rows, tallies);
        rows.push(Row::new(Role::Blank, 0));
        rows.push(Row {
            label: Shown::fixed("status"),
            cells: Some(Box::new(cells(None, "", "type", 0))),
            ..Row::text(Role::MemberHeads, "why or text")
        });
    }
    let mut listed: Vec<&Member> = members
        .iter()
        .filter(|member| !failures_only || member.is_failure())
        .collect();
    listed.sort_by_key(|member| member.rank());
    for member in &listed {
        rows.push(member.row.clone());
    }
    if listed.is_empty() {
        rows.push(Row::text(Role::Text, "No failures."));
    }
    let head = head(members, ran);
    let sentence = format!("Batch: {}.", head.word.as_str());
    rows.into_outline(Some(head), sentence)
}

fn head(members: &[Member], ran: Duration) -> Head {
    let ended = members.iter().filter(|member| member.is_ended()).count();
    let left = members
        .iter()
        .filter(|member| matches!(member.standing, Standing::Waiting | Standing::Asking))
        .count();
    let seconds = ran.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for the eye")]
    let rate = ended as f64 / seconds.max(0.001);
    let mut told = vec![format!("{rate:.0} per s")];
    if left == 0 {
        told = vec![format!("in {}", span(ran))];
    } else if rate > 0.0 {
        #[expect(clippy::cast_precision_loss, reason = "a time for the eye")]
        let rest = Duration::try_from_secs_f64((left as f64 / rate).ceil());
        told.extend(rest.ok().map(|rest| format!("{} left", span(rest))));
    }
    let whole = told.join(" · ");
    let short = told.pop().unwrap_or_default();
    let stopped = left == 0 && ended < members.len();
    Head {
        tone: match left {
            0 if stopped => Tone::Attention,
            0 => Tone::Success,
            _ => Tone::Progress,
        },
        word: Shown::line(&format!("{} of {}", counted(ended), counted(members.len()))),
        direction: None,
        kind: Shown::fixed(if stopped { "stopped" } else { "" }),
        done: (left > 0).then_some((ended, members.len())),
        when: When::Told(vec![whole, short]),
    }
}

/// `10,000`, as the history beside it has it.
fn counted(number: usize) -> String {
    text::count(number as u64)
}

/// How many have a status.
struct Tally {
    rank: u8,
    tone: Tone,
    word: String,
    count: usize,
}

/// Each status, in the order of the table.
fn tallies(members: &[Member]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for member in members {
        let (rank, word) = (member.rank(), &member.word);
        let mut all = tallies.iter_mut();
        match all.find(|own| own.rank == rank && own.word == *word) {
            Some(own) => own.count += 1,
            None => tallies.push(Tally {
                rank,
                tone: member.tone,
                word: word.clone(),
                count: 1,
            }),
        }
    }
    tallies.sort_by_key(|own| (own.rank, Reverse(own.count)));
    tallies
}

/// A row with a bar for each status.
fn bars(rows: &mut Rows<'_>, tallies: Vec<Tally>) {
    let most = tallies.iter().map(|own| own.count).max().unwrap_or(1);
    for Tally {
        tone, word, count, ..
    } in tallies
    {
        let bar = if most <= BAR {
            count
        } else {
            (count * BAR).div_ceil(most)
        };
        rows.push(Row {
            cells: Some(Box::new(cells(Some(tone), &word, &counted(count), bar))),
            ..Row::new(Role::Tally, 0)
        });
    }
}

/// All of them in one row, a group of the table each: `5 failed`, `2 not found`, with its tone.
fn counts(tallies: &[Tally]) -> Row {
    let groups = tallies.chunk_by(|one, next| one.rank == next.rank);
    let counts = groups.map(|group| {
        let count: usize = group.iter().map(|own| own.count).sum();
        let word = match (group, group[0].tone) {
            ([only], _) => only.word.as_str(),
            (_, Tone::Failure) => "failed",
            (_, Tone::Trouble) => "not looked up",
            (_, Tone::Progress) => "under way",
            _ => "",
        };
        let words = format!("{} {word}", counted(count));
        (group[0].tone, Shown::line(words.trim_end()))
    });
    Row {
        cells: Some(Box::new(Cells {
            counts: counts.collect(),
            ..cells(None, "", "", 0)
        })),
        ..Row::new(Role::Tally, 0)
    }
}

fn cells(tone: Option<Tone>, word: &str, seen: &str, bar: usize) -> Cells {
    Cells {
        tone,
        word: Shown::line(word),
        seen: Shown::line(seen),
        bar: u16::try_from(bar).unwrap_or(u16::MAX),
        ..Cells::default()
    }
}

fn tone(standing: &Standing) -> Tone {
    match standing {
        Standing::Waiting | Standing::Stopped => Tone::Neutral,
        Standing::Asking => Tone::Progress,
        Standing::Ended(snapshot) => match &snapshot.outcome {
            Ok(message) => message.tone(),
            Err(_) => Tone::Trouble,
        },
    }
}

fn word(standing: &Standing) -> String {
    match standing {
        Standing::Waiting => "waiting".to_owned(),
        Standing::Asking => "asking".to_owned(),
        Standing::Stopped => "stopped".to_owned(),
        Standing::Ended(snapshot) => match &snapshot.outcome {
            Ok(message) => status_word(message),
            Err(failure) => failure.title().to_owned(),
        },
    }
}

/// Status, direction and type, why or text; its id is the label.
fn row(id: &MessageId, standing: &Standing, tone: Tone, word: &str) -> Row {
    let (direction, kind, words) = match standing {
        Standing::Ended(snapshot) => match &snapshot.outcome {
            Ok(message) => {
                let kind = message.kind();
                let kind = kind.map_or("?".to_owned(), |kind| kind.short().to_owned());
                let words = Listed::new(snapshot).snippet;
                (message.direction(), kind, words)
            }
            Err(_) => (
                None,
                String::new(),
                format!("in {}", snapshot.asked.profile),
            ),
        },
        _ => (None, String::new(), String::new()),
    };
    let cells = Cells {
        direction,
        ..cells(Some(tone), word, &kind, 0)
    };
    Row {
        label: Shown::line(id.as_str()),
        cells: Some(Box::new(cells)),
        lead: Some(Box::new(Lead::Message(id.clone()))),
        ..Row::text(Role::Member, &words)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    fn member(id: &str, standing: Standing) -> Member {
        Member::standing_so(MessageId::new(id).unwrap(), standing)
    }

    #[test]
    fn every_member_is_a_row_and_those_that_wait_come_last_in_their_order() {
        let members = [
            member("b", Standing::Waiting),
            member("c", Standing::Stopped),
            member("a", Standing::Asking),
            member("d", Standing::Waiting),
        ];
        let made = rows(&members, Duration::from_secs(2), false, 25);
        let ids: Vec<&str> = made
            .rows
            .iter()
            .filter(|row| row.role == Role::Member)
            .map(|row| row.label.as_str())
            .collect();
        assert_eq!(ids, ["a", "c", "b", "d"]);
        assert_eq!(made.head.unwrap().word.as_str(), "0 of 4");
    }

    #[test]
    fn in_one_line_a_group_is_counted_together() {
        let tally = |rank, tone, word: &str, count| Tally {
            rank,
            tone,
            word: word.to_owned(),
            count,
        };
        let row = counts(&[
            tally(0, Tone::Failure, "failed", 4),
            tally(0, Tone::Failure, "undelivered", 1),
            tally(1, Tone::Trouble, "not found", 2),
            tally(5, Tone::Success, "delivered", 3),
            tally(5, Tone::Success, "completed", 2),
        ]);
        let counts = row.cells.unwrap().counts;
        let words: Vec<&str> = counts.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["5 failed", "2 not found", "5"]);
    }

    #[test]
    fn a_batch_that_was_stopped_says_so_and_not_that_all_is_well() {
        let members = [member("a", Standing::Stopped)];
        let head = rows(&members, Duration::ZERO, false, 25).head.unwrap();
        assert_eq!(
            (head.tone, head.kind.as_str()),
            (Tone::Attention, "stopped")
        );
    }

    #[test]
    fn bars_are_a_cell_each_and_scaled_where_there_are_many() {
        let few: Vec<Member> = (0..5)
            .map(|n| member(&format!("w{n}"), Standing::Waiting))
            .collect();
        let made = rows(&few, Duration::ZERO, false, 25);
        assert_eq!(made.rows[0].cells.as_ref().unwrap().bar, 5);
        let mut many: Vec<Member> = (0..1000)
            .map(|n| member(&format!("w{n}"), Standing::Waiting))
            .collect();
        many.push(member("one", Standing::Asking));
        let made = rows(&many, Duration::ZERO, false, 25);
        let bars: Vec<u16> = made.rows[..2]
            .iter()
            .map(|row| row.cells.as_ref().unwrap().bar)
            .collect();
        assert_eq!(bars, [1, 32]);
    }
}
