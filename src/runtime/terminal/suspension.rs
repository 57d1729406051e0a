//! Ctrl-Z: the terminal given back, the job stopped, the terminal taken again.
//! Never here: a stop that nobody could end.

use std::io;

use crate::runtime::signals::Signals;

/// Stops the whole job as the terminal's own Ctrl-Z would (a wrapper script and the other end of a
/// pipe stop too, or the shell would wait for them) and returns when it is continued, with the
/// terminal taken again: everything has to be repainted then. `true` when it really stopped.
///
/// Does nothing, and answers `false`, where no shell could continue the job: as a login command,
/// under `ssh -t host msgscope`, as the only program of a tmux window.
///
/// # Errors
/// When the stop is refused or the terminal cannot be taken again.
#[cfg(unix)]
pub fn suspend(signals: &mut Signals) -> io::Result<bool> {
    if is_orphaned() {
        return Ok(false);
    }
    super::leave();
    let stopped = stop();
    signals.forget_stop();
    super::enter_again()?;
    stopped.map(|()| true)
}

#[cfg(not(unix))]
pub fn suspend(_signals: &mut Signals) -> io::Result<bool> {
    Ok(false)
}

/// Everyone in the job gets SIGTSTP; here that is caught, so this process stops itself by SIGSTOP.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    kill_current_process_group(Signal::TSTP)?;
    signal_hook::low_level::emulate_default_handler(Signal::TSTP.as_raw())
}

/// Whether the process group is orphaned, in the sense of POSIX job control: no parent outside the
/// group but inside the session, so no shell that could continue it. The kernel ignores SIGTSTP
/// then, but not SIGSTOP.
#[cfg(unix)]
fn is_orphaned() -> bool {
    use rustix::process::{getpgid, getpgrp, getppid, getsid};
    let (group, session) = (getpgrp(), getsid(None));
    let mut parent = getppid();
    while let Some(process) = parent {
        match getpgid(Some(process)) {
            // A wrapper of the same job: what counts is who started that.
            Ok(its_group) if its_group == group => parent = parent_of(process),
            Ok(_) => return getsid(Some(process)) != session,
            Err(_) => return true,
        }
    }
    true
}

#[cfg(target_os = "linux")]
fn parent_of(process: rustix::process::Pid) -> Option<rustix::process::Pid> {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    parent_in(&line).and_then(rustix::process::Pid::from_raw)
}

/// The second field after the name, which is in brackets and may hold brackets itself.
#[cfg(target_os = "linux")]
fn parent_in(stat: &str) -> Option<i32> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_ascii_whitespace().nth(1)?.parse().ok()
}

#[cfg(all(unix, not(target_os = "linux")))]
fn parent_of(process: rustix::process::Pid) -> Option<rustix::process::Pid> {
    let process = process.to_string();
    let asked = std::process::Command::new("ps")
        .args(["-o", "ppid=", "-p", &process])
        .output()
        .ok()?;
    let parent = std::str::from_utf8(&asked.stdout)
        .ok()?
        .trim()
        .parse()
        .ok()?;
    rustix::process::Pid::from_raw(parent)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_parent_is_read_past_a_name_with_brackets() {
        assert_eq!(parent_in("4242 (a) b (c)) S 17 4242 4242 34816"), Some(17));
        assert_eq!(parent_in("4242"), None);
    }

    #[test]
    fn the_kernel_and_this_agree_on_the_own_parent() {
        assert_eq!(
            parent_of(rustix::process::getpid()),
            rustix::process::getppid()
        );
    }
}
