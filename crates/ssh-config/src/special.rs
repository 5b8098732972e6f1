//! The keywords whose values have a form of their own.

use crate::{
    Outside,
    algorithms::{self, Kind},
    expand,
    files::Line,
    forwards, jumps,
    keywords::Keyword,
    pass::{extra, some},
    state::{State, add_once},
    unacted,
};

/// As many identity and certificate files as ssh takes.
const MOST_KEYS: usize = 100;
/// Forwards, and variables to send or set; ssh has no limit.
const MOST: usize = 1000;

/// Reads the line, and keeps what it says if the block applies.
pub(crate) fn read(
    state: &mut State,
    outside: &Outside<'_>,
    keyword: &'static Keyword,
    line: &Line,
    rest: &str,
    arguments: Vec<String>,
    applies: bool,
) -> Result<(), String> {
    match keyword.name {
        "identityfile" | "certificatefile" => key_file(state, keyword, line, arguments, applies),
        "ciphers" => list(state, keyword, line, arguments, applies, Kind::Cipher),
        "macs" => list(state, keyword, line, arguments, applies, Kind::Mac),
        "kexalgorithms" => list(state, keyword, line, arguments, applies, Kind::Exchange),
        "hostkeyalgorithms"
        | "casignaturealgorithms"
        | "pubkeyacceptedalgorithms"
        | "hostbasedacceptedalgorithms" => {
            list(state, keyword, line, arguments, applies, Kind::Key)
        }
        "localforward" | "remoteforward" | "dynamicforward" => {
            forward(state, outside, keyword, line, arguments, applies)
        }
        "proxyjump" => proxy_jump(state, line, rest, applies),
        "sendenv" => send_env(state, arguments, applies),
        "setenv" => set_env(state, arguments, applies),
        "identityagent" | "forwardagent" => {
            agent(state, outside, keyword, line, arguments, applies)
        }
        _ => {
            let values = unacted::check(keyword.name, &arguments)?;
            if applies && !values.is_empty() {
                state.say(keyword, values, line);
            }
            Ok(())
        }
    }
}

fn key_file(
    state: &mut State,
    keyword: &'static Keyword,
    line: &Line,
    arguments: Vec<String>,
    applies: bool,
) -> Result<(), String> {
    let value = only(arguments)?;
    let list = if keyword.name == "identityfile" {
        &mut state.identity_files
    } else {
        &mut state.certificate_files
    };
    if applies && !add_once(list, value, &line.place, MOST_KEYS) {
        return Err(format!("there are more than {MOST_KEYS} such files"));
    }
    Ok(())
}

fn list(
    state: &mut State,
    keyword: &'static Keyword,
    line: &Line,
    arguments: Vec<String>,
    applies: bool,
    kind: Kind,
) -> Result<(), String> {
    let value = only(arguments)?;
    if !algorithms::is_valid(&value, kind) {
        return Err(format!(
            "{value:?} names an algorithm that ssh does not know"
        ));
    }
    if applies {
        state.say(keyword, vec![value], line);
    }
    Ok(())
}

fn forward(
    state: &mut State,
    outside: &Outside<'_>,
    keyword: &'static Keyword,
    line: &Line,
    arguments: Vec<String>,
    applies: bool,
) -> Result<(), String> {
    let remote = keyword.name == "remoteforward";
    let mut dynamic = keyword.name == "dynamicforward";
    let mut arguments = arguments.into_iter();
    let listen = some(arguments.next())?;
    let connect = if dynamic { None } else { arguments.next() };
    let connect = connect.filter(|connect| !connect.is_empty());
    if !dynamic && connect.is_none() {
        if !remote {
            return Err("where it leads is missing".to_owned());
        }
        dynamic = true;
    }
    let text = forwards::joined(&listen, connect.as_deref());
    let forward = expand::dollar(&text, outside.variable)
        .ok()
        .and_then(|text| forwards::parse(&text, dynamic, remote))
        .ok_or_else(|| format!("{text:?} is no forward"))?;
    if arguments.next().is_some() {
        return Err(extra());
    }
    let list = if remote {
        &mut state.remote_forwards
    } else {
        &mut state.local_forwards
    };
    if applies && !list.iter().any(|(other, _)| *other == forward) {
        if list.len() >= MOST {
            return Err(format!("there are more than {MOST} forwards"));
        }
        list.push((forward, line.place.clone()));
    }
    Ok(())
}

fn proxy_jump(state: &mut State, line: &Line, rest: &str, applies: bool) -> Result<(), String> {
    let text = rest.trim_start_matches([' ', '\t', '\r', '\n', '=']);
    let jumps = jumps::parse(text).ok_or_else(|| format!("{text:?} is no way to jump"))?;
    // Of the two ways through a proxy the first that is said counts; `none` is only about jumps.
    let is_open =
        state.jumps.is_none() && (jumps.is_empty() || state.get("proxycommand").is_none());
    if applies && is_open {
        if !jumps.is_empty() {
            state.put("proxycommand", "none".to_owned());
        }
        state.jumps = Some((jumps, Some(line.place.clone())));
    }
    Ok(())
}

fn send_env(state: &mut State, arguments: Vec<String>, applies: bool) -> Result<(), String> {
    for argument in arguments {
        if argument.is_empty() || argument.contains('=') {
            return Err(format!("{argument:?} is no name of a variable"));
        }
        if !applies {
            continue;
        }
        if let Some(pattern) = argument.strip_prefix('-') {
            state
                .send_env
                .retain(|name| !crate::patterns::fits(name, pattern));
        } else if state.send_env.len() < MOST {
            state.send_env.push(argument);
        } else {
            return Err(format!("there are more than {MOST} variables"));
        }
    }
    Ok(())
}

fn set_env(state: &mut State, arguments: Vec<String>, applies: bool) -> Result<(), String> {
    let is_first = state.set_env.is_empty();
    for argument in arguments {
        let Some((name, value)) = argument.split_once('=') else {
            return Err(format!("{argument:?} is not NAME=VALUE"));
        };
        if !applies || !is_first || state.set_env.iter().any(|(other, _)| other == name) {
            continue;
        }
        if state.set_env.len() >= MOST {
            return Err(format!("there are more than {MOST} variables"));
        }
        state.set_env.push((name.to_owned(), value.to_owned()));
    }
    Ok(())
}

/// A socket of an agent; `ForwardAgent` may be a yes or no instead.
fn agent(
    state: &mut State,
    outside: &Outside<'_>,
    keyword: &'static Keyword,
    line: &Line,
    arguments: Vec<String>,
    applies: bool,
) -> Result<(), String> {
    let mut value = only(arguments)?;
    let mut is_flag = false;
    if keyword.name == "forwardagent" {
        for (word, kept) in [
            ("true", "yes"),
            ("false", "no"),
            ("yes", "yes"),
            ("no", "no"),
        ] {
            if value.eq_ignore_ascii_case(word) {
                value = kept.to_owned();
                is_flag = true;
                break;
            }
        }
    }
    if !is_flag {
        expand::dollar(&value, outside.variable)?;
        let name = value
            .strip_prefix('$')
            .filter(|name| !name.starts_with('{'));
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        if name.is_some_and(|name| !is_name(name)) {
            return Err(format!("{value:?} names no variable"));
        }
    }
    if applies {
        state.say(keyword, vec![value], line);
    }
    Ok(())
}

/// The one argument of a line.
pub(crate) fn only(arguments: Vec<String>) -> Result<String, String> {
    let mut arguments = arguments.into_iter();
    let argument = some(arguments.next())?;
    match arguments.next() {
        None => Ok(argument),
        Some(_) => Err(extra()),
    }
}
