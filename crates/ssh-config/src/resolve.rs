//! From what was asked and what the files say to the settings of one host.

use std::path::{Path, PathBuf};

use crate::{
    AddressFamily, Agent, Algorithms, Asked, Config, End, Forward, ForwardAgent, Jump, Outside,
    RequestTty, SessionType, Settings, StrictHostKeyChecking, Trouble, address,
    expand::{self, OF_JUMPS, OF_USER, Tokens, USUAL},
    jumps,
    pass::Pass,
    places,
    state::{Listed, State},
    trouble::Place,
};

/// The keys that ssh tries where none is named, but for the kinds that nobody has any more: DSA,
/// which a newer ssh leaves out too, and XMSS, which no released one can use.
const DEFAULT_KEYS: [&str; 5] = [
    "~/.ssh/id_rsa",
    "~/.ssh/id_ecdsa",
    "~/.ssh/id_ecdsa_sk",
    "~/.ssh/id_ed25519",
    "~/.ssh/id_ed25519_sk",
];

pub(crate) fn resolve(
    config: &Config,
    asked: &Asked,
    outside: &Outside<'_>,
) -> Result<Settings, Trouble> {
    jumps::check(&asked.host, asked.user.as_deref())?;
    let home = config
        .home
        .as_deref()
        .map(Path::to_string_lossy)
        .unwrap_or_default();
    let mut state = on_the_command_line(asked);
    let mut pass = Pass::new(asked, outside, &asked.host, &home, &mut state);
    for section in &config.sections {
        pass.read(section)?;
    }
    let mut wants_last = pass.wants_last;
    let host = host_name(&state, &asked.host)?;
    wants_last |= state
        .text("canonicalizehostname")
        .is_some_and(|text| text != "no");
    if wants_last {
        state.put("hostname", host.clone());
        let mut pass = Pass::new(asked, outside, &host, &home, &mut state);
        pass.is_last = true;
        for section in &config.sections {
            pass.read(section)?;
        }
    }
    if let Some(why) = state.text("refuseconnection") {
        let why = format!("RefuseConnection: {why}");
        let place = state
            .get("refuseconnection")
            .and_then(|said| said.place.as_ref());
        return Err(place.map_or_else(|| Trouble::asked(&*why), |place| Trouble::at(place, &*why)));
    }
    let mut tokens = tokens(&state, asked, host, &home);
    let of_file = state.get("user").filter(|said| said.place.is_some());
    if let Some(user) = of_file.and_then(|said| said.values.first()) {
        tokens.user = tokens
            .replaced(user, OF_USER, outside.variable)
            .map_err(|why| said(&state, "user", why))?;
    }
    Finish {
        tokens,
        home: config.home.as_deref(),
        outside,
        state: &state,
    }
    .settings()
}

fn on_the_command_line(asked: &Asked) -> State {
    let mut state = State::default();
    if let Some(user) = &asked.user {
        state.put("user", user.clone());
    }
    if let Some(port) = asked.port {
        state.put("port", port.to_string());
    }
    if !asked.jumps.is_empty() {
        state.jumps = Some((asked.jumps.clone(), None));
        state.put("proxycommand", "none".to_owned());
    }
    state
}

/// The name to connect to after the first reading.
fn host_name(state: &State, asked: &str) -> Result<String, Trouble> {
    let only_host = Tokens {
        host: asked.to_owned(),
        ..Tokens::default()
    };
    let host = match state.text("hostname") {
        Some(name) => only_host
            .percent(name, "h")
            .map_err(|why| said(state, "hostname", why))?,
        None => asked.to_owned(),
    };
    let usual = address::usual(&host, family(state));
    Ok(match usual {
        Some(usual) if usual.eq_ignore_ascii_case(&host) => host,
        Some(usual) => usual,
        None if address::looks_numeric(&host) => host,
        None => host.to_ascii_lowercase(),
    })
}

