//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// A desktop in the browser for any headless Linux server, over plain SSH.
///
/// Without a command it serves the desktop on this computer's loopback addresses and opens it in
/// the browser. Nothing is installed on any server, and nothing listens on any other address.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) serve: Serve,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

/// What every command takes.
#[derive(Args)]
pub(crate) struct Common {
    /// The folder of the local database and the known host keys [default: the system's place for
    /// a program's data]
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) data_dir: Option<PathBuf>,

    /// The SSH configuration that is followed, instead of your own and the system's; `none`: none
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) ssh_config: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Serve the desktop; the default
    Serve(Serve),
    /// Let a locked page, or another browser, into the HeadlessOS that runs
    #[command(
        after_help = "It opens an address in your browser that is good once, for a minute. A locked page \
        of that browser goes on where it was. Who can write in the data folder can do this, and nobody else."
    )]
    Unlock(Unlock),
    /// List the saved servers
    Servers,
    /// Ask a server something and print the reading as JSON
    #[command(
        after_help = "Examples:\n  headlessos get this-computer system.memory\n  \
        headlessos get root@192.0.2.7:2222 storage.filesystems --args '{\"path\":\"/home\"}'\n\n\
        `headlessos catalog` lists the queries. The exit code is 0 where there is an answer, 1 \
        where there is none, 2 where an argument was refused."
    )]
    Get(Get),
    /// Follow what goes on on a server, one record of JSON a line, until it is stopped
    #[command(after_help = "Example:\n  headlessos follow web1 docker.events\n\n\
        `headlessos catalog` lists the feeds.")]
    Follow(Follow),
    /// Make ports of this computer lead to hosts as seen from a server, until Ctrl+C
    #[command(after_help = "Examples:\n  headlessos forward web1 -L 3000\n  \
        headlessos forward web1 -L 5432:db.internal:5432 -D 1080\n\n\
        The addresses are printed. Each server has a loopback address of its own, so that a browser \
        does not give the cookies of one to another. Any user of this computer can connect to them.")]
    Forward(Forward),
    /// Choose the language model that may read what no parser understands, and see what it cost
    #[command(after_help = "Examples:\n  headlessos model use ollama llama3.2\n  \
        headlessos model use compatible my-model --address http://127.0.0.1:8080/v1\n  \
        headlessos model key < key.txt\n\n\
        Without a model none is ever asked. With one, a server's profile says whether it may read \
        what that server prints: always, never, or when a person says so (`get --by-model`).")]
    Model(Model),
    /// List a folder of a server
    #[command(
        after_help = "Examples:\n  headlessos ls web1:/etc\n  headlessos ls -l root@192.0.2.7:2222:/var/log\n\n\
        A path that does not begin with / is one in the home folder. What a terminal would act on is \
        shown escaped; --null prints names as they are."
    )]
    Ls(Ls),
    /// Copy files, between this computer and a server or between two servers
    #[command(
        after_help = "Examples:\n  headlessos cp notes.txt web1:/srv/\n  headlessos cp -r web1:/etc backup\n  \
        headlessos cp -r --verify web1:/srv/data web2:/srv/\n\n\
        A file appears under its name when it is whole. After an interruption, the same command with \
        --resume goes on where it was. The exit code is 0 where all was copied, 1 where something was \
        not, which is then named."
    )]
    Cp(Cp),
    /// Show what was done on the servers, and check that the journal of it is whole
    #[command(
        after_help = "Examples:\n  headlessos activity --since 7d --changes\n  \
        headlessos activity web1 port --since 2026-11-24 --until 2026-11-25\n  \
        headlessos activity web1 --script > replay.sh\n  headlessos activity --verify\n\n\
        Every line of the journal is covered by the hash of the next. `--verify` prints the hash of the \
        last: noted elsewhere and given to a later `--verify HASH`, it shows that all up to it is as it \
        was. The exit code is 1 where a line was changed or is missing."
    )]
    Activity(Activity),
    /// List this computer's keys, make one, or put one on a server
    #[command(after_help = "Examples:\n  headlessos key new --comment ada@desk\n  \
        headlessos key install web1 ~/.ssh/id_ed25519_headlessos\n\n\
        A key is installed over SFTP into ~/.ssh/authorized_keys of the user who logs in, once, \
        however often that is asked.")]
    Key(Key),
    /// Test the way to a server, step by step
    #[command(after_help = "Example:\n  headlessos test web1\n\n\
        Nothing is changed on the server and no new host key is trusted. The exit code is 0 where \
        every step went well or with a warning, 1 where one failed or the host key is not known.")]
    Test(Test),
    /// Turn what any command printed into typed JSON, from a pipe or a file
    #[command(after_help = "Examples:\n  df -h | headlessos parse df -h\n  \
        headlessos parse --command \"sudo ss -tulpn\" < saved.txt\n  \
        ps aux 2>errors | headlessos parse --stderr errors ps aux\n\n\
        The command is not run: it tells what the input is. `--list` names the commands that are \
        read. What was not understood comes back as `unread`, with line numbers. The exit code is \
        0 where all was read, 1 where some of it was, 2 where the command line makes no sense, 3 \
        where there is no parser, 4 where none understood it, 5 where the output is itself an \
        error message, which is then told apart: unsupported, denied, unavailable, empty.")]
    Parse(Parse),
    /// List every query and feed there is
    Catalog {
        /// As JSON, with the schemas of arguments and answers
        #[arg(long)]
        json: bool,
    },
    /// Print the command that a query would run, without running it
    Show(Show),
    /// Print a completion script for your shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: Shell,
    },
    /// Print the OpenAPI document
    #[command(hide = true)]
    Openapi,
}

