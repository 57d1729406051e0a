//! The built program as scripts call it: standard output, standard error and status all stated.
//! Never here: the console, but for how it refuses to start.

mod all_profiles;
mod completing;
mod config;
mod doctor;
mod elsewhere;
mod explain;
mod failures;
mod fields;
mod formats;
mod generated;
mod history;
mod ids;
mod log;
mod many;
#[cfg(target_os = "linux")]
mod memory;
mod profiles;
mod settings;
mod stalls;
mod streams;
mod survey;
mod themes;
mod usage;
mod view;
mod watching;

use crate::support::program::Program;
use crate::support::wire::{Request, Step, Wire, json};

const TOKEN: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";
const ID: &str = "ve9EPM428h8vShlRW1KT";
const OTHER: &str = "VY80mMXYjmpyLMocAVq5";

/// A call that asks the server, with a token and one second more than any answer takes here.
fn program(wire: &Wire, arguments: &[&str]) -> Program {
    Program::new(arguments)
        .variable("MSGSCOPE_TOKEN", TOKEN)
        .variable("MSGSCOPE_BASE_URL", &wire.base_url())
        .variable("MSGSCOPE_TIMEOUT", "20")
}

/// A message as the API sends it, on several lines.
fn message(id: &str) -> String {
    format!(
        "{{\n  \"message\": {{\n    \"id\": \"{id}\",\n    \"status\": \"delivered\",\n    \
         \"direction\": \"outbound\",\n    \"messageType\": \"TYPE_SMS\",\n    \"body\": \"a  b\\n\"\n  \
         }},\n  \"traceId\": \"c9\"\n}}"
    )
}

/// The same on one line, as `ndjson` has it: values and their order as sent.
fn on_one_line(id: &str) -> String {
    format!(
        "{{\"message\": {{\"id\": \"{id}\",\"status\": \"delivered\",\"direction\": \"outbound\",\
         \"messageType\": \"TYPE_SMS\",\"body\": \"a  b\\n\"}},\"traceId\": \"c9\"}}"
    )
}

/// A line of `ndjson` for a message, its milliseconds taken out.
fn answered(id: &str) -> String {
    let answer = on_one_line(id);
    format!(r#"{{"id":"{id}","profile":"default","http":200,"ms":0,"answer":{answer}}}"#) + "\n"
}

/// The id a request asks for; with more around it where it is not asked for as a message.
fn asked(request: &Request) -> String {
    let path = request.path.strip_prefix("/conversations/");
    let path = path.expect("a path of the API");
    path.strip_prefix("messages/").unwrap_or(path).to_owned()
}

/// A server that knows every message.
fn answering() -> Wire {
    Wire::start(found)
}

fn found(request: &Request) -> Vec<Step> {
    json(200, message(&asked(request)))
}
