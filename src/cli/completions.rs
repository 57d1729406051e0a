//! `msgscope completions`: what a shell needs to complete this command line, made from it.
//! Never a flag or a command that is not there.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::{Args, ShellName};

/// Prints them to standard output; tells the exit code.
pub fn print(shell: ShellName) -> u8 {
    let script = script(shell);
    let mut out = io::stdout().lock();
    super::code(
        out.write_all(&script)
            .and_then(|()| out.flush())
            .map(|()| 0),
    )
}

/// The script of a shell.
pub fn script(shell: ShellName) -> Vec<u8> {
    let shell = match shell {
        ShellName::Bash => Shell::Bash,
        ShellName::Elvish => Shell::Elvish,
        ShellName::Fish => Shell::Fish,
        ShellName::Powershell => Shell::PowerShell,
        ShellName::Zsh => Shell::Zsh,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "msgscope", &mut script);
    script
}
