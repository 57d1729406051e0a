//! What is made from the command line for others to read: completions and the manual page.
//! Never a list of flags or keys that a test keeps by hand.

use clap::CommandFactory as _;

use msgscope::app::action::bindings;
use msgscope::args::Args;

use crate::support::program::{Program, printed};

/// What is printed, with nothing else and code 0.
#[track_caller]
fn told(arguments: &[&str]) -> String {
    let ended = Program::new(arguments).run();
    assert_eq!(ended, printed(ended.out.clone()));
    ended.out
}

#[test]
fn the_script_of_every_shell_calls_the_program_by_its_name() {
    for shell in ["bash", "zsh", "fish", "elvish"] {
        let script = told(&["completions", shell]);
        for words in ["MSGSCOPE_COMPLETE", "msgscope -- ", shell] {
            let script = script.replace('"', "");
            assert!(script.contains(words), "{words} in {script}");
        }
        assert!(!script.contains('\u{1b}'), "{shell}");
    }
}

#[test]
fn powershell_has_commands_and_flags_in_its_script_and_no_line_evaluated() {
    let script = told(&["completions", "powershell"]);
    for words in [
        "msgscope;history;show",
        "--fail-on",
        "--all-profiles",
        "Register-ArgumentCompleter",
    ] {
        assert!(script.contains(words), "{words} in {script}");
    }
    assert!(!script.contains("Invoke-Expression"), "{script}");
}

#[test]
fn a_shell_that_is_not_known_is_wrong_usage() {
    let ended = Program::new(&["completions", "cmd"]).run();
    assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)));
    let words = "[possible values: bash, zsh, fish, powershell, elvish]";
    assert!(ended.errors.contains(words), "{}", ended.errors);
    assert_eq!(Program::new(&["completions"]).run().code, Some(2));
}

#[test]
fn the_manual_page_has_every_command_flag_and_key() {
    let page = told(&["man"]);
    assert!(page.contains(".TH msgscope 1"), "{page}");
    let plain = page.replace(r"\*(Aq", "'").replace('\\', "");
    let command = Args::command();
    for each in command.get_subcommands() {
        assert!(
            plain.contains(&format!(".SS {}\n", each.get_name())),
            "{}",
            each.get_name()
        );
        for flag in each.get_opts() {
            let name = format!("--{}", flag.get_long().unwrap());
            assert!(plain.contains(&name), "{name}");
        }
    }
    for flag in command.get_opts() {
        let name = format!("--{}", flag.get_long().unwrap());
        assert!(plain.contains(&name), "{name}");
    }
    for binding in bindings() {
        assert!(plain.contains(binding.words), "{}", binding.words);
    }
}
