//! Which face: the console or a command; and the exit code.

use std::io::{self, Write as _};
use std::{error::Error, process::ExitCode};

use msgscope::args::{Args, Command, refusal};
use msgscope::config::{Config, Given};
use msgscope::runtime::{self, Console, Outside, terminal};
use msgscope::{app::Event, cli, cli::get::Asker, demo, environment::Environment};

fn main() -> ExitCode {
    terminal::install_panic_hook();
    ExitCode::from(begin().unwrap_or_else(|error| {
        // Without standard error there is nobody to tell.
        let _ = writeln!(io::stderr(), "msgscope: {}", cli::harmless(&*error));
        cli::exit_code(&*error)
    }))
}

fn begin() -> Result<u8, Box<dyn Error>> {
    // A system that refuses it is no reason to stop: everything works without.
    let _ = terminal::harden();
    if let Some(code) = cli::completions::answered(variable) {
        return Ok(code);
    }
    let (args, sources) = refusal::arguments()?;
    let config = Config::read(&Given::of(&args, &sources, &variable));
    match &args.command {
        Some(Command::Config(wanted)) => Ok(cli::config::print(wanted, config)?),
        Some(Command::Themes) => Ok(cli::themes::print(&config?, variable)),
        Some(Command::Doctor(doctor)) => {
            let facts = cli::doctor::Facts::new(variable, terminal::size().ok().map(Into::into));
            ended(cli::doctor::print(config.as_ref(), &facts, doctor.online))
        }
        Some(Command::Get(get)) => ended(cli::get::to_standard_output(Asker::new(&config?), get)),
        Some(Command::Completions(wanted)) => Ok(cli::completions::print(wanted.shell)),
        Some(Command::Man) => Ok(cli::man::print()),
        Some(Command::Explain(named)) => Ok(cli::explain::print(&config?, named)),
        Some(Command::History(args)) => ended(cli::history::print(&config?, &args.command)),
        Some(Command::View(view)) => show(cli::view::read(config?, view)?, &args),
        None => show((config?, None), &args),
    }
}

/// The exit code of a command that waits for something.
fn ended(command: impl Future<Output = u8>) -> Result<u8, Box<dyn Error>> {
    Ok(runtime::command_runtime()?.block_on(runtime::until_interrupted(command)))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn show((mut config, payload): cli::view::Begun, args: &Args) -> Result<u8, Box<dyn Error>> {
    let mut first = vec![Event::Submitted(cli::ids(&args.ids)?)];
    terminal::gate(terminal::Keys::beside(config.input_read))?;
    let (mut hints, mut server) = (Vec::new(), None);
    if args.demo {
        let runtime = runtime::runtime()?;
        let demo = runtime.block_on(demo::start())?;
        config.use_demo(&demo.base_url, &demo.token)?;
        hints.extend(demo::hints());
        first.insert(0, Event::Filled(cli::ids(demo::seen_first())?));
        server = Some((runtime, demo));
    }
    let environment = Environment::from_lookup(variable);
    let outside = Outside {
        clients: config.clients(),
        history: (config.store(), config.retention()),
        payload,
        downloads: config.downloads(),
        copying: environment.copying(config.clipboard.value),
        hidden: config.hidden.clone(),
        zone: config.zone.value.clone(),
        explanations: config.explanations.clone(),
    };
    let setting = config.setting(environment.is_remote(), hints);
    let looks = (config.theme(&environment), environment.frame_floor());
    runtime::run(Console::new(setting, looks, outside, first), server)
}
