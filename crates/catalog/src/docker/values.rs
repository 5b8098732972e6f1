//! Cells as docker and podman write them, made exact: sizes, moments, states, commands.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    redact, time,
    units::{self, Letters},
};

/// A label of a container, an image, a volume or a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerLabel {
    /// Its name, `org.opencontainers.image.version`.
    pub name: String,
    /// Its value, may be empty; `null`: left out, since the label looks like it keeps a secret.
    pub value: Option<String>,
}

impl DockerLabel {
    /// A label, with its value where that is no secret.
    pub(super) fn new(name: String, value: String) -> Self {
        let is_secret = redact::is_secret(&name, &value);
        Self {
            value: (!is_secret).then_some(value),
            name,
        }
    }
}

/// The labels of an object of JSON, by name.
pub(super) fn labels(map: std::collections::BTreeMap<String, String>) -> Vec<DockerLabel> {
    map.into_iter()
        .map(|(name, value)| DockerLabel::new(name, value))
        .collect()
}

/// Labels as JSON has them: an object, `null`, or as a list shows them, one behind the other.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Labels {
    Map(std::collections::BTreeMap<String, String>),
    Text(String),
}

impl Labels {
    /// The labels, where it is certain which they are: `a=b,c=d` may be two, or one.
    pub(super) fn certain(self) -> Option<Vec<DockerLabel>> {
        match self {
            Self::Map(map) => Some(labels(map)),
            Self::Text(text) if text.is_empty() => Some(Vec::new()),
            Self::Text(text) if text.contains(',') => None,
            Self::Text(text) => {
                let (name, value) = text.split_once('=')?;
                Some(vec![DockerLabel::new(name.to_owned(), value.to_owned())])
            }
        }
    }
}

/// `true` as JSON has it, or as a text.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Flag {
    Bool(bool),
    Text(String),
}

impl Flag {
    /// Which of both it is; `None`: neither.
    pub(super) fn is_set(&self) -> Option<bool> {
        match self {
            Self::Bool(is_set) => Some(*is_set),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

/// A number as JSON has it, or as a text: `1`, `"1"`, `"N/A"`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Count {
    Number(u64),
    Signed(i64),
    Text(String),
}

impl Count {
    /// The number; `None`: it is not known (`N/A`, -1).
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Signed(number) => u64::try_from(*number).ok(),
            Self::Text(text) => text.parse().ok(),
        }
    }

    /// The same of a size, which a text has with its unit.
    pub(super) fn bytes(&self) -> Option<u64> {
        match self {
            Self::Text(text) => size(text),
            number => number.number(),
        }
    }
}

/// A moment as the tools write it: `2026-11-29 00:57:21 +0000 UTC`, RFC 3339, seconds since 1970.
/// `None` for what is none, and for the year 1 that Go has for none.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Moment {
    Seconds(i64),
    Text(String),
}

impl Moment {
    /// The moment in UTC.
    pub(super) fn utc(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Seconds(seconds) => DateTime::from_timestamp(*seconds, 0),
            Self::Text(text) => moment(text),
        }
    }
}

/// The same of a text.
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc());
    let moment = moment.ok().or_else(|| time::of_docker(text))?;
    (moment.timestamp() > 0).then_some(moment)
}

/// A size: `1.99MB`, `2.13 MB`, `324KiB`, `0B`. `None` for `N/A`, `--` and what is no size.
pub(super) fn size(text: &str) -> Option<u64> {
    units::bytes(text, Letters::Decimal)
}

/// Two sizes: `316KiB / 23.54GiB`.
pub(super) fn two_sizes(text: &str) -> (Option<u64>, Option<u64>) {
    match text.split_once(" / ") {
        Some((first, second)) => (size(first), size(second)),
        None => (None, None),
    }
}

/// A container's layer and all of its files: `26B (virtual 1.99MB)`, `26B`.
pub(super) fn layer_sizes(text: &str) -> (Option<u64>, Option<u64>) {
    match text.split_once(" (virtual ") {
        Some((own, all)) => (size(own), all.strip_suffix(')').and_then(size)),
        None => (size(text), None),
    }
}

/// A share in percent: `0.63%`, and bare as podman has it in JSON. `None` for `--`.
pub(super) fn percent(text: &str) -> Option<f64> {
    crate::text::figure(text.trim().trim_end_matches('%'))
}

/// A text that stands for nothing where it is empty, `<none>`, `<missing>`, `N/A` or `--`.
pub(super) fn said(text: &str) -> Option<String> {
    let text = text.trim();
    let is_nothing = matches!(text, "" | "<none>" | "<missing>" | "N/A" | "--");
    (!is_nothing).then(|| text.to_owned())
}

