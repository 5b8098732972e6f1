//! What stands for something else in a value: `%` tokens, `${VARIABLE}`, and `~` at the start.

use std::path::Path;

use sha1::{Digest as _, Sha1};

use crate::files;

/// A value that became longer than this is refused; ssh has no limit.
const LONGEST: usize = 64 * 1024;

/// Looks up a variable of the environment.
pub(crate) type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What the tokens stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    /// `%h`: the host name after `HostName`.
    pub(crate) host: String,
    /// `%n`: the host as it was asked for.
    pub(crate) asked: String,
    /// `%k`: the host key alias, else as ssh has it at that place.
    pub(crate) key_alias: String,
    /// `%p`.
    pub(crate) port: u16,
    /// `%r`: the user on the server.
    pub(crate) user: String,
    /// `%j`: the host of the last jump, empty for none. (The manual says all of `ProxyJump`, but ssh
    /// takes this.)
    pub(crate) jump: String,
    /// `%u`: the user here.
    pub(crate) local_user: String,
    /// `%i`: the number of the user here.
    pub(crate) local_id: String,
    /// `%l`: this computer's name.
    pub(crate) local_host: String,
    /// `%d`: the user's home folder here.
    pub(crate) home: String,
}

/// The tokens that most values know.
pub(crate) const USUAL: &str = "CLdhijklnpru";
/// The tokens of `User`.
pub(crate) const OF_USER: &str = "Ldhijklnpu";
/// The tokens of `ProxyJump`.
pub(crate) const OF_JUMPS: &str = "hnpr";

impl Tokens {
    /// The text with each `%` token of `allowed` replaced; else the reason, as ssh says it.
    pub(crate) fn percent(&self, text: &str, allowed: &str) -> Result<String, String> {
        self.replace(text, allowed, None)
    }

    /// The text with `%` tokens and `${VARIABLE}` replaced; nothing that was put in is looked at
    /// again.
    pub(crate) fn replaced(
        &self,
        text: &str,
        allowed: &str,
        variable: Variable<'_>,
    ) -> Result<String, String> {
        self.replace(text, allowed, Some(variable))
    }

    fn replace(
        &self,
        text: &str,
        allowed: &str,
        variable: Option<Variable<'_>>,
    ) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['%', '$']) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            if let Some(after) = from.strip_prefix('%') {
                let mut characters = after.chars();
                match characters.next() {
                    None => return Err(format!("{text:?} ends with a single %")),
                    Some('%') => out.push('%'),
                    Some(key) if allowed.contains(key) => out.push_str(&self.value(key)),
                    Some(key) => return Err(format!("%{key} stands for nothing here")),
                }
                rest = characters.as_str();
            } else if let (Some(variable), Some(after)) = (variable, from.strip_prefix("${")) {
                let (value, after) = take_variable(after, variable)?;
                out.push_str(&value);
                rest = after;
            } else {
                out.push('$');
                rest = from.strip_prefix('$').unwrap_or_default();
            }
            if out.len() > LONGEST {
                return Err("the value becomes too long".to_owned());
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn value(&self, key: char) -> String {
        match key {
            'C' => self.connection_hash(),
            'L' => self
                .local_host
                .split('.')
                .next()
                .unwrap_or_default()
                .to_owned(),
            'd' => self.home.clone(),
            'h' => self.host.clone(),
            'i' => self.local_id.clone(),
            'j' => self.jump.clone(),
            'k' => self.key_alias.clone(),
            'l' => self.local_host.clone(),
            'n' => self.asked.clone(),
            'p' => self.port.to_string(),
            'r' => self.user.clone(),
            _ => self.local_user.clone(),
        }
    }

    /// `%C`: SHA-1 of `%l%h%p%r%j`, in hexadecimal.
    fn connection_hash(&self) -> String {
        let port = self.port.to_string();
        let mut hash = Sha1::new();
        for part in [&self.local_host, &self.host, &port, &self.user, &self.jump] {
            hash.update(part.as_bytes());
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// The text with each `${VARIABLE}` replaced, and `%` left alone.
pub(crate) fn dollar(text: &str, variable: Variable<'_>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (value, after) = take_variable(after, variable)?;
        out.push_str(before);
        out.push_str(&value);
        rest = after;
        if out.len() > LONGEST {
            return Err("the value becomes too long".to_owned());
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// `~` and `~name` at the start become the home folder; anything else stays.
pub(crate) fn tilde(text: &str, home: Option<&Path>) -> Result<String, String> {
    let Some(after) = text.strip_prefix('~') else {
        return Ok(text.to_owned());
    };
    let (name, path) = after.split_once('/').unwrap_or((after, ""));
    let folder = if name.is_empty() {
        home.map(Path::to_path_buf)
            .ok_or_else(|| "the home folder is not known".to_owned())?
    } else {
        files::home_of(name).ok_or_else(|| format!("there is no user {name:?} here"))?
    };
    let folder = folder.to_string_lossy();
    let slash = if folder.ends_with('/') { "" } else { "/" };
    Ok(format!("{folder}{slash}{}", path.trim_start_matches('/')))
}

/// The value of the variable whose name, behind `${`, begins the text; and what follows its `}`.
fn take_variable<'a>(text: &'a str, variable: Variable<'_>) -> Result<(String, &'a str), String> {
    let (name, after) = text
        .split_once('}')
        .ok_or_else(|| format!("\"${{{text}\" has no closing }}"))?;
    if name.is_empty() {
        return Err("${} names no variable".to_owned());
    }
    let value = variable(name).ok_or_else(|| format!("the variable ${{{name}}} is not set"))?;
    Ok((value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens {
            host: "web.example".to_owned(),
            asked: "web".to_owned(),
            port: 22,
            user: "ops".to_owned(),
            local_host: "desk.lan".to_owned(),
            ..Tokens::default()
        }
    }

    #[test]
    fn tokens_and_variables_are_replaced_once() {
        let variable = |name: &str| (name == "A").then(|| "%h${A}".to_owned());
        let expand = |text| tokens().replaced(text, USUAL, &variable);
        assert_eq!(
            expand("%n-%h:%p%%h ${A} $A %L").unwrap(),
            "web-web.example:22%h %h${A} $A desk"
        );
        assert!(expand("${B}").is_err());
        assert!(expand("${A").is_err());
        assert!(expand("a%").is_err());
        assert!(expand("%z").is_err());
        assert!(tokens().percent("%r", "h").is_err());
        assert_eq!(tokens().percent("${A}", USUAL).unwrap(), "${A}");
    }

    #[test]
    fn the_hash_is_that_of_ssh() {
        // printf desk.lanweb.example22ops | sha1sum
        assert_eq!(
            tokens().percent("%C", USUAL).unwrap(),
            "c8c6f4dcf4db8f622505ab615eb17e43882d9197"
        );
    }

    #[test]
    fn a_value_cannot_grow_without_end() {
        let long = Tokens {
            host: "h".repeat(1000),
            ..tokens()
        };
        assert!(long.percent(&"%h".repeat(1000), "h").is_err());
    }

    #[test]
    fn a_tilde_is_the_home_folder() {
        let home = Some(Path::new("/home/a"));
        assert_eq!(tilde("~", home).unwrap(), "/home/a/");
        assert_eq!(tilde("~//b", home).unwrap(), "/home/a/b");
        assert_eq!(tilde("a~", home).unwrap(), "a~");
        assert!(tilde("~no-such-user/b", home).is_err());
        assert!(tilde("~/b", None).is_err());
    }
}
