//! The values of keywords that are not acted on, checked as ssh checks them: a file that ssh
//! refuses is refused here too.

use crate::{
    jumps,
    pass::{check_none, extra, some},
    values,
};

/// What to remember of the line; empty: nothing.
pub(crate) fn check(keyword: &str, arguments: &[String]) -> Result<Vec<String>, String> {
    let mut left = arguments.iter().cloned();
    let wrong = |value: &str| format!("{value:?} is not a value that it can have");
    let one = match keyword {
        "canonicaldomains" => {
            check_none(arguments)?;
            let bad =
                |name: &&String| !name.eq_ignore_ascii_case("none") && !jumps::is_domain(name);
            return match arguments.iter().find(bad) {
                Some(bad) => Err(format!("{bad:?} is no domain")),
                None => Ok(arguments.to_vec()),
            };
        }
        "canonicalizepermittedcnames" => return permitted_names(arguments),
        "permitremoteopen" => return remote_open(arguments),
        _ => some(left.next())?,
    };
    match keyword {
        "addkeystoagent" => {
            let second = left.next();
            let flag = ["yes", "true", "no", "false", "ask", "confirm"]
                .iter()
                .find(|word| word.eq_ignore_ascii_case(&one));
            match (flag, second) {
                (Some(&"confirm"), Some(time)) => {
                    values::seconds(&time).ok_or_else(|| wrong(&time))?;
                }
                (Some(_), None) => {}
                (None, None) => {
                    values::seconds(&one).ok_or_else(|| wrong(&one))?;
                }
                _ => return Err(wrong(&one)),
            }
        }
        "controlpersist" => {
            let is_flag = ["no", "false", "yes", "true"].contains(&one.as_str());
            if !is_flag && values::seconds(&one).is_none() {
                return Err(wrong(&one));
            }
        }
        "escapechar" => {
            let mut bytes = one.bytes();
            let is_one = match (bytes.next(), bytes.next(), bytes.next()) {
                (Some(_), None, _) => true,
                (Some(b'^'), Some(byte), None) => (64..128).contains(&byte),
                _ => one == "none",
            };
            if !is_one {
                return Err(wrong(&one));
            }
        }
        "ipqos" => {
            for value in std::iter::once(one.clone()).chain(left.next()) {
                if !is_quality(&value) {
                    return Err(wrong(&value));
                }
            }
        }
        "rekeylimit" => {
            let size = if one == "default" {
                Some(0)
            } else {
                scaled(&one)
            };
            if size.is_none_or(|size| size != 0 && size < 16) {
                return Err(wrong(&one));
            }
            if let Some(time) = left.next()
                && time != "none"
            {
                values::seconds(&time).ok_or_else(|| wrong(&time))?;
            }
        }
        "streamlocalbindmask" => {
            let digits = one.trim_start_matches('0');
            let end = digits
                .find(|c: char| !c.is_digit(8))
                .unwrap_or(digits.len());
            let starts_well = one.starts_with(|c: char| c.is_digit(8));
            if !starts_well || end > 3 {
                return Err(wrong(&one));
            }
        }
        "tunneldevice" => {
            let (local, remote) = one.split_once(':').unwrap_or((&one, "any"));
            let is_device = |text: &str| text == "any" || values::number(text).is_some();
            if !is_device(local) || !is_device(remote) {
                return Err(wrong(&one));
            }
        }
        _ => {}
    }
    match left.next() {
        None => Ok(arguments.to_vec()),
        Some(_) => Err(extra()),
    }
}

fn permitted_names(arguments: &[String]) -> Result<Vec<String>, String> {
    for argument in arguments {
        let is_pair = argument
            .split_once(':')
            .is_some_and(|(_, targets)| !targets.is_empty());
        let is_none = argument.eq_ignore_ascii_case("none");
        if is_none && arguments.len() > 1 {
            return Err("\"none\" must stand alone".to_owned());
        }
        if !is_none && argument != "*" && !is_pair {
            return Err(format!("{argument:?} is not a value that it can have"));
        }
    }
    Ok(arguments.to_vec())
}

fn remote_open(arguments: &[String]) -> Result<Vec<String>, String> {
    let is_word = |text: &str| {
        ["any", "none"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(text))
    };
    for argument in arguments {
        let is_target = argument.rsplit_once(':').is_some_and(|(_, port)| {
            port == "*" || values::port(port).is_some_and(|port| port > 0)
        });
        if !is_word(argument) && !is_target {
            return Err(format!("{argument:?} is not a value that it can have"));
        }
        if is_word(argument) && arguments.len() > 1 {
            return Err(format!("{argument:?} must stand alone"));
        }
    }
    if arguments.is_empty() {
        return Err("the value is missing".to_owned());
    }
    Ok(arguments.to_vec())
}

/// Bytes, with a unit such as `K`, `M` or `G` or without.
fn scaled(text: &str) -> Option<u64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let number: u64 = digits.parse().ok()?;
    let shift = match unit {
        "" | "B" | "b" => 0,
        "K" | "k" => 10,
        "M" | "m" => 20,
        "G" | "g" => 30,
        "T" | "t" => 40,
        "P" | "p" => 50,
        "E" | "e" => 60,
        _ => return None,
    };
    number.checked_mul(1 << shift)
}

fn is_quality(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "none",
        "af11",
        "af12",
        "af13",
        "af21",
        "af22",
        "af23",
        "af31",
        "af32",
        "af33",
        "af41",
        "af42",
        "af43",
        "cs0",
        "cs1",
        "cs2",
        "cs3",
        "cs4",
        "cs5",
        "cs6",
        "cs7",
        "ef",
        "le",
        "lowdelay",
        "throughput",
        "reliability",
        "va",
    ];
    let number = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None if text.len() > 1 && text.starts_with('0') => u32::from_str_radix(text, 8).ok(),
        None => text.parse().ok(),
    };
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(text)) || number.is_some_and(|n| n <= 255)
}