/// A command as docker quotes it, `"sh -c 'exit 3'"`, without its quotes; podman does not quote.
pub(super) fn command(text: &str) -> Option<String> {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let Some(inner) = inner else {
        return said(text);
    };
    let unquoted = serde_json::from_str::<String>(text).ok();
    said(&unquoted.unwrap_or_else(|| inner.to_owned()))
}

/// The state behind a status: `Up 3 minutes`, `Up 3 minutes (Paused)`, `Restarting (1) 5 seconds
/// ago`, `Exited (0) 2 hours ago`, and `Exit 4` of compose before 2. Empty where it is none of these.
pub(super) fn state(status: &str) -> &'static str {
    const STATES: &[(&str, &str)] = &[
        ("Up", "running"),
        ("Restarting", "restarting"),
        ("Exit", "exited"),
        ("Created", "created"),
        ("Initialized", "initialized"),
        ("Paused", "paused"),
        ("Dead", "dead"),
        ("Removal In Progress", "removing"),
        ("Removing", "removing"),
        ("Stopping", "stopping"),
        ("Stopped", "stopped"),
        ("Unknown", "unknown"),
    ];
    if status.starts_with("Up") && status.ends_with("(Paused)") {
        return "paused";
    }
    let of = STATES.iter().find(|(word, _)| status.starts_with(word));
    // Compose 2.0 shows the state itself: `exited (1)`.
    let itself = || STATES.iter().find(|(_, state)| status.starts_with(state));
    of.or_else(itself).map_or("", |(_, state)| state)
}

/// How it ended: `Exited (4) 2 hours ago`, `Exit 4`. `None`: it has not.
pub(super) fn exit_code(status: &str) -> Option<i64> {
    let rest = status
        .strip_prefix("Exited (")
        .or_else(|| status.strip_prefix("exited ("));
    let code = match rest {
        Some(rest) => rest.split_once(')')?.0,
        None => status.strip_prefix("Exit ")?,
    };
    code.parse().ok()
}

/// A length of time as Go writes it: `21m14.01s`, `28.837224ms`, `0s`, in seconds.
pub(super) fn go_seconds(text: &str) -> Option<f64> {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        let begins = c.is_ascii_digit() && spaced.ends_with(char::is_alphabetic);
        spaced.extend(begins.then_some(' '));
        spaced.push(c);
    }
    units::span_seconds(&spaced)
}

/// What the checks of its health say, as it stands in a status: `Up 3 minutes (healthy)`.
pub(super) fn health(status: &str) -> Option<&'static str> {
    let (_, last) = status.rsplit_once(" (")?;
    match last {
        "healthy)" => Some("healthy"),
        "unhealthy)" => Some("unhealthy"),
        "health: starting)" | "starting)" => Some("starting"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_exact() {
        assert_eq!(
            layer_sizes("26B (virtual 1.99MB)"),
            (Some(26), Some(1_990_000))
        );
        assert_eq!(
            two_sizes("512KiB / 1.5GB"),
            (Some(524_288), Some(1_500_000_000))
        );
        assert_eq!(two_sizes("-- / --"), (None, None));
        assert_eq!((percent("0.63%"), percent("--")), (Some(0.63), None));
        assert_eq!(command(r#""sh -c \"a\"""#).as_deref(), Some("sh -c \"a\""));
        assert_eq!(command("sleep 1").as_deref(), Some("sleep 1"));
        assert_eq!(said("<none>"), None);
    }

    #[test]
    fn a_status_says_the_state() {
        assert_eq!(state("Up 3 minutes (Paused)"), "paused");
        assert_eq!(state("Restarting (7) 3 seconds ago"), "restarting");
        assert_eq!(state("Exited (0) 3 hours ago"), "exited");
        assert_eq!(state("Gone"), "");
        assert_eq!(state("exited (1)"), "exited");
        assert_eq!(
            (exit_code("Exited (4) 1 hour ago"), exit_code("Exit 137")),
            (Some(4), Some(137))
        );
        assert_eq!(exit_code("Up 4 hours"), None);
        assert_eq!(
            (go_seconds("1h2m3.5s"), go_seconds("0s")),
            (Some(3723.5), Some(0.0))
        );
        assert_eq!((go_seconds("3"), go_seconds("3x")), (None, None));
        assert_eq!(health("Up 4 seconds (health: starting)"), Some("starting"));
        assert_eq!(health("Exited (1) 4 seconds ago"), None);
    }
}
