//! Cut and garbled answers, and any bytes at all.
//! Never a panic, and never half a message taken for a whole one.

use msgscope::api::decode::{Facts, decode};
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Cause, Failure, TokenForm};
use msgscope::model::message::Message;
use proptest::prelude::*;
use proptest::sample;

use super::ask;
use super::sightings::{files, message_files};
use crate::support::fixtures::fixture;

/// Everything that is read of an answer, so that none of it can fail later.
fn read_all(outcome: Result<Message, Failure>) {
    match outcome {
        Ok(message) => {
            message.snippet();
            message.is_final();
            message.call();
            message.added();
            message.attachments();
            message.trace_id();
        }
        Err(failure) => assert!(failure.messages.len() <= 20),
    }
}

proptest! {
    #[test]
    fn no_garbled_answer_makes_decoding_panic(
        body in sample::select(files()).prop_map(fixture),
        cut in any::<sample::Index>(),
        garbled in prop::collection::vec((any::<sample::Index>(), any::<u8>()), 0..8),
        http in prop_oneof![Just(200), 100..=599u16],
        html in any::<bool>(),
    ) {
        let mut body = body;
        body.truncate(cut.index(body.len() + 1));
        for (at, byte) in garbled {
            if !body.is_empty() {
                let at = at.index(body.len());
                body[at] = byte;
            }
        }
        let facts = Facts {
            content_type: html.then(|| "text/html".to_owned()),
            ..Facts::default()
        };
        read_all(decode(&Endpoint::Message, http, &facts, &Body::new(body), TokenForm::Other));
    }

    #[test]
    fn no_bytes_make_decoding_panic(body: Vec<u8>, http: u16) {
        read_all(ask(http, body));
    }

    #[test]
    fn a_message_that_was_cut_is_never_taken_for_a_whole_one(
        file in sample::select(message_files()),
        at in any::<sample::Index>(),
    ) {
        let mut body = fixture(file);
        let whole = body.trim_ascii_end().len();
        body.truncate(1 + at.index(whole - 1));
        let after = body.len() as u64;
        prop_assert_eq!(ask(200, body).unwrap_err().cause, Cause::Cut { after, of: None });
    }
}
