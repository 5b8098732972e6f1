//! Finds the files that the pattern of an `Include` names.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::Watched;

/// The files that fit, sorted. Folders whose entries are compared are watched; each entry counts
/// towards `most`, beyond which nothing more is found.
pub(super) fn find(
    pattern: &str,
    watched: &mut Watched,
    count: &mut usize,
    most: usize,
) -> Vec<PathBuf> {
    let pattern = if cfg!(windows) {
        pattern.replace('\\', "/")
    } else {
        pattern.to_owned()
    };
    let root = if pattern.starts_with('/') { "/" } else { "" };
    let mut found = vec![PathBuf::from(root)];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let tokens = tokens(part);
        if let Some(mut name) = literal(&tokens) {
            // A drive alone would mean the folder that it is in at the moment.
            if cfg!(windows) && name.ends_with(':') {
                name.push('\\');
            }
            for path in &mut found {
                path.push(&name);
            }
            continue;
        }
        let mut next = Vec::new();
        for folder in &found {
            watched.add(folder);
            for name in names(folder, count, most) {
                if fits(&name, &tokens) {
                    next.push(folder.join(name));
                }
            }
        }
        found = next;
    }
    for path in &found {
        watched.add(path);
    }
    found.retain(|path| fs::symlink_metadata(path).is_ok());
    found.sort();
    found
}

fn names(folder: &Path, count: &mut usize, most: usize) -> Vec<String> {
    /// A folder of settings has a few files; one with more names than this is none.
    const MOST_NAMES: usize = 10_000;
    if *count > most {
        return Vec::new();
    }
    *count += 1;
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .take(MOST_NAMES)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect()
}

/// A part of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Run,
    Any,
    One(char),
    Class(bool, Vec<(char, char)>),
}

fn tokens(part: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = part;
    loop {
        let mut characters = rest.chars();
        let Some(c) = characters.next() else {
            return tokens;
        };
        rest = characters.as_str();
        tokens.push(match c {
            '*' => Token::Run,
            '?' => Token::Any,
            '\\' => {
                let escaped = characters.next().unwrap_or('\\');
                rest = characters.as_str();
                Token::One(escaped)
            }
            '[' => match class(rest) {
                Some((token, after)) => {
                    rest = after;
                    token
                }
                None => Token::One('['),
            },
            c => Token::One(c),
        });
    }
}

/// What stands behind a `[`; `None`: it is not closed, and so a bracket.
fn class(text: &str) -> Option<(Token, &str)> {
    let (negated, mut rest) = match text.strip_prefix(['!', '^']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut ranges = Vec::new();
    loop {
        let mut characters = rest.chars();
        let low = characters.next()?;
        if low == ']' && !ranges.is_empty() {
            return Some((Token::Class(negated, ranges), characters.as_str()));
        }
        rest = characters.as_str();
        let high = match rest.strip_prefix('-') {
            Some(after) if !after.starts_with(']') => {
                let mut characters = after.chars();
                let high = characters.next()?;
                rest = characters.as_str();
                high
            }
            _ => low,
        };
        ranges.push((low, high));
    }
}

fn literal(tokens: &[Token]) -> Option<String> {
    tokens
        .iter()
        .map(|token| match token {
            Token::One(c) => Some(*c),
            _ => None,
        })
        .collect()
}

fn fits(name: &str, tokens: &[Token]) -> bool {
    // A name that begins with a dot is found only where the dot is written.
    if name.starts_with('.') && tokens.first() != Some(&Token::One('.')) {
        return false;
    }
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut wanted) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(c) = name.get(at) {
        let one = match tokens.get(wanted) {
            Some(Token::Run) => {
                wanted += 1;
                retry = Some((at, wanted));
                continue;
            }
            Some(Token::Any) => true,
            Some(Token::One(one)) => one == c,
            Some(Token::Class(negated, ranges)) => {
                ranges.iter().any(|(low, high)| low <= c && c <= high) != *negated
            }
            None => false,
        };
        if one {
            at += 1;
            wanted += 1;
            continue;
        }
        let Some((from, after)) = retry else {
            return false;
        };
        at = from + 1;
        wanted = after;
        retry = Some((at, wanted));
    }
    tokens.iter().skip(wanted).all(|token| *token == Token::Run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns_as_in_a_shell() {
        let fits = |name, pattern| fits(name, &tokens(pattern));
        assert!(fits("10-a.conf", "*.conf"));
        assert!(fits("a1", "[a-c][!2-9]"));
        assert!(fits("]", "[]]"));
        assert!(fits("*", "\\*"));
        assert!(fits("[a", "[a"));
        assert!(!fits(".hidden", "*"));
        assert!(fits(".hidden", ".h*"));
        assert!(!fits("b", "\\*"));
        assert!(!fits("a.conf~", "*.conf"));
    }

    #[test]
    fn files_are_found_sorted_through_folders_with_any_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/2.conf", "a/1.conf", "a/x", "c/0.conf"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let pattern = format!("{}/[ab]/*.conf", folder.path().display());
        let mut watched = Watched::default();
        let mut count = 0;
        let found = find(&pattern, &mut watched, &mut count, 100);
        let expected = ["a/1.conf", "b/2.conf"].map(|name| folder.path().join(name));
        assert_eq!(found, expected);
        assert!(watched.is_current());
        fs::write(folder.path().join("b/3.conf"), "").unwrap();
        assert!(!watched.is_current());
        assert_eq!(
            find(&pattern, &mut watched, &mut 101, 100),
            Vec::<PathBuf>::new()
        );
    }
}
