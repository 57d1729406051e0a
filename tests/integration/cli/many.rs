//! Very many ids: under the limit, a few at once.
//! Never which ids they are or in which order they are printed: that is in `ids`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{answered, asked, message, program};
use crate::support::limit::{BURST, INTERVAL, Limit};
use crate::support::program::printed;
use crate::support::wire::Wire;

#[test]
fn two_hundred_and_fifty_ids_finish_without_a_single_429() {
    let ids: Vec<_> = (0..250)
        .map(|n| format!("aaaaBBBBccccDDDD{n:04}"))
        .collect();
    let limit = Arc::<Limit>::default();
    let served = Arc::clone(&limit);
    let wire = Wire::start(move |request| served.answer(message(&asked(request)).as_bytes()));
    let start = Instant::now();
    let ended = program(&wire, &["get", "-"]).input(ids.join("\n")).run();
    let took = start.elapsed();
    let expected: String = ids.iter().map(|id| answered(id)).collect();
    assert_eq!(ended.timeless(), printed(expected));
    assert_eq!((limit.refused(), wire.requests().len()), (0, 250));
    // Twelve intervals must pass; pacing that wastes its places would need far more.
    let least = INTERVAL * u32::try_from(250 / BURST).unwrap();
    assert!(took > least && took < Duration::from_secs(15), "{took:?}");
}
