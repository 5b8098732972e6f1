//! The way to a server: the hosts to be passed and the server itself, each with all that the profile
//! and the user's SSH configuration say of it.

use std::{env, sync::Arc, time::Duration};

use ssh_config::{Agent, Asked, ForwardAgent, Jump, Settings, StrictHostKeyChecking};
use store::{Auth, Profile};

use crate::{Error, session::Session};

/// Variables that are sent to a server.
const MOST_VARIABLES: usize = 100;

/// A way.
pub(crate) struct Way {
    /// Never empty; the last is the server.
    pub(crate) hops: Vec<ssh::Hop>,
    /// What the SSH configuration asks for and is not done, in words.
    pub(crate) unheeded: Vec<String>,
}

/// The way to a profile's server.
///
/// # Errors
/// The SSH configuration cannot be used, or leads by a command.
pub(crate) async fn to(session: &Arc<Session>, profile: &Arc<Profile>) -> Result<Way, Error> {
    let (session, profile) = (Arc::clone(session), Arc::clone(profile));
    let server = profile.name.clone();
    // Files are read, and commands run where the user has agreed to that.
    let found = tokio::task::spawn_blocking(move || find(&session, &profile)).await;
    found.unwrap_or_else(|error| {
        Err(Error::Way {
            server,
            reason: error.to_string(),
            hint: "Try again.",
        })
    })
}

fn find(session: &Session, profile: &Profile) -> Result<Way, Error> {
    let server = || profile.name.clone();
    let settings = session.ssh_settings();
    let jumps = profile.jump.iter().map(|text| {
        Jump::parse(text).ok_or_else(|| Error::Way {
            server: server(),
            reason: format!("{text:?} is no host on the way"),
            hint: "Write it as user@host:port.",
        })
    });
    let asked = Asked {
        host: profile.host.clone().unwrap_or_default(),
        user: Some(profile.user.clone()).filter(|user| !user.is_empty()),
        port: profile.port,
        jumps: jumps.collect::<Result<_, _>>()?,
        ..Asked::default()
    };
    let agreed = session.store().preferences()?.match_exec;
    let route = settings
        .route(asked, agreed)
        .map_err(|trouble| Error::Way {
            server: server(),
            reason: format!("the SSH configuration cannot be used: {trouble}"),
            hint: "Mend the file; ssh refuses it for the same reason.",
        })?;
    let last = route.len().saturating_sub(1);
    let mut way = Way {
        hops: Vec::new(),
        unheeded: Vec::new(),
    };
    for (at, settings) in route.iter().enumerate() {
        if settings.proxy_command.is_some() {
            return Err(Error::Way {
                server: server(),
                reason: format!("{} is reached by a ProxyCommand", settings.host_name),
                hint: "HeadlessOS never runs a ProxyCommand. Use ProxyJump instead.",
            });
        }
        let auth = (at == last)
            .then(|| profile.auth.clone())
            .or_else(|| session.auth_of(&settings.user, &settings.host_name, settings.port));
        way.hops.push(hop(session, profile, settings, auth)?);
        for words in unheeded(settings) {
            if !way.unheeded.contains(&words) {
                way.unheeded.push(words);
            }
        }
    }
    Ok(way)
}

fn hop(
    session: &Session,
    profile: &Profile,
    settings: &Settings,
    auth: Option<Auth>,
) -> Result<ssh::Hop, Error> {
    let target = ssh::Target {
        server: profile.name.clone(),
        host: settings.host_name.clone(),
        port: settings.port,
        user: settings.user.clone(),
    };
    let method = match auth.unwrap_or(Auth::Auto) {
        Auth::Auto => ssh::AuthMethod::Auto,
        Auth::Agent => ssh::AuthMethod::Agent,
        Auth::Password => ssh::AuthMethod::Password,
        Auth::KeyFile { path } => ssh::AuthMethod::KeyFile(path),
    };
    let algorithms = algorithms(settings).map_err(|(keyword, names)| Error::Connect {
        server: profile.name.clone(),
        hop: None,
        source: Box::new(ssh::ConnectError::Algorithms {
            address: words(&target),
            keyword,
            names,
        }),
    })?;
    let known_hosts = if session.ssh_settings().is_off() {
        session.known_hosts().clone()
    } else {
        let (user, global) = (
            &settings.user_known_hosts_files,
            &settings.global_known_hosts_files,
        );
        let files = user.iter().chain(global).cloned();
        session.known_hosts().with_others(files.collect())
    };
    let mut hop = ssh::Hop::new(target, method, known_hosts);
    hop.proofs = proofs(hop.proofs.method, settings);
    hop.host_key_alias.clone_from(&settings.host_key_alias);
    hop.unknown_key = match settings.strict_host_key_checking {
        StrictHostKeyChecking::Yes => ssh::UnknownKey::Refuse,
        StrictHostKeyChecking::Ask if settings.batch_mode => ssh::UnknownKey::Refuse,
        StrictHostKeyChecking::Ask => ssh::UnknownKey::Ask,
        StrictHostKeyChecking::AcceptNew | StrictHostKeyChecking::Off => ssh::UnknownKey::Accept,
    };
    hop.algorithms = algorithms;
    hop.family = match settings.address_family {
        ssh_config::AddressFamily::Any => None,
        ssh_config::AddressFamily::Inet => Some(ssh::Family::V4),
        ssh_config::AddressFamily::Inet6 => Some(ssh::Family::V6),
    };
    hop.bind_address.clone_from(&settings.bind_address);
    hop.attempts = settings.connection_attempts.max(1);
    hop.least_rsa_bits = settings.required_rsa_size.unwrap_or(hop.least_rsa_bits);
    hop.environment = environment(settings);
    if let Some(seconds) = settings.connect_timeout.filter(|seconds| *seconds > 0) {
        hop.timeouts.connect = Duration::from_secs(seconds.into());
    }
    Ok(hop)
}

