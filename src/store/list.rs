//! Finding messages: a filter as SQL, and a window of what it finds.
//! Never a text put into SQL: all that was typed is a value.

use super::database::{Database, Fault, Value};
use super::record::nanoseconds;
use super::row;
use crate::model::filter::{Filter, Term};
use crate::model::listed::{Listed, Listing, Wanted};

/// The rows wanted, and how many there are in all.
pub(super) fn list(database: &Database, wanted: &Wanted) -> Result<Listing, Fault> {
    let query = Query::new(database, wanted)?;
    let values = query.values();
    let total = database.number(&format!("SELECT count(*) {}", query.from), &values)?;
    let keys = format!(
        "SELECT m.key {} ORDER BY {} DESC LIMIT ? OFFSET ?",
        query.from, query.order
    );
    let sql = format!(
        "SELECT {} FROM message WHERE key IN ({keys}) ORDER BY key DESC",
        row::COLUMNS
    );
    let whole = |number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let values = [values, vec![whole(wanted.limit), whole(wanted.offset)]].concat();
    let rows = database.rows(&sql, &values, row::read)?;
    Ok(Listing {
        total: u64::try_from(total).unwrap_or_default(),
        offset: wanted.offset,
        rows: rows.into_iter().flatten().collect(),
    })
}

/// Those that are pinned, newest first.
pub(super) fn pinned(database: &Database) -> Result<Vec<Listed>, Fault> {
    let sql = format!(
        "SELECT {} FROM message WHERE pinned = 1 ORDER BY key DESC",
        row::COLUMNS
    );
    let rows = database.rows(&sql, &[], row::read)?;
    Ok(rows.into_iter().flatten().collect())
}

/// Which messages, as SQL from its `FROM` on.
struct Query {
    from: String,
    /// The column of the keys that are in order without sorting.
    order: &'static str,
    values: Vec<Owned>,
}

enum Owned {
    Integer(i64),
    Text(String),
}

impl Query {
    fn new(database: &Database, wanted: &Wanted) -> Result<Self, Fault> {
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        let words = words(&wanted.filter);
        let searches = !words.is_empty();
        if searches {
            conditions.push("search MATCH ?");
            values.push(Owned::Text(words));
        }
        for term in &wanted.filter.terms {
            condition(term, wanted, &mut conditions, &mut values);
        }
        let without = without(database, wanted)?;
        if let Some(keys) = without {
            conditions.push("m.key NOT IN (SELECT value FROM json_each(?))");
            values.push(Owned::Text(keys));
        }
        // Words are looked up in their index, everything else row by row of the messages.
        let (tables, order) = if searches {
            (
                "search CROSS JOIN message m ON m.key = search.rowid",
                "search.rowid",
            )
        } else {
            ("message m", "m.key")
        };
        let mut from = format!("FROM {tables}");
        if !conditions.is_empty() {
            from.push_str(" WHERE ");
            from.push_str(&conditions.join(" AND "));
        }
        Ok(Self {
            from,
            order,
            values,
        })
    }

    fn values(&self) -> Vec<Value<'_>> {
        let values = self.values.iter().map(|value| match value {
            Owned::Integer(number) => Value::Integer(*number),
            Owned::Text(text) => Value::Text(text),
        });
        values.collect()
    }
}

/// The words as the search wants them: each in quotes, so that no sign of it is understood as an operator.
fn words(filter: &Filter) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace(['"', '\0'], " "));
    let words = filter.terms.iter().filter_map(|term| match term {
        Term::Word(text) | Term::Phrase { text, open: true } => Some(format!("{}*", quoted(text))),
        Term::Phrase { text, open: false } => Some(quoted(text)),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" AND ")
}

fn condition(
    term: &Term,
    wanted: &Wanted,
    conditions: &mut Vec<&'static str>,
    values: &mut Vec<Owned>,
) {
    let begins = |text: &str| Owned::Text(format!("{}%", escaped(text)));
    match term {
        Term::Word(_) | Term::Phrase { .. } => {}
        Term::Status(text) => {
            conditions.push("m.status LIKE ? ESCAPE '!'");
            values.push(begins(text));
        }
        Term::Kind(text) => {
            conditions.push("(m.kind LIKE ? ESCAPE '!' OR m.type LIKE ? ESCAPE '!')");
            values.push(begins(text));
            values.push(begins(text));
        }
        Term::Direction(direction) => {
            conditions.push("m.direction = ?");
            values.push(Owned::Text(direction.word().to_owned()));
        }
        Term::Profile(text) => {
            conditions.push("m.profile LIKE ? ESCAPE '!'");
            values.push(begins(text));
        }
        Term::Id(text) => {
            conditions.push("m.id LIKE ? ESCAPE '!'");
            values.push(begins(text));
        }
        Term::Since(since) => {
            conditions.push("m.at >= ?");
            values.push(Owned::Integer(nanoseconds(since.moment(wanted.now))));
        }
        Term::Pinned => conditions.push("m.pinned = 1"),
        Term::Failed => conditions.push("m.failed = 1"),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '!' | '%' | '_') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    escaped
}

/// The keys of the messages to leave out, as a list in JSON.
fn without(database: &Database, wanted: &Wanted) -> Result<Option<String>, Fault> {
    let mut keys = Vec::new();
    for id in &wanted.without {
        let id = [Value::Text(id.as_str())];
        let key = database.first("SELECT key FROM message WHERE id = ?", &id, |row| {
            row.integer(0)
        })?;
        keys.extend(key.map(|key| key.to_string()));
    }
    Ok((!keys.is_empty()).then(|| format!("[{}]", keys.join(","))))
}
