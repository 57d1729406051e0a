//! `msgscope completions`: the script by which a shell asks how its line goes on, and the answer, made from the line.
//! Never a token read, nothing asked of the network, no file made, and no word into somebody's prompt but an answer.

mod line;
mod offer;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::sync::Arc;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell::PowerShell;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Shells, Zsh};
use clap_complete::generate;

use crate::args::{Args, ShellName};
use line::Line;
use offer::Quotes;

/// The variable by which a shell's script asks; it holds the shell's name.
pub const VARIABLE: &str = "MSGSCOPE_COMPLETE";

/// What the script calls, found as the shell finds every program.
const NAME: &str = "msgscope";

/// The shells whose scripts ask.
///
/// `PowerShell`'s would have the line so far evaluated at each Tab, with whatever stands in it: what its script can
/// offer stands in it.
const ASKING: Shells<'static> = Shells(&[&Bash, &Elvish, &Fish, &Zsh]);

/// Prints the script to standard output; tells the exit code.
pub fn print(shell: ShellName) -> u8 {
    let mut out = io::stdout().lock();
    let printed = script(shell).and_then(|script| out.write_all(&script));
    super::code(printed.and_then(|()| out.flush()).map(|()| 0))
}

/// The script of a shell.
pub fn script(shell: ShellName) -> io::Result<Vec<u8>> {
    let mut script = Vec::new();
    let shell: &dyn EnvCompleter = match shell {
        ShellName::Bash => &Bash,
        ShellName::Elvish => &Elvish,
        ShellName::Fish => &Fish,
        ShellName::Powershell => {
            generate(PowerShell, &mut Args::command(), NAME, &mut script);
            return Ok(script);
        }
        ShellName::Zsh => &Zsh,
    };
    shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    Ok(script)
}

/// Where a shell's script has called: answers on standard output and tells the exit code. It calls with the variable
/// and, behind `--`, the line so far.
pub fn answered(variable: impl Fn(&str) -> Option<String>) -> Option<u8> {
    let shell = variable(VARIABLE)?;
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != "--" {
        return None;
    }
    let words: Vec<OsString> = arguments.collect();
    // A line has the program's name at least.
    words.first()?;
    let answer = answer(&shell, words);
    let mut out = io::stdout().lock();
    let told = answer.and_then(|answer| out.write_all(&answer).and_then(|()| out.flush()));
    // Whatever is wrong, whoever is typing is not told of it in the middle of the line.
    Some(u8::from(told.is_err()))
}

/// How the line may go on, as the shell wants it.
fn answer(shell: &str, words: Vec<OsString>) -> io::Result<Vec<u8>> {
    let Some(asking) = ASKING.completer(shell) else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    let line = Line::new(words.clone());
    let folder = std::env::current_dir()?;
    let mut command = command(&Arc::new(line), Quotes::of(asking.name()));
    let mut answer = Vec::new();
    asking.write_complete(&mut command, words, Some(&folder), &mut answer)?;
    Ok(answer)
}

/// The command line, and for each of its arguments what it may be.
fn command(line: &Arc<Line>, quotes: Quotes) -> Command {
    let offering = |values: fn(&Line, &str) -> Vec<CompletionCandidate>| {
        let line = Arc::clone(line);
        let offered = move |typed: &std::ffi::OsStr| {
            let typed = typed.to_str().map(|typed| values(&line, typed));
            quotes.all(typed.unwrap_or_default())
        };
        ArgValueCompleter::new(offered)
    };
    let paths = |paths: PathCompleter| {
        let offered = move |typed: &std::ffi::OsStr| quotes.all(paths.complete(typed));
        ArgValueCompleter::new(offered)
    };
    let file = || paths(PathCompleter::file());
    let file_or_input = || paths(PathCompleter::file().stdio());
    let folder = || paths(PathCompleter::dir());
    let ids = || offering(offer::ids);
    Args::command()
        .mut_arg("ids", |arg| arg.add(ids()))
        .mut_arg("profile", |arg| arg.add(offering(offer::profiles)))
        .mut_arg("theme", |arg| arg.add(offering(offer::themes)))
        .mut_arg("config", |arg| arg.add(file()))
        .mut_arg("log", |arg| arg.add(file()))
        .mut_arg("token_file", |arg| arg.add(file_or_input()))
        .mut_arg("data_dir", |arg| arg.add(folder()))
        .mut_arg("download_dir", |arg| arg.add(folder()))
        .mut_subcommand("get", |get| get.mut_arg("ids", |arg| arg.add(ids())))
        .mut_subcommand("view", |view| {
            view.mut_arg("file", |arg| arg.add(file_or_input()))
        })
        .mut_subcommand("explain", |explain| {
            explain.mut_arg("code", |arg| arg.add(offering(offer::codes)))
        })
        .mut_subcommand("history", |history| {
            history.mut_subcommand("show", |show| show.mut_arg("id", |arg| arg.add(ids())))
        })
}
