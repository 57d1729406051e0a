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
use super::status::{Direction, Tone};
use super::text::span;
use super::verdict::status_word;

/// One of them.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    pub id: MessageId,
    pub standing: Standing,
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

/// Columns of the longest bar.
const BAR: usize = 32;

impl Member {
    fn tone(&self) -> Tone {
        match &self.standing {
            Standing::Waiting | Standing::Stopped => Tone::Neutral,
            Standing::Asking => Tone::Progress,
            Standing::Ended(snapshot) => match &snapshot.outcome {
                Ok(message) => message.tone(),
                Err(_) => Tone::Trouble,
            },
        }
    }

    fn word(&self) -> String {
        match &self.standing {
            Standing::Waiting => "waiting".to_owned(),
            Standing::Asking => "asking".to_owned(),
            Standing::Stopped => "stopped".to_owned(),
            Standing::Ended(snapshot) => match &snapshot.outcome {
                Ok(message) => status_word(message),
                Err(failure) => failure.title().to_owned(),
            },
        }
    }

    /// The place of its group: what failed, what could not be looked up, what is under way, what went well.
    fn rank(&self) -> u8 {
        match (&self.standing, self.tone()) {
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
        self.is_ended() && matches!(self.tone(), Tone::Failure | Tone::Trouble)
    }
}

/// The rows of a batch that has run for so long.
pub fn rows(members: &[Member], ran: Duration, failures_only: bool) -> Outline {
    let mut rows = Rows::new();
    tallies(&mut rows, members);
    rows.push(Row::new(Role::Blank, 0));
    rows.push(Row {
        label: Shown::fixed("status"),
        cells: Some(Box::new(cells(None, "", "type", 0))),
        ..Row::text(Role::MemberHeads, "why or text")
    });
    let mut listed: Vec<&Member> = members
        .iter()
        .filter(|member| !failures_only || member.is_failure())
        .collect();
    listed.sort_by_key(|member| member.rank());
    for member in &listed {
        rows.push(row(member));
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
    Head {
        tone: if left == 0 {
            Tone::Success
        } else {
            Tone::Progress
        },
        word: Shown::line(&format!("{ended} of {}", members.len())),
        direction: None,
        kind: Shown::fixed("batch"),
        when: When::Told(vec![whole, short]),
    }
}

/// A row with a bar for each status.
fn tallies(rows: &mut Rows<'_>, members: &[Member]) {
    let mut tallies: Vec<(u8, Tone, String, usize)> = Vec::new();
    for member in members {
        let (rank, word) = (member.rank(), member.word());
        match tallies
            .iter_mut()
            .find(|own| own.0 == rank && own.2 == word)
        {
            Some(own) => own.3 += 1,
            None => tallies.push((rank, member.tone(), word, 1)),
        }
    }
    tallies.sort_by_key(|(rank, _, _, count)| (*rank, Reverse(*count)));
    let most = tallies.iter().map(|(.., count)| *count).max().unwrap_or(1);
    for (_, tone, word, count) in tallies {
        let bar = if most <= BAR {
            count
        } else {
            (count * BAR).div_ceil(most)
        };
        rows.push(Row {
            cells: Some(Box::new(cells(Some(tone), &word, &count.to_string(), bar))),
            ..Row::new(Role::Tally, 0)
        });
    }
}

fn cells(tone: Option<Tone>, word: &str, seen: &str, bar: usize) -> Cells {
    Cells {
        tone,
        word: Shown::line(word),
        seen: Shown::line(seen),
        short: Shown::default(),
        bar: u16::try_from(bar).unwrap_or(u16::MAX),
    }
}

/// Status, direction and type, why or text; its id is the label.
fn row(member: &Member) -> Row {
    let (kind, words) = match &member.standing {
        Standing::Ended(snapshot) => match &snapshot.outcome {
            Ok(message) => {
                let kind = message.kind();
                let kind = kind.as_ref().map_or("?", |kind| kind.short());
                let arrow = match message.direction() {
                    Some(Direction::Inbound) => "in ",
                    Some(Direction::Outbound) => "out ",
                    _ => "",
                };
                (format!("{arrow}{kind}"), Listed::new(snapshot).snippet)
            }
            Err(_) => (String::new(), format!("in {}", snapshot.asked.profile)),
        },
        _ => (String::new(), String::new()),
    };
    Row {
        label: Shown::line(member.id.as_str()),
        cells: Some(Box::new(cells(
            Some(member.tone()),
            &member.word(),
            &kind,
            0,
        ))),
        lead: Some(Box::new(Lead::Message(member.id.clone()))),
        ..Row::text(Role::Member, &words)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    fn member(id: &str, standing: Standing) -> Member {
        Member {
            id: MessageId::new(id).unwrap(),
            standing,
        }
    }

    #[test]
    fn every_member_is_a_row_and_those_that_wait_come_last_in_their_order() {
        let members = [
            member("b", Standing::Waiting),
            member("c", Standing::Stopped),
            member("a", Standing::Asking),
            member("d", Standing::Waiting),
        ];
        let made = rows(&members, Duration::from_secs(2), false);
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
    fn bars_are_a_cell_each_and_scaled_where_there_are_many() {
        let few: Vec<Member> = (0..5)
            .map(|n| member(&format!("w{n}"), Standing::Waiting))
            .collect();
        let made = rows(&few, Duration::ZERO, false);
        assert_eq!(made.rows[0].cells.as_ref().unwrap().bar, 5);
        let mut many: Vec<Member> = (0..1000)
            .map(|n| member(&format!("w{n}"), Standing::Waiting))
            .collect();
        many.push(member("one", Standing::Asking));
        let made = rows(&many, Duration::ZERO, false);
        let bars: Vec<u16> = made.rows[..2]
            .iter()
            .map(|row| row.cells.as_ref().unwrap().bar)
            .collect();
        assert_eq!(bars, [1, 32]);
    }
}
