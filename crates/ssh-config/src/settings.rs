//! What the files say about one host, with every token replaced.

use std::path::PathBuf;

use crate::{Algorithms, Forward, Jump, patterns};

/// How to reach a host. Where the files say nothing, ssh's own default stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where to connect: a name in lower case, or an address without brackets.
    pub host_name: String,
    /// The TCP port.
    pub port: u16,
    /// Who to log in as.
    pub user: String,
    /// `AddressFamily`.
    pub address_family: AddressFamily,
    /// `BindAddress`: the local address to connect from.
    pub bind_address: Option<String>,
    /// `ConnectTimeout`, in seconds; `None`: as long as the system waits.
    pub connect_timeout: Option<u32>,
    /// `ConnectionAttempts`, from 1.
    pub connection_attempts: u32,
    /// `TCPKeepAlive`.
    pub tcp_keep_alive: bool,
    /// `ServerAliveInterval`, in seconds; 0: off.
    pub server_alive_interval: u32,
    /// `ServerAliveCountMax`.
    pub server_alive_count_max: u32,
    /// `Compression`.
    pub compression: bool,

    /// `ProxyJump`: the servers on the way, first to last; empty: straight there.
    pub proxy_jump: Vec<Jump>,
    /// `ProxyCommand`, not expanded: it is not run. Such a host cannot be reached.
    pub proxy_command: Option<String>,

    /// `IdentityFile`, in order, each once; ssh's default files where none is named.
    pub identity_files: Vec<PathBuf>,
    /// Whether the files name at least one `IdentityFile`, be it `none`.
    pub identities_named: bool,
    /// `IdentitiesOnly`: only the keys of `identity_files`, also from the agent.
    pub identities_only: bool,
    /// `IdentityAgent`.
    pub identity_agent: Agent,
    /// `CertificateFile`, in order, each once.
    pub certificate_files: Vec<PathBuf>,
    /// `PreferredAuthentications`, in order; `None`: ssh's own order.
    pub preferred_authentications: Option<Vec<String>>,
    /// `PubkeyAuthentication`; also its forms `unbound` and `host-bound`.
    pub pubkey_authentication: bool,
    /// `PasswordAuthentication`.
    pub password_authentication: bool,
    /// `KbdInteractiveAuthentication`.
    pub kbd_interactive_authentication: bool,
    /// `NumberOfPasswordPrompts`.
    pub number_of_password_prompts: u32,
    /// `BatchMode`: ssh would ask nothing.
    pub batch_mode: bool,
    /// `RequiredRSASize`, in bits; `None`: ssh's own limit.
    pub required_rsa_size: Option<u32>,

    /// `HostKeyAlias`, in lower case: the name to look for in known_hosts.
    pub host_key_alias: Option<String>,
    /// `UserKnownHostsFile`; empty: `none`.
    pub user_known_hosts_files: Vec<PathBuf>,
    /// `GlobalKnownHostsFile`; empty: `none`.
    pub global_known_hosts_files: Vec<PathBuf>,
    /// `StrictHostKeyChecking`.
    pub strict_host_key_checking: StrictHostKeyChecking,
    /// `CheckHostIP`.
    pub check_host_ip: bool,
    /// `HashKnownHosts`.
    pub hash_known_hosts: bool,

    /// `KexAlgorithms`.
    pub kex_algorithms: Algorithms,
    /// `Ciphers`.
    pub ciphers: Algorithms,
    /// `MACs`.
    pub macs: Algorithms,
    /// `HostKeyAlgorithms`.
    pub host_key_algorithms: Algorithms,
    /// `PubkeyAcceptedAlgorithms`.
    pub pubkey_accepted_algorithms: Algorithms,
    /// `CASignatureAlgorithms`.
    pub ca_signature_algorithms: Algorithms,

    /// `SendEnv`: names of variables, with `*` and `?`.
    pub send_env: Vec<String>,
    /// `SetEnv`: names and values.
    pub set_env: Vec<(String, String)>,
    /// `RequestTTY`.
    pub request_tty: RequestTty,
    /// `RemoteCommand`, its tokens replaced. It is data: nothing here runs it.
    pub remote_command: Option<String>,
    /// `SessionType`.
    pub session_type: SessionType,
    /// `LogLevel`, in lower case.
    pub log_level: String,

    /// `ForwardAgent`.
    pub forward_agent: ForwardAgent,
    /// `LocalForward`.
    pub local_forwards: Vec<Forward>,
    /// `DynamicForward`.
    pub dynamic_forwards: Vec<Forward>,
    /// `RemoteForward`.
    pub remote_forwards: Vec<Forward>,
    /// `ExitOnForwardFailure`.
    pub exit_on_forward_failure: bool,

    /// What the files ask for and this program does not do, each once, in order.
    pub unsupported: Vec<Unsupported>,
}

impl Settings {
    /// Whether a variable of this computer is sent (`SendEnv`).
    #[must_use]
    pub fn sends(&self, name: &str) -> bool {
        self.send_env
            .iter()
            .any(|pattern| patterns::fits(name, pattern))
    }
}

/// An option that applies to the host and is not acted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// As the user wrote it.
    pub keyword: String,
    /// As the user wrote it, with white space around it removed.
    pub value: String,
    /// Where it stands.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
    /// Whether it stands in a file of the system, which applies to every host of every user.
    pub of_system: bool,
    /// What is not done, in a short sentence without a full stop.
    pub why: String,
}

/// Which addresses to connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFamily {
    /// Either.
    Any,
    /// IPv4 only.
    Inet,
    /// IPv6 only.
    Inet6,
}

/// Which agent to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agent {
    /// The one of the environment, `SSH_AUTH_SOCK`.
    Default,
    /// None at all.
    None,
    /// The one that listens here.
    Socket(PathBuf),
}

/// Whether the server may use the agent here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForwardAgent {
    /// No.
    No,
    /// The agent that is used to log in.
    Yes,
    /// The agent at this socket, or of this variable (`$NAME`).
    Socket(String),
}

/// What to do with a host key that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrictHostKeyChecking {
    /// Refuse.
    Yes,
    /// Ask.
    Ask,
    /// Take it, and remember it; a changed one is refused.
    AcceptNew,
    /// Take it; a changed one too, with a warning.
    Off,
}

/// Whether a command gets a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestTty {
    /// For a shell, and not for a command.
    Auto,
    /// Never.
    No,
    /// Where there is one here.
    Yes,
    /// Always.
    Force,
}

/// What a session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionType {
    /// A shell or a command.
    Default,
    /// Forwards only.
    None,
    /// A subsystem.
    Subsystem,
}
