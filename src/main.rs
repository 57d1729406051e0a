//! Which face: the console or a command; and the exit code.

use std::env;
use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use msgscope::app::Event;
use msgscope::args::{Args, Command, refusal};
use msgscope::config::{Config, Given};
use msgscope::environment::Environment;
use msgscope::runtime::{self, Console, Outside, terminal};
use msgscope::{cli, cli::get::Asker, demo};

fn main() -> ExitCode {
    terminal::install_panic_hook();
    let code = begin().unwrap_or_else(|error| {
        // Without standard error there is nobody to tell.
        let _ = writeln!(io::stderr(), "msgscope: {}", cli::harmless(&*error));
        2
    });
    ExitCode::from(code)
}

fn begin() -> Result<u8, Box<dyn Error>> {
    // A system that refuses it is no reason to stop: everything works without.
    let _ = terminal::harden();
    let (args, sources) = refusal::arguments()?;
    let config = Config::read(&Given::new(&args.global, &sources, &variable));
    match &args.command {
        Some(Command::Config(wanted)) => Ok(cli::config::print(wanted, config)?),
        Some(Command::Themes) => Ok(cli::themes::print(&config?, variable)),
        Some(Command::Doctor(doctor)) => {
            let facts = cli::doctor::Facts::new(variable, terminal::size().ok().map(Into::into));
            let told = cli::doctor::print(config.as_ref(), &facts, doctor.online);
            Ok(runtime::runtime()?.block_on(runtime::until_interrupted(told)))
        }
        Some(Command::Get(get)) => {
            let config = config?;
            let asker = Asker::new(config.clients(), config.whom.value, config.zone.value);
            let wanted = cli::get::wanted(&get.ids, &mut io::stdin().lock())?;
            let printed = cli::get::to_standard_output(asker, wanted, get.format);
            Ok(runtime::runtime()?.block_on(runtime::until_interrupted(printed)))
        }
        None => show(config?, &args),
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

fn show(mut config: Config, args: &Args) -> Result<u8, Box<dyn Error>> {
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
        store: config.store(),
        copying: environment.copying(config.clipboard.value),
        hidden: config.hidden.clone(),
        zone: config.zone.value.clone(),
    };
    let setting = config.setting(environment.is_remote(), hints);
    let floor = environment.frame_floor();
    let look = (config.theme(&environment), floor, config.asked_for());
    runtime::run(Console::new(setting, look, outside, first), server)
}
