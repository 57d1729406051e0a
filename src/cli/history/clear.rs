//! `msgscope history clear`: deletes for good what was kept.
//! Never without a yes, typed or given as a flag.

use std::time::Duration;

use jiff::Timestamp;

use super::{Outlet, Stopped};
use crate::model::filter;
use crate::model::text::count;
use crate::store::Store;

pub(super) async fn clear(
    store: &Store,
    older_than: Option<&str>,
    yes: bool,
    outlet: &mut Outlet<'_>,
) -> Result<u8, Stopped> {
    let older_than = match older_than.map(filter::span) {
        None => None,
        Some(Some(span)) => Some(span),
        Some(None) => return outlet.refused(2, "--older-than: a time such as 12h, 7d or 3w"),
    };
    let size = store.size().await?;
    if size.snapshots == 0 {
        return outlet.refused(0, "nothing is kept");
    }
    if !yes && !is_wanted(older_than, size.snapshots, outlet)? {
        return Ok(2);
    }
    let removed = store.clear(older_than, Timestamp::now()).await?;
    writeln!(outlet.out, "{} deleted", lookups(removed))?;
    outlet.out.flush()?;
    Ok(0)
}

/// Asks; without somebody to ask, says how to do it.
fn is_wanted(
    older_than: Option<Duration>,
    all: u64,
    outlet: &mut Outlet<'_>,
) -> Result<bool, Stopped> {
    let Some(answers) = outlet.answers.as_mut() else {
        let words = "history clear deletes for good: --yes does so without being asked";
        writeln!(outlet.errors, "msgscope: {words}")?;
        return Ok(false);
    };
    let which = match older_than {
        None => format!("all {}", lookups(all)),
        Some(_) => format!("the older ones of {}", lookups(all)),
    };
    write!(
        outlet.errors,
        "Delete {which} for good, pinned ones too? [y/N] "
    )?;
    outlet.errors.flush()?;
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    let answer = answer.trim().to_lowercase();
    Ok(answer == "y" || answer == "yes")
}

fn lookups(number: u64) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} lookup{s}", count(number))
}
