//! What the program does most, timed: answers understood, keys applied, frames drawn. `cargo bench` prints the times.
//! Never a check: a machine under load must not turn a test red. Each bench tells the time it is meant to hold.

mod answers;
mod console;
mod history;
mod reading;

fn main() {
    divan::main();
}
