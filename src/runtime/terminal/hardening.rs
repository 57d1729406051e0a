//! The process closed to others before it holds a token: no core file, no look into its memory.
//! Never here: anything that could fail without being said.

use std::io;

/// Turns core files off and, on Linux, keeps other processes of the same user from reading this
/// one's memory and environment. To be called first thing, before a token is read.
///
/// # Errors
/// When the system refuses one of the two. That is no reason to stop, only to be logged.
pub fn harden() -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let cores = setrlimit(
            Resource::Core,
            Rlimit {
                current: Some(0),
                maximum: Some(0),
            },
        );
        #[cfg(target_os = "linux")]
        rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
        cores?;
    }
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn a_hardened_process_leaves_no_core_and_shows_no_memory() {
        super::harden().unwrap();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
