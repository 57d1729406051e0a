//! From bytes to rows and lines, all of it off the loop. Together at most 150 ms of the 200 that may pass from
//! Enter to 5 MB on the screen; a message of 3 kB costs nothing that could be felt.

use divan::{Bencher, black_box};
use jiff::tz::TimeZone;
use msgscope::api::decode::{Facts, decode};
use msgscope::app::view::lay;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::explain::Explanations;
use msgscope::model::face::Face;
use msgscope::model::failure::TokenForm;
use msgscope::model::outline::outline;
use msgscope::model::shown::Shown;

use crate::answers::{HUGE, LARGE, SMALL, body, snapshot, text};

/// 3 kB: at most 0.05 ms. 10 MB: at most 60 ms.
#[divan::bench(args = [SMALL, HUGE])]
fn decoded(bencher: Bencher<'_, '_>, size: usize) {
    let body = body(&text(size));
    let facts = Facts::default();
    bencher.bench_local(|| {
        decode(
            &Endpoint::Message,
            200,
            black_box(&facts),
            &body,
            TokenForm::PrivateIntegration,
        )
    });
}

/// 3 kB: at most 0.2 ms. 10 MB: at most 150 ms.
#[divan::bench(args = [SMALL, HUGE])]
fn outlined(bencher: Bencher<'_, '_>, size: usize) {
    let snapshot = snapshot(&text(size));
    bencher.bench_local(|| {
        outline(
            Face::Command,
            &Explanations::default(),
            black_box(&snapshot),
            &TimeZone::UTC,
        )
    });
}

/// 5 MB in lines, plain: little more than copied, at most 20 ms.
#[divan::bench]
fn shown_in_lines(bencher: Bencher<'_, '_>) {
    let text = text(LARGE);
    bencher.bench_local(|| Shown::lines(black_box(&text)));
}

/// 5 MB in one line with a letter that is not ASCII in each word: every grapheme is looked at, at most 300 ms.
#[divan::bench]
fn shown_in_one_line(bencher: Bencher<'_, '_>) {
    let text = text(LARGE).replace('\n', " ").replace('o', "ö");
    bencher.bench_local(|| Shown::line(black_box(&text)));
}

/// 5 MB broken into lines of a pane: at most 40 ms.
#[divan::bench]
fn laid(bencher: Bencher<'_, '_>) {
    let outline = outline(
        Face::Command,
        &Explanations::default(),
        &snapshot(&text(LARGE)),
        &TimeZone::UTC,
    );
    let open = vec![true; outline.rows.len()];
    bencher.bench_local(|| lay(black_box(&outline), &open, 83, usize::MAX));
}