#[derive(Args)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1 and ::1; the next free one if it is taken, any if it is 0
    #[arg(long, value_name = "N", default_value_t = 3001)]
    pub(crate) port: u16,
    /// Do not open the browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// When ready, print one line of JSON: {"url":..,"launchUrl":..}
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Activity {
    /// The id or name of a server [default: all]
    pub(crate) server: Option<String>,
    /// Words that all stand in what is looked for
    pub(crate) words: Vec<String>,
    /// Begun at this time or later: 2026-11-24, 2026-11-24T08:00, or 30m, 12h, 7d ago
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Begun before this time
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Only what may have changed something
    #[arg(long)]
    pub(crate) changes: bool,
    /// At most so many, the newest
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) limit: u32,
    /// Print the entries as lines of JSON, newest first
    #[arg(long, conflicts_with_all = ["script", "lines", "verify"])]
    pub(crate) json: bool,
    /// Print a commented shell script, oldest first
    #[arg(long, conflicts_with_all = ["lines", "verify"])]
    pub(crate) script: bool,
    /// Print every line of the journal as it is kept, with its hash
    #[arg(long, conflicts_with = "verify")]
    pub(crate) lines: bool,
    /// Check every line, and that the one with HASH is there
    #[arg(long, value_name = "HASH", num_args = 0..=1, default_missing_value = "")]
    pub(crate) verify: Option<String>,
}

#[derive(Args)]
pub(crate) struct Unlock {
    /// The port of the one that is meant, where more than one runs
    #[arg(long = "port", value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Print the address and do not open the browser
    #[arg(long = "no-open")]
    pub(crate) no_open: bool,
}

#[derive(Args)]
pub(crate) struct Get {
    /// The id or name of a saved server, or user@host[:port]
    pub(crate) server: String,
    /// The query's id, for example system.load
    pub(crate) query: String,
    /// The query's arguments, a JSON object
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) args: String,
    /// Add the raw output to the reading
    #[arg(long)]
    pub(crate) raw: bool,
    /// Have the chosen language model read the output if no parser understands it
    #[arg(long)]
    pub(crate) by_model: bool,
    /// Ask as root; a password that it takes is asked for here
    #[arg(long)]
    pub(crate) administrator: bool,
    /// Write what the server printed into this folder as a fixture, without secrets, names and addresses
    #[arg(long, value_name = "DIR")]
    pub(crate) record: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Model {
    #[command(subcommand)]
    pub(crate) verb: Option<ModelVerb>,
}

#[derive(Subcommand)]
pub(crate) enum ModelVerb {
    /// Print which model is chosen and where its key is; the default
    Status,
    /// Choose a model
    Use {
        /// Who runs it
        provider: ModelProvider,
        /// Its name there
        model: String,
        /// Where, for example https://api.example.com/v1 [default: the provider's own address]
        #[arg(long, value_name = "URL")]
        address: Option<String>,
    },
    /// Choose none: no model is ever asked
    Off,
    /// Keep the chosen model's key in the keychain; asks for it, or reads it from a pipe
    Key {
        /// Forget it instead
        #[arg(long)]
        remove: bool,
    },
    /// Have the chosen model read a text that no server printed
    Test,
    /// Set what a model costs, in US dollars for a million tokens
    Price {
        /// The model's name, or its beginning before a `-`
        model: String,
        /// For what is asked
        prompt_usd: f64,
        /// For what is replied
        completion_usd: f64,
    },
    /// Print what models were used for: tokens, cost, latency, cache hits
    Stats {
        /// Of the last so many days alone
        #[arg(long, value_name = "N")]
        days: Option<u32>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// Who runs a model.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum ModelProvider {
    Openai,
    Anthropic,
    Ollama,
    /// Anybody who speaks as OpenAI does
    Compatible,
}

#[derive(Args)]
pub(crate) struct Key {
    #[command(subcommand)]
    pub(crate) verb: KeyVerb,
}

#[derive(Subcommand)]
pub(crate) enum KeyVerb {
    /// List the keys in ~/.ssh
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a key; asks for its passphrase, or reads that from a pipe
    New {
        /// Its type
        #[arg(long = "type", value_name = "TYPE", default_value = "ed25519")]
        kind: KeyKind,
        /// What is written behind its public half
        #[arg(long)]
        comment: Option<String>,
        /// The file of its private half [default: a free name in ~/.ssh]
        #[arg(long)]
        path: Option<String>,
        /// Without a passphrase: whoever has the file has the key
        #[arg(long)]
        no_passphrase: bool,
    },
    /// Put a key's public half on a server
    Install {
        /// The id or name of a saved server, or user@host[:port]
        server: String,
        /// The key's file [default: the only one in ~/.ssh]
        key: Option<String>,
    },
}

/// The type of a key.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum KeyKind {
    Ed25519,
    Rsa4096,
    Ecdsa,
}

