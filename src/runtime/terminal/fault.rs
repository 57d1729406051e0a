//! What happens when the program itself is at fault: the terminal first, then the message, then out.
//! Never here: unwinding, and a control character of the message on the terminal.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::panic::{self, Location};

use crate::model::shown::Shown;

/// The exit code after a panic.
const FAULT: u8 = 101;

/// Makes every panic, on whatever thread or task, give the terminal back, say what happened on
/// standard error and end the process with 101. It takes the place of the default hook, which
/// would print the message as it is. To be called first thing in `main`.
pub fn install_panic_hook() {
    panic::set_hook(Box::new(|info| {
        super::leave();
        let thread = std::thread::current();
        let text = report(
            message(info.payload()),
            info.location(),
            thread.name(),
            &Backtrace::capture(),
        );
        // Without standard error there is nobody left to tell.
        let _ = io::stderr().write_all(text.as_bytes());
        super::exit(FAULT);
    }));
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

fn report(
    message: &str,
    place: Option<&Location<'_>>,
    thread: Option<&str>,
    trace: &Backtrace,
) -> String {
    let mut text = format!(
        "msgscope stopped, the fault is its own: {}\n",
        harmless(message)
    );
    let thread = harmless(thread.unwrap_or("without a name"));
    // Writing to a string cannot fail.
    let _ = match place {
        Some(place) => writeln!(text, "  at {place}, thread {thread}"),
        None => writeln!(text, "  thread {thread}"),
    };
    if trace.status() == BacktraceStatus::Captured {
        let _ = writeln!(text, "{}", harmless(&trace.to_string()));
    }
    text
}

/// The text with everything that controls or deceives made visible; its lines stay lines.
fn harmless(text: &str) -> String {
    let lines: Vec<String> = Shown::lines(text).iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_where_and_on_which_thread() {
        let place = Location::caller();
        let text = report(
            "index out of range",
            Some(place),
            Some("input"),
            &Backtrace::disabled(),
        );
        assert!(
            text.starts_with("msgscope stopped, the fault is its own: index out of range\n"),
            "{text}"
        );
        assert!(
            text.contains("fault.rs:") && text.ends_with("thread input\n"),
            "{text}"
        );
    }

    #[test]
    fn a_message_cannot_steer_the_terminal() {
        let hostile = "a\x1b]52;c;eA==\x07b\u{9b}2J\u{202e}\r\u{7f} größer";
        let text = report(hostile, None, None, &Backtrace::disabled());
        let steering = |character: char| {
            character != '\n' && (character.is_control() || character == '\u{202e}')
        };
        assert!(!text.contains(steering), "{text:?}");
        assert!(text.contains("␛]52") && text.contains("größer"), "{text}");
    }

    #[test]
    fn both_kinds_of_panic_message_are_read() {
        assert_eq!(message(&"literal"), "literal");
        assert_eq!(message(&String::from("formatted")), "formatted");
        assert_eq!(message(&7_u8), "no message");
    }
}
