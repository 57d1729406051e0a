//! Which face: the console or a command; and the exit code.

use std::env;
use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use jiff::Timestamp;

use msgscope::app::{Event, State};
use msgscope::args::{Args, Command, refusal};
use msgscope::config::Config;
use msgscope::environment::Environment;
use msgscope::runtime::terminal::{self, Keys};
use msgscope::runtime::{self, Console};
use msgscope::{cli, demo};

fn main() -> ExitCode {
    terminal::install_panic_hook();
    let code = begin().unwrap_or_else(|error| {
        // Without standard error there is nobody to tell.
        let _ = writeln!(io::stderr(), "msgscope: {error}");
        2
    });
    ExitCode::from(code)
}

fn begin() -> Result<u8, Box<dyn Error>> {
    // A system that refuses it is no reason to stop: everything works without.
    let _ = terminal::harden();
    let args = refusal::arguments()?;
    let config = Config::new(&args.global, variable, || Box::new(io::stdin().lock()))?;
    match &args.command {
        Some(Command::Get(get)) => {
            let wanted = cli::get::wanted(&get.ids, &mut io::stdin().lock())?;
            let (settings, identity) = (config.settings.clone(), config.identity());
            let printed = cli::get::to_standard_output(settings, identity, wanted, get.format);
            Ok(runtime::runtime()?.block_on(runtime::until_interrupted(printed)))
        }
        None => show(config, &args),
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

fn show(mut config: Config, args: &Args) -> Result<u8, Box<dyn Error>> {
    let mut first = vec![Event::Submitted(cli::ids(&args.ids)?)];
    terminal::gate(if Config::reads_input(&args.global) {
        Keys::OwnTerminal
    } else {
        Keys::StandardInput
    })?;
    let (mut hints, mut server) = (Vec::new(), None);
    if args.demo {
        let runtime = runtime::runtime()?;
        let demo = runtime.block_on(demo::start())?;
        config.use_demo(&demo.base_url, &demo.token)?;
        let examples = demo::examples().map(|(id, what)| (id.to_owned(), what.to_owned()));
        hints = examples.collect();
        first.insert(0, Event::Filled(cli::ids(demo::seen_first())?));
        server = Some((runtime, demo));
    }
    let environment = Environment::from_lookup(variable);
    let setting = config.setting(environment.is_remote(), hints);
    let console = Console {
        state: State::new(setting, 80, 24, Timestamp::now()),
        theme: config.theme(&environment),
        identity: config.identity(),
        settings: config.settings,
        route: environment.clipboard_route(config.clipboard),
        hint: environment.first_copy_hint(),
        frame_floor: environment.frame_floor(),
        first,
    };
    runtime::run(console, server)
}
