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
/// then, but not SIGSTOP. Where the kernel does not tell, it counts as orphaned.
#[cfg(unix)]
fn is_orphaned() -> bool {
    let Some(own) = Kin::of_self() else {
        return true;
    };
    let mut parent = own.parent;
    while let Some(kin) = parent.and_then(Kin::of) {
        // A wrapper of the same job: what counts is who started that.
        if kin.group != own.group {
            return kin.session != own.session;
        }
        parent = kin.parent;
    }
    true
}

/// A process's place in job control.
#[cfg(unix)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Kin {
    /// None for a process whose parent is not to be seen from here.
    parent: Option<rustix::process::Pid>,
    group: i32,
    session: i32,
}

/// From `/proc`, where a group or a session that began outside of a container is 0: the system
/// calls tell the same, but are bound to say more than 0.
#[cfg(target_os = "linux")]
impl Kin {
    fn of_self() -> Option<Self> {
        // In a group from outside nobody knows who is in it.
        Self::of(rustix::process::getpid()).filter(|own| own.group > 0)
    }

    fn of(process: rustix::process::Pid) -> Option<Self> {
        // A process that is gone or hidden is answered by none.
        let line = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        Self::in_stat(&line)
    }

    /// The second to fourth field after the name, which is in brackets and may hold brackets itself.
    fn in_stat(stat: &str) -> Option<Self> {
        let (_, after_name) = stat.rsplit_once(')')?;
        let mut numbers = after_name
            .split_ascii_whitespace()
            .skip(1)
            .map_while(|field| field.parse().ok());
        Some(Self {
            parent: rustix::process::Pid::from_raw(numbers.next()?),
            group: numbers.next()?,
            session: numbers.next()?,
        })
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
impl Kin {
    fn of_self() -> Option<Self> {
        Self::of(rustix::process::getpid())
    }

    fn of(process: rustix::process::Pid) -> Option<Self> {
        use rustix::process::{getpgid, getsid};
        Some(Self {
            parent: parent_of(process),
            group: getpgid(Some(process)).ok()?.as_raw_nonzero().get(),
            session: getsid(Some(process)).ok()?.as_raw_nonzero().get(),
        })
    }
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
    fn kin_are_read_past_a_name_with_brackets() {
        let kin = Kin {
            parent: rustix::process::Pid::from_raw(17),
            group: 4242,
            session: 17,
        };
        let stat = "4242 (a) b (c)) S 17 4242 17 34816";
        assert_eq!(Kin::in_stat(stat), Some(kin));
        assert_eq!(Kin::in_stat("4242"), None);
        assert_eq!(Kin::in_stat("4242 (a) S 17"), None);
    }

    #[test]
    fn a_parent_group_and_session_outside_of_the_container_are_zero() {
        let kin = Kin {
            parent: None,
            group: 0,
            session: 0,
        };
        assert_eq!(Kin::in_stat("1 (sh) S 0 0 0 34816"), Some(kin));
    }

    #[test]
    fn the_kernel_and_this_agree_on_the_own_parent() {
        let own = Kin::of(rustix::process::getpid());
        assert_eq!(own.map(|own| own.parent), Some(rustix::process::getppid()));
    }
}
