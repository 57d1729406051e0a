//! The command line as clap reads it. No logic here: what a flag means is decided in `config`.

mod get;
mod history;
pub mod refusal;
mod source;

use std::path::PathBuf;

use clap::builder::{
    FalseyValueParser, OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser,
};
use clap::{Args as Group, Parser, Subcommand, ValueEnum};

use crate::environment::ClipboardChoice;

pub use get::{Chosen, Format, Get, Words};
pub use history::{ExportFormat, HistoryCommand, HistoryFormat, ShowFormat};
pub use source::{Source, Sources};

/// Paste a HighLevel message id, see what happened to the message. Read only: nothing but GET is sent.
#[derive(Parser, Clone, PartialEq, Debug, Default)]
#[command(name = "msgscope", version)]
#[command(
    after_help = "Exit codes of get: 0 all found; 1 a status of --fail-on; 2 wrong usage; 3 not authorised;\n\
    4 not found or refused; 5 network, time-out, limit or server; 130 interrupted.\n\
    The token comes from MSGSCOPE_TOKEN or --token-file, never from an argument: other users can read those."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Message ids to look up at once
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Run against a small API inside the program: no token, no network
    #[arg(long)]
    pub demo: bool,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Subcommand, Clone, PartialEq, Debug)]
pub enum Command {
    /// Print messages and exit; `-` reads ids from standard input, one a line
    Get(Get),
    /// The console on a saved payload: an API answer, a page, a webhook's body, or lines of them; no token, no network
    View(View),
    /// List, search, print, export or clear what was looked up before; offline
    History(HistoryArgs),
    /// Say what a status, call status or error code means and what to try next; offline
    Explain(Explain),
    /// Print the settings in force and where each comes from
    Config(ConfigArgs),
    /// Show every theme with a sample
    Themes,
    /// Print what was found here, to be pasted into a ticket: settings, token source, terminal
    Doctor(Doctor),
    /// Print what a shell needs to complete this command line
    Completions(Completions),
    /// Print the manual page, in roff
    Man,
}

