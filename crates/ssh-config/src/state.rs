//! What has been said so far for one host: for most keywords the first that was said stays.

use std::collections::BTreeMap;

use crate::{
    Forward, Jump, Unsupported,
    files::Line,
    keywords::{Keyword, Role},
    trouble::Place,
};

/// A value and where it was said.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// One argument, or as many as the keyword takes.
    pub(crate) values: Vec<String>,
    /// `None`: on the command line.
    pub(crate) place: Option<Place>,
}

/// Values that add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) value: String,
    pub(crate) place: Place,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    said: BTreeMap<&'static str, Said>,
    pub(crate) identity_files: Vec<Listed>,
    pub(crate) certificate_files: Vec<Listed>,
    pub(crate) send_env: Vec<String>,
    pub(crate) set_env: Vec<(String, String)>,
    /// Local and dynamic ones together, as ssh keeps them.
    pub(crate) local_forwards: Vec<(Forward, Place)>,
    pub(crate) remote_forwards: Vec<(Forward, Place)>,
    /// The jumps, and where they stand; no jumps: `none` was said.
    pub(crate) jumps: Option<(Vec<Jump>, Option<Place>)>,
    pub(crate) unsupported: Vec<Unsupported>,
}

impl State {
    pub(crate) fn get(&self, keyword: &str) -> Option<&Said> {
        self.said.get(keyword)
    }

    /// The first value of a keyword.
    pub(crate) fn text(&self, keyword: &str) -> Option<&str> {
        self.get(keyword)?.values.first().map(String::as_str)
    }

    /// The first value, unless it is `none`.
    pub(crate) fn text_or_none(&self, keyword: &str) -> Option<&str> {
        self.text(keyword)
            .filter(|text| !text.eq_ignore_ascii_case("none"))
    }

    pub(crate) fn is(&self, keyword: &str, value: &str) -> bool {
        self.text(keyword) == Some(value)
    }

    pub(crate) fn number(&self, keyword: &str) -> Option<u32> {
        self.text(keyword)?.parse().ok()
    }

    /// The host of the last jump; empty: there is none.
    pub(crate) fn last_jump(&self) -> String {
        let last = self.jumps.as_ref().and_then(|(jumps, _)| jumps.last());
        last.map(|jump| jump.host.clone()).unwrap_or_default()
    }

    /// Replaces what was said.
    pub(crate) fn put(&mut self, keyword: &'static str, value: String) {
        let values = vec![value];
        self.said.insert(
            keyword,
            Said {
                values,
                place: None,
            },
        );
    }

    /// Keeps the values if nothing was said yet, and names the keyword where that is called for.
    pub(crate) fn say(&mut self, keyword: &'static Keyword, values: Vec<String>, line: &Line) {
        if self.said.contains_key(keyword.name) {
            return;
        }
        self.name(keyword, &values, line);
        let place = Some(line.place.clone());
        self.said.insert(keyword.name, Said { values, place });
    }

    /// Adds to what is not supported, where the value asks for something.
    pub(crate) fn name(&mut self, keyword: &'static Keyword, values: &[String], line: &Line) {
        if let Role::Named(harmless, why) = keyword.role {
            let value = values.join(" ");
            if !harmless
                .iter()
                .any(|harmless| harmless.eq_ignore_ascii_case(&value))
            {
                self.unsupported(line, why);
            }
        }
    }

    /// Adds the line to what is not supported, once.
    pub(crate) fn unsupported(&mut self, line: &Line, why: &str) {
        let place = &line.place;
        let known = |other: &Unsupported| {
            other.line == place.line && *other.file == *place.file && other.why == why
        };
        if !self.unsupported.iter().any(known) {
            self.unsupported.push(Unsupported {
                keyword: line.keyword.clone(),
                value: line.rest.clone().unwrap_or_default(),
                file: place.file.to_path_buf(),
                line: place.line,
                of_system: !place.of_user,
                why: why.to_owned(),
            });
        }
    }
}

/// Adds what is not there yet; whether there was room for it.
pub(crate) fn add_once(list: &mut Vec<Listed>, value: String, place: &Place, most: usize) -> bool {
    let known = |other: &Listed| other.value == value && other.place.of_user == place.of_user;
    if list.len() >= most {
        return false;
    }
    if !list.iter().any(known) {
        let place = place.clone();
        list.push(Listed { value, place });
    }
    true
}
