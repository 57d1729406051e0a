//! A history of 100,000 messages: made once below `target`, then read and searched. Each time is one errand's, there
//! and back; a filter's letter is its count and its first page.
#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin ends the program"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use divan::{Bencher, black_box};
use jiff::Timestamp;
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::Asked;
use msgscope::model::filter::Filter;
use msgscope::model::id::MessageId;
use msgscope::model::listed::{Key, Wanted};
use msgscope::model::message::Message;
use msgscope::model::snapshot::{Answer, Limits, Snapshot};
use msgscope::store::{Keeping, Store};
use tokio::runtime::Runtime;

const MESSAGES: u64 = 100_000;
/// Rows of a page: more than a screen has.
const PAGE: u64 = 200;

/// The folder of the large history; `MSGSCOPE_BENCH_HISTORY` names another, for the built program to be tried with.
fn folder() -> PathBuf {
    let named = std::env::var_os("MSGSCOPE_BENCH_HISTORY").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("history"))
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
}

fn store() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(|| {
        let folder = folder();
        let store = Store::new(Keeping::InFolder(folder.clone()));
        let runtime = runtime();
        let size = runtime.block_on(store.size()).expect("its size");
        if size.messages < MESSAGES {
            let _ = fs::remove_dir_all(&folder);
            let store = Store::new(Keeping::InFolder(folder));
            runtime.block_on(fill(&store));
        }
        store
    })
}

async fn fill(store: &Store) {
    let mut chance = Chance(7);
    for bunch in 0..MESSAGES / 500 {
        let snapshots = (0..500).map(|at| snapshot(bunch * 500 + at, &mut chance));
        let kept = snapshots.map(|snapshot| store.keep(Arc::new(snapshot)));
        for kept in futures_util::future::join_all(kept).await {
            kept.expect("kept");
        }
    }
}

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "an", "be", "con", "de", "ent", "for", "ing", "lo", "mer", "no", "per", "re", "sa",
            "ti", "un", "ver",
        ];
        // Few words stand often, many seldom.
        let rank = self.below(40) * self.below(50);
        let mut word = String::new();
        let mut rest = rank;
        for _ in 0..=rank % 3 {
            word.push_str(SYLLABLES[rest % 16]);
            rest /= 16;
        }
        word
    }

    fn id(&mut self) -> String {
        const LETTERS: &[u8; 62] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..20)
            .map(|_| char::from(LETTERS[self.below(62)]))
            .collect()
    }
}

fn snapshot(number: u64, chance: &mut Chance) -> Snapshot {
    let status = [
        "delivered",
        "delivered",
        "delivered",
        "sent",
        "read",
        "failed",
        "pending",
    ];
    let status = status[chance.below(7)];
    let kind = [
        "TYPE_SMS",
        "TYPE_SMS",
        "TYPE_EMAIL",
        "TYPE_CALL",
        "TYPE_WHATSAPP",
    ];
    let kind = kind[chance.below(5)];
    let direction = if chance.below(3) == 0 {
        "inbound"
    } else {
        "outbound"
    };
    let count = 8 + chance.below(40);
    let words: Vec<String> = (0..count).map(|_| chance.word()).collect();
    let [id, contact, conversation, location] = [(); 4].map(|()| chance.id());
    let json = format!(
        r#"{{"message":{{"id":"{id}","type":2,"messageType":"{kind}","locationId":"{location}","contactId":"{contact}",
        "conversationId":"{conversation}","dateAdded":"2026-11-20T10:00:00.000Z","dateUpdated":"2026-11-20T10:00:05.000Z",
        "body":"{}","direction":"{direction}","status":"{status}","contentType":"text/plain","attachments":[],
        "source":"workflow","userId":"{contact}","from":"+15550001111","to":"+15550002222","altId":"SM{conversation}"}},
        "traceId":"{:08x}-0b2c-4f6a-9d3e-{number:012}"}}"#,
        words.join(" "),
        chance.below(1 << 30),
    );
    let body = Body::new(json.into_bytes());
    let root = body.json().expect("JSON");
    Snapshot {
        asked: Asked {
            id: MessageId::new(&id).expect("an id"),
            endpoint: Endpoint::Message,
            profile: ["acme", "beta"][chance.below(2)].to_owned(),
            base_url: "https://services.leadconnectorhq.com".to_owned(),
            host: "services.leadconnectorhq.com".to_owned(),
            version: "2021-07-28".to_owned(),
            token: "private integration, from MSGSCOPE_TOKEN".to_owned(),
            token_changes: false,
            others: 1,
        },
        at: Timestamp::from_second(1_790_000_000 + i64::try_from(number * 60).expect("a time"))
            .expect("a time"),
        took: Duration::from_millis(182),
        outcome: Ok(Message::read(&root, &Endpoint::Message).expect("a message")),
        answer: Some(Answer {
            http: 200,
            body,
            limits: Limits::default(),
        }),
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}

fn wanted(filter: &str, offset: u64) -> Wanted {
    Wanted {
        filter: Filter::new(filter),
        now: Timestamp::from_second(1_796_000_000).expect("a time"),
        without: Vec::new(),
        offset,
        limit: PAGE,
    }
}

/// A page anywhere: at most 5 ms.
#[divan::bench(args = [0, 50_000, 99_800])]
fn page(bencher: Bencher<'_, '_>, offset: u64) {
    let (store, runtime) = (store(), runtime());
    bencher.bench_local(|| {
        let listing = runtime
            .block_on(store.list(wanted("", offset)))
            .expect("a page");
        assert_eq!(listing.rows.len() as u64, PAGE);
        listing
    });
}

/// A letter typed into the filter: at most 12 ms.
#[divan::bench(args = ["v", "ve", "ver", "re be", "\"re be\"", "status:failed", "type:sms", "dir:in", "profile:acme",
    "is:failed re", "since:2d", "id:ve", "zzz", "status:delivered ve"])]
fn filtered(bencher: Bencher<'_, '_>, filter: &str) {
    let (store, runtime) = (store(), runtime());
    bencher.bench_local(|| {
        black_box(
            runtime
                .block_on(store.list(wanted(filter, 0)))
                .expect("a page"),
        )
    });
}

/// A message's newest snapshot: at most 1 ms.
#[divan::bench]
fn opened(bencher: Bencher<'_, '_>) {
    let (store, runtime) = (store(), runtime());
    bencher.bench_local(|| black_box(runtime.block_on(store.snapshot(Key(50_000))).expect("one")));
}

/// From nothing to the first page, as at start: at most 6 ms.
#[divan::bench]
fn first_opened(bencher: Bencher<'_, '_>) {
    let runtime = runtime();
    let _made = store();
    bencher.bench_local(|| {
        let store = Store::new(Keeping::InFolder(folder()));
        runtime.block_on(store.list(wanted("", 0))).expect("a page")
    });
}
