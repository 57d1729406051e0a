//! What every answer that was seen or documented decodes to, and that no bytes at all make decoding fail.
//! Never here: a connection; what is sent and received is in `wire`.

mod errors;
mod fields;
mod garbled;
mod sightings;
mod verdicts;

use msgscope::api::decode::{Facts, decode};
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Cause, Failure, TokenForm};
use msgscope::model::message::Message;

fn ask(http: u16, body: impl Into<Vec<u8>>) -> Result<Message, Failure> {
    let body = Body::new(body.into());
    let form = TokenForm::PrivateIntegration;
    decode(&Endpoint::Message, http, &Facts::default(), &body, form)
}

fn message(text: &str) -> Message {
    ask(200, text).unwrap_or_else(|failure| panic!("{text}: {failure:?}"))
}

fn failure(http: u16, body: &str) -> Failure {
    ask(http, body).expect_err(body)
}

fn cause(http: u16, body: &str) -> Cause {
    failure(http, body).cause
}
