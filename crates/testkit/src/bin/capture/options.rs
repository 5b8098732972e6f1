//! The command line: which hosts, which user, which queries.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::lab::Host;

/// What to capture; see the program's own description.
pub(crate) struct Options {
    host: Option<String>,
    pub(crate) user: String,
    pub(crate) query: Option<String>,
    pub(crate) variant: Option<String>,
    pub(crate) args: Value,
    pub(crate) label: Option<String>,
    pub(crate) absent: bool,
}

impl Options {
    /// Reads the command line.
    pub(crate) fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            host: None,
            user: "root".to_owned(),
            query: None,
            variant: None,
            args: json!({}),
            label: None,
            absent: false,
        };
        while let Some(option) = words.next() {
            if option == "--absent" {
                options.absent = true;
                continue;
            }
            let value = words.next().ok_or(format!("{option} needs a value"))?;
            match option.as_str() {
                "--host" => options.host = Some(value),
                "--user" => options.user = value,
                "--query" => options.query = Some(value),
                "--variant" => options.variant = Some(value),
                "--label" => options.label = Some(value),
                "--args" => {
                    let args = serde_json::from_str(&value);
                    options.args = args.map_err(|error| format!("--args: {error}"))?;
                }
                _ => return Err(format!("there is no option {option}")),
            }
        }
        Ok(options)
    }

    /// The host that was named, or else the first of each family; never the machine itself or a
    /// host seen through a slow link.
    pub(crate) fn hosts<'a>(&self, all: &'a [Host]) -> Result<Vec<&'a Host>, String> {
        if let Some(name) = &self.host {
            let host = all.iter().find(|host| host.name == *name);
            return Ok(vec![host.ok_or(format!("the lab has no host {name}"))?]);
        }
        let mut families = BTreeSet::new();
        let whole = all
            .iter()
            .filter(|host| host.init != "none" && !host.name.ends_with("-slow"));
        Ok(whole.filter(|host| families.insert(&host.family)).collect())
    }
}
