//! Our settings, printed as `ssh -G` prints its own.

use std::path::{Path, PathBuf};

use ssh_config::{
    AddressFamily, Agent, Algorithms, End, Forward, ForwardAgent, Jump, RequestTty, SessionType,
    Settings, StrictHostKeyChecking,
};

use crate::real::{Printed, Ssh, variable};

/// What both sides print of a keyword that needs it in one form.
pub(crate) fn normal(keyword: &str, mut values: Vec<String>) -> Vec<String> {
    // ssh keeps them among the local ones, and we do not.
    if keyword == "dynamicforward" {
        values.sort();
    }
    for value in &mut values {
        *value = match (keyword, value.as_str()) {
            ("stricthostkeychecking", "off" | "false") => "no".to_owned(),
            ("pubkeyauthentication", "unbound" | "host-bound") => "yes".to_owned(),
            ("connecttimeout", "0") => "none".to_owned(),
            ("loglevel", level) => match level.to_lowercase().as_str() {
                "silent" => "quiet".to_owned(),
                "debug1" => "debug".to_owned(),
                level => level.to_owned(),
            },
            ("identityagent", text) => return agent(text),
            ("proxyjump", text) => jumps_of_command(text),
            (_, "true") => "yes".to_owned(),
            (_, "false") => "no".to_owned(),
            (_, text) => text.to_owned(),
        };
    }
    values
}

/// Where ssh would look for its agent; nothing: where it looks by itself.
fn agent(text: &str) -> Vec<String> {
    let socket = match text.strip_prefix('$').filter(|name| !name.starts_with('{')) {
        _ if text == "SSH_AUTH_SOCK" => return Vec::new(),
        Some(name) => variable(name).unwrap_or_else(|| "none".to_owned()),
        None => text.to_owned(),
    };
    vec![socket]
}