fn tokens(state: &State, asked: &Asked, host: String, home: &str) -> Tokens {
    let here = &asked.here;
    let alias = state.text("hostkeyalias").map(str::to_ascii_lowercase);
    Tokens {
        key_alias: alias.unwrap_or_else(|| asked.host.clone()),
        host,
        asked: asked.host.clone(),
        port: port(state),
        user: state.text("user").unwrap_or(&here.user).to_owned(),
        jump: state.last_jump(),
        local_user: here.user.clone(),
        local_id: here.user_id.clone(),
        local_host: here.host_name.clone(),
        home: home.to_owned(),
    }
}

fn port(state: &State) -> u16 {
    let port = state.text("port").and_then(|port| port.parse().ok());
    port.filter(|port| *port > 0).unwrap_or(22)
}

fn family(state: &State) -> AddressFamily {
    match state.text("addressfamily") {
        Some("inet") => AddressFamily::Inet,
        Some("inet6") => AddressFamily::Inet6,
        _ => AddressFamily::Any,
    }
}

/// The trouble with a value that was said.
fn said(state: &State, keyword: &str, why: String) -> Trouble {
    let place = state.get(keyword).and_then(|said| said.place.as_ref());
    at(place, why)
}

fn at(place: Option<&Place>, why: String) -> Trouble {
    match place {
        Some(place) => Trouble::at(place, why),
        None => Trouble::asked(why),
    }
}

/// The reading is over: defaults are filled in and tokens replaced.
struct Finish<'a> {
    tokens: Tokens,
    home: Option<&'a Path>,
    outside: &'a Outside<'a>,
    state: &'a State,
}