#[derive(Args)]
pub(crate) struct Test {
    /// The id or name of a saved server, or user@host[:port]
    pub(crate) server: String,
    /// One line of JSON as each step begins and ends
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Follow {
    /// The id or name of a saved server, or user@host[:port]
    pub(crate) server: String,
    /// The feed's id, for example docker.events
    pub(crate) feed: String,
    /// The feed's arguments, a JSON object
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) args: String,
    /// Follow as root; a password that it takes is asked for here
    #[arg(long)]
    pub(crate) administrator: bool,
}

#[derive(Args)]
pub(crate) struct Forward {
    /// The id or name of a saved server, or user@host[:port]
    pub(crate) server: String,
    /// A port that leads to a host as seen from the server; the host is the server itself where
    /// there is none
    #[arg(
        short = 'L',
        value_name = "[[PORT:]HOST:]PORT",
        required_unless_present = "dynamic"
    )]
    pub(crate) local: Vec<String>,
    /// A port for SOCKS clients, which lead where they want; 0 takes any
    #[arg(short = 'D', value_name = "PORT")]
    pub(crate) dynamic: Vec<u16>,
}

#[derive(Args)]
pub(crate) struct Parse {
    /// The command that printed it, with its options, or the id of a query
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "COMMAND"
    )]
    pub(crate) words: Vec<String>,
    /// The same as one line, as it was typed
    #[arg(long, value_name = "LINE", conflicts_with = "words")]
    pub(crate) command: Option<String>,
    /// What the command ended with
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    pub(crate) exit_code: i32,
    /// What it printed to standard error
    #[arg(long, value_name = "FILE")]
    pub(crate) stderr: Option<PathBuf>,
    /// Read line by line as it comes, and print one record of JSON a line
    #[arg(long, conflicts_with_all = ["exit_code", "stderr", "schema", "list"])]
    pub(crate) stream: bool,
    /// Print the JSON Schemas of the answers instead
    #[arg(long, conflicts_with_all = ["exit_code", "stderr", "list"])]
    pub(crate) schema: bool,
    /// List the commands whose output is read
    #[arg(long, conflicts_with_all = ["words", "command", "exit_code", "stderr"])]
    pub(crate) list: bool,
}

#[derive(Args)]
pub(crate) struct Show {
    /// The query's id, for example services.unit
    pub(crate) query: String,
    /// The query's arguments, a JSON object
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) args: String,
    /// The tool to show; without it the one that is tried first
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
}

#[derive(Args)]
pub(crate) struct Ls {
    /// SERVER:PATH, where SERVER is the id or name of a saved server, or user@host[:port]
    pub(crate) place: String,
    /// Kind, permissions, owner, size and time too
    #[arg(short, long)]
    pub(crate) long: bool,
    /// Names that begin with a dot too
    #[arg(short, long)]
    pub(crate) all: bool,
    /// As JSON
    #[arg(long, conflicts_with_all = ["long", "null"])]
    pub(crate) json: bool,
    /// Names as they are, each ended by a NUL
    #[arg(short = '0', long, conflicts_with = "long")]
    pub(crate) null: bool,
    /// List as root; a password that it takes is asked for here
    #[arg(long)]
    pub(crate) administrator: bool,
}

#[derive(Args)]
pub(crate) struct Cp {
    /// What is copied, and last where to: a path of this computer, or SERVER:PATH
    #[arg(required = true, num_args = 2.., value_name = "SOURCE.. TARGET")]
    pub(crate) places: Vec<std::ffi::OsString>,
    /// Folders too, with all that is in them
    #[arg(short, long)]
    pub(crate) recursive: bool,
    /// Go on with what an earlier run left
    #[arg(long)]
    pub(crate) resume: bool,
    /// Read what arrived and compare it
    #[arg(long)]
    pub(crate) verify: bool,
    /// What happens where a name is taken
    #[arg(long, value_name = "WHAT", default_value = "replace")]
    pub(crate) conflict: Taken,
    /// Print nothing but what went wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Read and write on servers as root; a password that it takes is asked for here
    #[arg(long)]
    pub(crate) administrator: bool,
    /// The name of the production server whose files may be written over; asked for where it is needed
    #[arg(long, value_name = "NAME")]
    pub(crate) confirm: Option<String>,
}

/// What happens where a name is taken.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Taken {
    Replace,
    Skip,
    Rename,
    Newer,
}