/// The jumps in the command with which ssh calls itself: `-l user -p port -J others ... host`.
fn jumps_of_command(text: &str) -> String {
    if !text.starts_with('-') {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(' ').collect();
    let after = |flag: &str| {
        // Those that come before the command to forward, which has a host of its own.
        let end = words.iter().position(|word| *word == "-W").unwrap();
        let at = words[..end].iter().position(|word| *word == flag)?;
        Some(words[at + 1])
    };
    let mut last = words.last().unwrap().to_string();
    if last.contains(':') {
        last = format!("[{last}]");
    }
    if let Some(user) = after("-l") {
        last = format!("{user}@{last}");
    }
    if let Some(port) = after("-p") {
        last = format!("{last}:{port}");
    }
    let others = after("-J").unwrap_or_default().replace("ssh://", "");
    let others = others.split(',').filter(|other| !other.is_empty());
    let all: Vec<&str> = others
        .map(|other| other.trim_end_matches(['/', ':']))
        .chain([last.as_str()])
        .collect();
    all.join(",")
}

/// Everything that the settings have.
pub(crate) fn printed(settings: &Settings, ssh: &Ssh) -> Printed {
    let mut printed = Printed::new();
    let mut put = |keyword: &str, values: Vec<String>| {
        printed.insert(keyword.to_owned(), values);
    };
    let s = settings;
    let flag = |value: bool| vec![if value { "yes" } else { "no" }.to_owned()];
    let word = |value: &str| vec![value.to_owned()];
    let some = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    put("hostname", word(&s.host_name));
    put("port", word(&s.port.to_string()));
    put("user", word(&s.user));
    put(
        "addressfamily",
        word(match s.address_family {
            AddressFamily::Any => "any",
            AddressFamily::Inet => "inet",
            AddressFamily::Inet6 => "inet6",
        }),
    );
    put("bindaddress", some(&s.bind_address));
    let timeout = s.connect_timeout.map(|seconds| seconds.to_string());
    put("connecttimeout", word(timeout.as_deref().unwrap_or("none")));
    for (keyword, number) in [
        ("connectionattempts", s.connection_attempts),
        ("serveraliveinterval", s.server_alive_interval),
        ("serveralivecountmax", s.server_alive_count_max),
        ("numberofpasswordprompts", s.number_of_password_prompts),
    ] {
        put(keyword, word(&number.to_string()));
    }
    for (keyword, value) in [
        ("tcpkeepalive", s.tcp_keep_alive),
        ("compression", s.compression),
        ("identitiesonly", s.identities_only),
        ("pubkeyauthentication", s.pubkey_authentication),
        ("passwordauthentication", s.password_authentication),
        (
            "kbdinteractiveauthentication",
            s.kbd_interactive_authentication,
        ),
        ("batchmode", s.batch_mode),
        ("checkhostip", s.check_host_ip),
        ("hashknownhosts", s.hash_known_hosts),
        ("exitonforwardfailure", s.exit_on_forward_failure),
    ] {
        put(keyword, flag(value));
    }
    put("proxyjump", jumps(&s.proxy_jump));
    // ssh prints the command only where it does not jump.
    put("proxycommand", some(&s.proxy_command));
    put("identityfile", paths(&s.identity_files));
    put("certificatefile", paths(&s.certificate_files));
    put(
        "identityagent",
        match &s.identity_agent {
            Agent::Default => Vec::new(),
            Agent::None => word("none"),
            Agent::Socket(path) => paths(&[path]),
        },
    );
    let methods = s.preferred_authentications.as_ref();
    put(
        "preferredauthentications",
        methods.iter().map(|list| list.join(",")).collect(),
    );
    let size = s.required_rsa_size.map(|size| vec![size.to_string()]);
    put(
        "requiredrsasize",
        size.unwrap_or_else(|| ssh.defaults["requiredrsasize"].clone()),
    );
    put("hostkeyalias", some(&s.host_key_alias));
    put("userknownhostsfile", one_line(&s.user_known_hosts_files));
    put(
        "globalknownhostsfile",
        one_line(&s.global_known_hosts_files),
    );
    put(
        "stricthostkeychecking",
        word(match s.strict_host_key_checking {
            StrictHostKeyChecking::Yes => "yes",
            StrictHostKeyChecking::Ask => "ask",
            StrictHostKeyChecking::AcceptNew => "accept-new",
            StrictHostKeyChecking::Off => "no",
        }),
    );
    for (keyword, list) in [
        ("kexalgorithms", &s.kex_algorithms),
        ("ciphers", &s.ciphers),
        ("macs", &s.macs),
        ("hostkeyalgorithms", &s.host_key_algorithms),
        ("pubkeyacceptedalgorithms", &s.pubkey_accepted_algorithms),
        ("casignaturealgorithms", &s.ca_signature_algorithms),
    ] {
        put(keyword, vec![names(list, keyword, ssh)]);
    }
    put("sendenv", s.send_env.clone());
    let set = s
        .set_env
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    put("setenv", set.collect());
    put(
        "requesttty",
        word(match s.request_tty {
            RequestTty::Auto => "auto",
            RequestTty::No => "no",
            RequestTty::Yes => "yes",
            RequestTty::Force => "force",
        }),
    );
    put("remotecommand", some(&s.remote_command));
    put(
        "sessiontype",
        word(match s.session_type {
            SessionType::Default => "default",
            SessionType::None => "none",
            SessionType::Subsystem => "subsystem",
        }),
    );
    put("loglevel", word(&s.log_level));
    put(
        "forwardagent",
        match &s.forward_agent {
            ForwardAgent::No => flag(false),
            ForwardAgent::Yes => flag(true),
            ForwardAgent::Socket(path) => word(path),
        },
    );
    put(
        "localforward",
        s.local_forwards.iter().map(forward).collect(),
    );
    put(
        "remoteforward",
        s.remote_forwards.iter().map(forward).collect(),
    );
    // `ssh -G` prints a local forward that leads to a socket among these, by mistake.
    let to_socket = |forward: &&Forward| matches!(forward.connect, End::Socket(_));
    let dynamic = s.dynamic_forwards.iter();
    let dynamic = dynamic.chain(s.local_forwards.iter().filter(to_socket));
    put(
        "dynamicforward",
        dynamic.map(|forward| end(&forward.listen)).collect(),
    );
    printed
}

fn names(list: &Algorithms, keyword: &str, ssh: &Ssh) -> String {
    list.resolve(&ssh.default_names(keyword), &ssh.known(keyword))
        .join(",")
}

fn paths<P: AsRef<Path>>(paths: &[P]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.as_ref().to_str().unwrap().to_owned())
        .collect()
}

fn one_line(files: &[PathBuf]) -> Vec<String> {
    if files.is_empty() {
        return vec!["none".to_owned()];
    }
    vec![paths(files).join(" ")]
}

fn jumps(jumps: &[Jump]) -> Vec<String> {
    let one = |jump: &Jump| {
        let user = jump.user.as_ref().map(|user| format!("{user}@"));
        let port = jump.port.map(|port| format!(":{port}"));
        let host = if jump.host.contains(':') {
            format!("[{}]", jump.host)
        } else {
            jump.host.clone()
        };
        format!(
            "{}{host}{}",
            user.unwrap_or_default(),
            port.unwrap_or_default()
        )
    };
    if jumps.is_empty() {
        return Vec::new();
    }
    vec![jumps.iter().map(one).collect::<Vec<_>>().join(",")]
}

fn forward(forward: &Forward) -> String {
    let connect = match &forward.connect {
        End::Port { host, port } => format!("[{}]:{port}", host.as_deref().unwrap_or_default()),
        End::Socks => "[socks]:0".to_owned(),
        End::Socket(path) => path.clone(),
    };
    format!("{} {connect}", end(&forward.listen))
}

fn end(end: &End) -> String {
    match end {
        End::Port {
            host: Some(host),
            port,
        } => format!("[{host}]:{port}"),
        End::Port { host: None, port } => port.to_string(),
        End::Socket(path) => path.clone(),
        End::Socks => "socks".to_owned(),
    }
}
