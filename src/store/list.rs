//! Finding messages: a filter as SQL, and a window of what it finds.
//! Never a text put into SQL: all that was typed is a value.

use super::database::{Database, Fault, Value};
use super::error::StoreError;
use super::record::nanoseconds;
use super::shelf::Shelf;
use super::{row, words};
use crate::model::filter::Term;
use crate::model::id::MessageId;
use crate::model::listed::{Listed, Listing, Wanted};

/// The rows wanted, and how many there are in all.
pub(super) fn list(database: &Database, wanted: &Wanted) -> Result<Listing, Fault> {
    let query = Query::new(database, wanted)?;
    let keys = format!(
        "SELECT {key} {from} ORDER BY {key} DESC LIMIT ? OFFSET ?",
        key = query.key,
        from = query.from
    );
    let sql = format!(
        "SELECT {} FROM message WHERE key IN ({keys}) ORDER BY key DESC",
        row::COLUMNS
    );
    let whole = |number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let window = vec![whole(wanted.limit), whole(wanted.offset)];
    let rows = database.rows(&sql, &[query.values(), window].concat(), row::read)?;
    Ok(Listing {
        total: query.count(database)?,
        offset: wanted.offset,
        rows: rows.into_iter().flatten().collect(),
    })
}

impl Shelf {
    /// The rows wanted, of the disk and of the memory that takes its place: what is there is newer than the disk's.
    pub(super) fn list(&mut self, mut wanted: Wanted) -> Result<Listing, StoreError> {
        let newest = self.read_overflow(|database| list(database, &wanted))?;
        let mut newest = newest.unwrap_or(Listing {
            offset: wanted.offset,
            ..Listing::default()
        });
        // A message that is in both is listed once.
        let ids = "SELECT id FROM message";
        let ids = self.read_overflow(|database| database.rows(ids, &[], |row| row.text(0)))?;
        let ids = ids.into_iter().flatten();
        wanted
            .without
            .extend(ids.filter_map(|id| MessageId::new(&id).ok()));
        wanted.offset = wanted.offset.saturating_sub(newest.total);
        wanted.limit -= (newest.rows.len() as u64).min(wanted.limit);
        let older = self.read_disk(|database| list(database, &wanted))?;
        let older = older.unwrap_or_default();
        newest.total += older.total;
        newest.rows.extend(older.rows);
        Ok(newest)
    }
}

/// Whether words are looked for in the search's index.
pub(super) fn is_search(wanted: &Wanted) -> bool {
    !words::matching(&wanted.filter.terms).is_empty()
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

/// Which messages, as SQL from its `FROM` on. Only narrow indexes are walked through: the messages' rows are wide.
struct Query {
    from: String,
    /// The column of the keys, which are in order by themselves.
    key: &'static str,
    values: Vec<Owned>,
    /// Where nothing is filtered: how many are left out, so that the others need not be counted one by one.
    all_but: Option<u64>,
}

enum Owned {
    Integer(i64),
    Text(String),
}

impl Query {
    fn new(database: &Database, wanted: &Wanted) -> Result<Self, Fault> {
        let terms = &wanted.filter.terms;
        let matching = words::matching(terms);
        let since = terms.iter().filter_map(|term| match term {
            Term::Since(since) => Some(nanoseconds(since.moment(wanted.now))),
            _ => None,
        });
        let since = since.max();
        let (tables, key) = match (matching.is_empty(), since) {
            (true, _) => ("message AS m INDEXED BY message_key", "m.key"),
            (false, None) => ("search", "search.rowid"),
            (false, Some(_)) => (
                "search CROSS JOIN message AS m INDEXED BY message_key ON m.key = search.rowid",
                "search.rowid",
            ),
        };
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values = Vec::new();
        if !matching.is_empty() {
            conditions.push("search MATCH ?".to_owned());
            values.push(Owned::Text(matching));
        }
        if let Some(since) = since {
            conditions.push("m.at >= ?".to_owned());
            values.push(Owned::Integer(since));
        }
        if terms.contains(&Term::Pinned) {
            let pinned = "(SELECT key FROM message WHERE pinned = 1)";
            conditions.push(format!("{key} IN {pinned}"));
        }
        let is_all = values.is_empty() && conditions.len() == 1;
        let without = without(database, wanted)?;
        if !without.is_empty() {
            conditions.push(format!("{key} NOT IN (SELECT value FROM json_each(?))"));
            values.push(Owned::Text(format!("[{}]", without.join(","))));
        }
        Ok(Self {
            from: format!("FROM {tables} WHERE {}", conditions.join(" AND ")),
            key,
            values,
            all_but: is_all.then_some(without.len() as u64),
        })
    }

    fn count(&self, database: &Database) -> Result<u64, Fault> {
        let (sql, values, less) = match self.all_but {
            Some(less) => ("SELECT count(*) FROM message".to_owned(), Vec::new(), less),
            None => (format!("SELECT count(*) {}", self.from), self.values(), 0),
        };
        let count = u64::try_from(database.number(&sql, &values)?).unwrap_or_default();
        Ok(count.saturating_sub(less))
    }

    fn values(&self) -> Vec<Value<'_>> {
        let values = self.values.iter().map(|value| match value {
            Owned::Integer(number) => Value::Integer(*number),
            Owned::Text(text) => Value::Text(text),
        });
        values.collect()
    }
}

/// The keys of the messages to leave out, of those that are there.
fn without(database: &Database, wanted: &Wanted) -> Result<Vec<String>, Fault> {
    let mut keys = Vec::new();
    for id in &wanted.without {
        let id = [Value::Text(id.as_str())];
        let sql = "SELECT key FROM message WHERE id = ?";
        let key = database.first(sql, &id, |row| row.integer(0))?;
        keys.extend(key.map(|key| key.to_string()));
    }
    Ok(keys)
}