#[derive(Group, Clone, PartialEq, Debug)]
pub struct Completions {
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: ShellName,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShellName {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

#[derive(Group, Clone, PartialEq, Debug)]
pub struct HistoryArgs {
    #[command(subcommand)]
    pub command: Option<HistoryCommand>,
}

#[derive(Group, Clone, PartialEq, Debug)]
pub struct View {
    /// A file, or `-` for standard input
    #[arg(value_name = "FILE", value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub file: PathBuf,
}

#[derive(Group, Clone, PartialEq, Debug)]
pub struct Explain {
    /// Such as 30007, no-answer, "550 5.1.1", or an error's words
    #[arg(value_name = "CODE", required = true)]
    pub code: Vec<String>,
}

#[derive(Group, Clone, PartialEq, Debug)]
pub struct ConfigArgs {
    /// Print a config file that explains every setting, to start from
    #[arg(long)]
    pub example: bool,
    /// Print the key map, every action with its keys, to start from
    #[arg(long, conflicts_with = "example")]
    pub keymap: bool,
    /// Print the explanations of statuses and error codes, to start from
    #[arg(long, conflicts_with_all = ["example", "keymap"])]
    pub explanations: bool,
}

#[derive(Group, Clone, PartialEq, Debug)]
pub struct Doctor {
    /// Also ask the API for an id that cannot exist: are token, version and scope accepted?
    #[arg(long)]
    pub online: bool,
}

// Flags of every command; each has a variable, which it beats. No doc comment: clap would print it
// as what the program is.
#[derive(Group, Clone, PartialEq, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a flag is a boolean")]
pub struct Global {
    /// The sub-account to ask, by its name in the config file; always with its own token
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "MSGSCOPE_PROFILE",
        hide_env_values = true
    )]
    pub profile: Option<String>,
    /// Ask every sub-account of the config file at the same time: which one has the message?
    #[arg(long, global = true, env = "MSGSCOPE_ALL_PROFILES", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub all_profiles: bool,
    /// The config file [default: msgscope/config.toml in the platform's config folder]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "MSGSCOPE_CONFIG",
        hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub config: Option<PathBuf>,
    /// Where the API is [default: HighLevel's own]
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "MSGSCOPE_BASE_URL",
        hide_env_values = true
    )]
    pub base_url: Option<String>,
    /// The Version header [default: 2021-07-28]
    #[arg(
        long,
        global = true,
        value_name = "V",
        env = "MSGSCOPE_API_VERSION",
        hide_env_values = true
    )]
    pub api_version: Option<String>,
    /// A file that holds the token and nobody else can read; `-` is one line of standard input
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "MSGSCOPE_TOKEN_FILE",
        hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub token_file: Option<PathBuf>,
    /// Read the token from one line of standard input
    #[arg(long, global = true, env = "MSGSCOPE_TOKEN_STDIN", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub token_stdin: bool,
    /// Seconds for one try [default: 15]
    #[arg(
        long,
        global = true,
        value_name = "SECONDS",
        env = "MSGSCOPE_TIMEOUT",
        hide_env_values = true
    )]
    pub timeout: Option<String>,
    /// Log every request to a file that only you can read: path, status, timing, tries; no token, header or body
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "MSGSCOPE_LOG",
        hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub log: Option<PathBuf>,
    /// The folder of the history [default: msgscope in the platform's data folder]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "MSGSCOPE_DATA_DIR",
        hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub data_dir: Option<PathBuf>,
    /// The folder for recordings and attachments [default: the platform's folder for downloads, else the current one]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "MSGSCOPE_DOWNLOAD_DIR",
        hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub download_dir: Option<PathBuf>,
    /// Keep nothing of what is looked up on this machine
    #[arg(long, global = true, env = "MSGSCOPE_NO_HISTORY", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub no_history: bool,
    /// How to copy
    #[arg(long, global = true, value_name = "HOW", env = "MSGSCOPE_CLIPBOARD", hide_env_values = true, value_parser = clipboard())]
    pub clipboard: Option<ClipboardChoice>,
    /// The theme, by its name; `msgscope themes` shows them
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "MSGSCOPE_THEME",
        hide_env_values = true
    )]
    pub theme: Option<String>,
    /// Clicks, the wheel and drags work; the terminal's own selection then needs Shift
    #[arg(long, global = true, env = "MSGSCOPE_MOUSE", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub mouse: bool,
    /// Colours; auto heeds `NO_COLOR`
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        env = "MSGSCOPE_COLOR",
        hide_env_values = true,
        value_enum
    )]
    pub color: Option<ColorChoice>,
    // Their variables are read in `config`: clap would take one for as good as a flag, and have it
    // contradict the other flag.
    #[arg(
        long,
        global = true,
        conflicts_with = "unicode",
        help = "Draw with ASCII only [env: MSGSCOPE_ASCII]"
    )]
    pub ascii: bool,
    #[arg(
        long,
        global = true,
        help = "Draw with Unicode, whatever the locale says [env: MSGSCOPE_UNICODE]"
    )]
    pub unicode: bool,
}

/// The words of `ClipboardChoice`; an empty variable counts as none.
fn clipboard() -> impl TypedValueParser<Value = ClipboardChoice> {
    let auto = PossibleValue::new("auto").alias("");
    let others = ["native", "osc52", "tmux", "off"].map(PossibleValue::new);
    let words = std::iter::once(auto).chain(others);
    PossibleValuesParser::new(words).try_map(|word| match word.as_str() {
        "" => Ok(ClipboardChoice::Auto),
        word => word.parse(),
    })
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColorChoice {
    // An empty variable counts as none.
    #[value(alias = "")]
    Auto,
    Always,
    Never,
}