fn proofs(method: ssh::AuthMethod, settings: &Settings) -> ssh::Proofs {
    let usual = ["publickey", "keyboard-interactive", "password"].map(str::to_owned);
    let mut preferred = settings
        .preferred_authentications
        .clone()
        .unwrap_or_else(|| usual.to_vec());
    let person = !settings.batch_mode;
    preferred.retain(|name| match name.as_str() {
        "publickey" => settings.pubkey_authentication,
        "password" => settings.password_authentication && person,
        "keyboard-interactive" => settings.kbd_interactive_authentication && person,
        _ => false,
    });
    ssh::Proofs {
        method,
        identity_files: settings.identity_files.clone(),
        certificate_files: settings.certificate_files.clone(),
        identities_only: settings.identities_only,
        agent: match &settings.identity_agent {
            Agent::Default => ssh::AgentAddress::Usual,
            Agent::None => ssh::AgentAddress::Off,
            Agent::Socket(path) => ssh::AgentAddress::At(path.clone()),
        },
        preferred,
        password_prompts: settings.number_of_password_prompts,
    }
}

/// The lists as they are wanted; a list of which nothing is left is the error.
fn algorithms(settings: &Settings) -> Result<ssh::Algorithms, (&'static str, Vec<String>)> {
    let (own, known) = (ssh::Algorithms::own(), ssh::Algorithms::supported());
    let list = |keyword, wanted: &ssh_config::Algorithms, own: &[String], known: &[String]| {
        if *wanted == ssh_config::Algorithms::Default {
            return Ok(Vec::new());
        }
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let names = wanted.resolve(&own, &known);
        if names.is_empty() {
            Err((keyword, vec![format!("{wanted:?}")]))
        } else {
            Ok(names)
        }
    };
    Ok(ssh::Algorithms {
        kex: list(
            "KexAlgorithms",
            &settings.kex_algorithms,
            &own.kex,
            &known.kex,
        )?,
        ciphers: list("Ciphers", &settings.ciphers, &own.ciphers, &known.ciphers)?,
        macs: list("MACs", &settings.macs, &own.macs, &known.macs)?,
        host_key: list(
            "HostKeyAlgorithms",
            &settings.host_key_algorithms,
            &own.host_key,
            &known.host_key,
        )?,
    })
}

/// What `SendEnv` and `SetEnv` send to a shell.
fn environment(settings: &Settings) -> Vec<(String, String)> {
    let mut sent: Vec<(String, String)> = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| settings.sends(name))
        .collect();
    for (name, value) in &settings.set_env {
        sent.retain(|(other, _)| other != name);
        sent.push((name.clone(), value.clone()));
    }
    sent.truncate(MOST_VARIABLES);
    sent
}

/// What the user's own files ask for and is not done.
fn unheeded(settings: &Settings) -> Vec<String> {
    let named = settings.unsupported.iter().filter(|one| !one.of_system);
    let mut words: Vec<String> = named
        .map(|one| {
            let (file, line) = (one.file.display(), one.line);
            format!(
                "{} {} ({file} line {line}): {}",
                one.keyword, one.value, one.why
            )
        })
        .collect();
    let host = &settings.host_name;
    if settings.forward_agent != ForwardAgent::No {
        words.push(format!(
            "ForwardAgent for {host}: the agent is not passed on"
        ));
    }
    let forwards = [
        &settings.local_forwards,
        &settings.dynamic_forwards,
        &settings.remote_forwards,
    ];
    if forwards.iter().any(|forwards| !forwards.is_empty()) {
        words.push(format!(
            "Forwards for {host}: they are not opened by themselves; use Port forwarding"
        ));
    }
    if settings.remote_command.is_some() {
        words.push(format!(
            "RemoteCommand for {host}: terminals start the login shell"
        ));
    }
    words
}

/// A host as people write it: `user@host:port`.
pub(crate) fn words(target: &ssh::Target) -> String {
    let ssh::Target {
        user, host, port, ..
    } = target;
    if host.contains(':') {
        format!("{user}@[{host}]:{port}")
    } else {
        format!("{user}@{host}:{port}")
    }
}