impl Finish<'_> {
    fn settings(self) -> Result<Settings, Trouble> {
        let state = self.state;
        let flag = |keyword: &str, default: bool| {
            state.text(keyword).map_or(default, |value| value == "yes")
        };
        let number = |keyword: &str, default: u32| state.number(keyword).unwrap_or(default);
        let algorithms =
            |keyword: &str| state.text(keyword).map(Algorithms::of).unwrap_or_default();
        let text = |keyword: &str| state.text(keyword).map(str::to_owned);
        let connection_attempts = number("connectionattempts", 1);
        if connection_attempts == 0 {
            let why = "ConnectionAttempts must be at least 1".to_owned();
            return Err(said(state, "connectionattempts", why));
        }
        let batch_mode = flag("batchmode", false);
        let proxy_jump = self.proxy_jump()?;
        let (local_forwards, dynamic_forwards) = self
            .forwards(&state.local_forwards)?
            .into_iter()
            .partition(|forward| forward.connect != End::Socks);
        if let Some(path) = state.text_or_none("controlpath") {
            self.path(path)
                .map_err(|why| said(state, "controlpath", why))?;
        }
        Ok(Settings {
            port: self.tokens.port,
            user: self.tokens.user.clone(),
            address_family: family(state),
            bind_address: text("bindaddress"),
            connect_timeout: state
                .number("connecttimeout")
                .filter(|seconds| *seconds > 0),
            connection_attempts,
            tcp_keep_alive: flag("tcpkeepalive", true),
            server_alive_interval: number("serveraliveinterval", if batch_mode { 300 } else { 0 }),
            server_alive_count_max: number("serveralivecountmax", 3),
            compression: flag("compression", false),
            proxy_command: state.text_or_none("proxycommand").map(str::to_owned),
            identity_files: self.identity_files()?,
            identities_named: !state.identity_files.is_empty(),
            identities_only: flag("identitiesonly", false),
            identity_agent: self.identity_agent()?,
            certificate_files: self.key_files(&state.certificate_files)?,
            preferred_authentications: state
                .text("preferredauthentications")
                .map(|list| list.split(',').map(str::to_owned).collect()),
            pubkey_authentication: !state.is("pubkeyauthentication", "no"),
            password_authentication: flag("passwordauthentication", true),
            kbd_interactive_authentication: flag("kbdinteractiveauthentication", true),
            number_of_password_prompts: number("numberofpasswordprompts", 3),
            batch_mode,
            required_rsa_size: state.number("requiredrsasize"),
            host_key_alias: text("hostkeyalias").map(|alias| alias.to_ascii_lowercase()),
            user_known_hosts_files: self.user_known_hosts()?,
            global_known_hosts_files: self.global_known_hosts(),
            strict_host_key_checking: match state.text("stricthostkeychecking") {
                Some("yes") => StrictHostKeyChecking::Yes,
                Some("no") => StrictHostKeyChecking::Off,
                Some("accept-new") => StrictHostKeyChecking::AcceptNew,
                _ => StrictHostKeyChecking::Ask,
            },
            check_host_ip: flag("checkhostip", false),
            hash_known_hosts: flag("hashknownhosts", false),
            kex_algorithms: algorithms("kexalgorithms"),
            ciphers: algorithms("ciphers"),
            macs: algorithms("macs"),
            host_key_algorithms: algorithms("hostkeyalgorithms"),
            pubkey_accepted_algorithms: algorithms("pubkeyacceptedalgorithms"),
            ca_signature_algorithms: algorithms("casignaturealgorithms"),
            send_env: state.send_env.clone(),
            set_env: state.set_env.clone(),
            request_tty: match state.text("requesttty") {
                Some("yes") => RequestTty::Yes,
                Some("no") => RequestTty::No,
                Some("force") => RequestTty::Force,
                _ => RequestTty::Auto,
            },
            remote_command: self.remote_command()?,
            session_type: match state.text("sessiontype") {
                Some("none") => SessionType::None,
                Some("subsystem") => SessionType::Subsystem,
                _ => SessionType::Default,
            },
            log_level: text("loglevel").unwrap_or_else(|| "info".to_owned()),
            forward_agent: self.forward_agent()?,
            local_forwards,
            dynamic_forwards,
            remote_forwards: self.forwards(&state.remote_forwards)?,
            exit_on_forward_failure: flag("exitonforwardfailure", false),
            unsupported: state.unsupported.clone(),
            proxy_jump,
            host_name: self.tokens.host,
        })
    }

    /// `~`, tokens and variables replaced.
    fn path(&self, text: &str) -> Result<String, String> {
        let text = expand::tilde(text, self.home)?;
        self.tokens.replaced(&text, USUAL, self.outside.variable)
    }

    fn identity_files(&self) -> Result<Vec<PathBuf>, Trouble> {
        if !self.state.identity_files.is_empty() {
            // For certificates, `none` is a name like any other.
            let is_named = |listed: &&Listed| !listed.value.eq_ignore_ascii_case("none");
            return self.key_files(self.state.identity_files.iter().filter(is_named));
        }
        // Without a home folder there are no default keys.
        let defaults = DEFAULT_KEYS
            .iter()
            .filter_map(|key| expand::tilde(key, self.home).ok());
        Ok(defaults.map(PathBuf::from).collect())
    }

    fn key_files<'b>(
        &self,
        listed: impl IntoIterator<Item = &'b Listed>,
    ) -> Result<Vec<PathBuf>, Trouble> {
        let path = |listed: &Listed| {
            self.path(&listed.value)
                .map(PathBuf::from)
                .map_err(|why| Trouble::at(&listed.place, why))
        };
        listed.into_iter().map(path).collect()
    }

    fn identity_agent(&self) -> Result<Agent, Trouble> {
        let Some(text) = self.state.text("identityagent") else {
            return Ok(Agent::Default);
        };
        let text = self
            .path(text)
            .map_err(|why| said(self.state, "identityagent", why))?;
        let variable = text.strip_prefix('$').filter(|name| !name.starts_with('{'));
        Ok(match (text.as_str(), variable) {
            ("SSH_AUTH_SOCK", _) => Agent::Default,
            ("none", _) => Agent::None,
            (_, Some(name)) => (self.outside.variable)(name)
                .map_or(Agent::None, |socket| Agent::Socket(PathBuf::from(socket))),
            (socket, None) => Agent::Socket(PathBuf::from(socket)),
        })
    }

    fn forward_agent(&self) -> Result<ForwardAgent, Trouble> {
        match self.state.text("forwardagent") {
            None | Some("no") => Ok(ForwardAgent::No),
            Some("yes") => Ok(ForwardAgent::Yes),
            Some(text) => self
                .path(text)
                .map(ForwardAgent::Socket)
                .map_err(|why| said(self.state, "forwardagent", why)),
        }
    }

    fn remote_command(&self) -> Result<Option<String>, Trouble> {
        let command = self.state.text_or_none("remotecommand");
        command
            .map(|command| self.tokens.percent(command, USUAL))
            .transpose()
            .map_err(|why| said(self.state, "remotecommand", why))
    }

    fn user_known_hosts(&self) -> Result<Vec<PathBuf>, Trouble> {
        let defaults = ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"].map(str::to_owned);
        let Some(said_files) = self.state.get("userknownhostsfile") else {
            // Without a home folder there are none.
            let files = defaults.iter().filter_map(|file| self.path(file).ok());
            return Ok(files.map(PathBuf::from).collect());
        };
        let files = said_files.values.iter();
        files
            .filter(|file| !file.eq_ignore_ascii_case("none"))
            .map(|file| {
                let file = self.path(file);
                file.map(PathBuf::from)
                    .map_err(|why| said(self.state, "userknownhostsfile", why))
            })
            .collect()
    }

    /// As they are: ssh replaces nothing in these.
    fn global_known_hosts(&self) -> Vec<PathBuf> {
        let Some(said) = self.state.get("globalknownhostsfile") else {
            let folder = places::system_folder();
            return ["ssh_known_hosts", "ssh_known_hosts2"]
                .map(|name| folder.join(name))
                .to_vec();
        };
        let files = said.values.iter();
        files
            .filter(|file| !file.eq_ignore_ascii_case("none"))
            .map(PathBuf::from)
            .collect()
    }

    fn forwards(&self, forwards: &[(Forward, Place)]) -> Result<Vec<Forward>, Trouble> {
        if self.state.is("clearallforwardings", "yes") {
            return Ok(Vec::new());
        }
        let end = |end: &End| match end {
            End::Socket(path) => self.tokens.percent(path, USUAL).map(End::Socket),
            other => Ok(other.clone()),
        };
        forwards
            .iter()
            .map(|(forward, place)| {
                let listen = end(&forward.listen).map_err(|why| Trouble::at(place, why))?;
                let connect = end(&forward.connect).map_err(|why| Trouble::at(place, why))?;
                Ok(Forward { listen, connect })
            })
            .collect()
    }

    fn proxy_jump(&self) -> Result<Vec<Jump>, Trouble> {
        let Some((jumps, place)) = &self.state.jumps else {
            return Ok(Vec::new());
        };
        let place = place.as_ref();
        if let Some(last) = jumps.last() {
            let here = (&self.tokens.host, self.tokens.port, &self.tokens.user);
            let user = last.user.as_ref().unwrap_or(&self.tokens.user);
            if here == (&last.host, last.port.unwrap_or(22), user) {
                return Err(at(
                    place,
                    format!("the jump to {} is the host itself", last.host),
                ));
            }
        }
        // What was asked for is not a text of the files, and has no tokens.
        if place.is_none() {
            return Ok(jumps.clone());
        }
        let percent = |text: &str| {
            self.tokens
                .percent(text, OF_JUMPS)
                .map_err(|why| at(place, why))
        };
        jumps
            .iter()
            .map(|jump| {
                Ok(Jump {
                    user: jump.user.as_deref().map(percent).transpose()?,
                    host: percent(&jump.host)?,
                    port: jump.port,
                })
            })
            .collect()
    }
}
