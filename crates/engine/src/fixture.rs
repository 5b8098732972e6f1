//! What a server printed as the files of a fixture: for a bug report, and for the golden tests.
//!
//! Invariant: it holds no secret, and neither the server's name nor its people or addresses. It is
//! made of the reading that is kept, understood or not, and of what a better variant printed that
//! was not understood.

use std::time::Duration;

use catalog::redact::{self, Redacted, Replaced, Scrubber};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Ask, Engine, Error, Outcome, cache::Raw};

/// The query that tells the server's own name and its distribution.
const IDENTITY: &str = "system.identity";
/// A name and a distribution do not change while one looks.
const IDENTITY_AGE: Duration = Duration::from_secs(3600);

/// A recorded answer, scrubbed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fixture {
    /// The files, as they lie in the folder `fixtures` of the query: `VARIANT--LABEL.out`, and
    /// `.err`, `.exit` (-1: a signal ended it) and `.args` where there is something to say. Empty:
    /// no tool of the server could be asked.
    pub files: Vec<FixtureFile>,
    /// How many secrets were removed; each is `[removed]`.
    pub removed: u32,
    /// What was replaced by names and addresses that are kept for documentation; empty: nothing.
    pub replaced: Vec<Replaced>,
}

/// One of its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FixtureFile {
    /// Its name: letters, figures, `-`, `_` and `.` alone.
    pub name: String,
    /// Its content. Bytes that are no text were replaced by U+FFFD; where secrets were removed,
    /// escape sequences are gone too.
    pub content: String,
}

impl Engine {
    /// Asks, and gives what the server printed as a fixture.
    ///
    /// # Errors
    /// As for [`Engine::ask`].
    pub async fn fixture(&self, id: &str, query: &str, ask: Ask) -> Result<Fixture, Error> {
        let session = self.session(id)?;
        let asked = self.asked(&session, query, ask.args.clone())?;
        self.ask(id, query, Ask { raw: false, ..ask }).await?;
        let kept = session.link(asked.granted)?.cache.get(&asked.key);
        let outputs = kept.map_or_else(Vec::new, |kept| {
            let answered = (kept.variant, kept.raw);
            kept.not_understood.into_iter().chain([answered]).collect()
        });
        let identity = self.identity(id).await;
        let said = |field: &str| {
            identity
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let profile = session.profile();
        let hosts = [
            said("hostname"),
            profile.host.as_deref().unwrap_or_default(),
        ];
        let scrubber = Scrubber::new(hosts, [profile.user.as_str()]);
        let label = label(said("distributionId"), said("distributionVersion"));
        let variants = asked.query.variants();
        let files = outputs.iter().flat_map(|(variant, raw)| {
            let variant = variants.get(*variant).map_or("", |(name, _)| name);
            printed(&format!("{variant}--{label}"), raw, &asked.args)
        });
        Ok(scrubbed(files.collect(), scrubber))
    }

    /// What the server says of itself; `null` where it says nothing, or may not be asked.
    async fn identity(&self, id: &str) -> Value {
        let ask = Ask {
            max_age: Some(IDENTITY_AGE),
            ..Ask::default()
        };
        match self
            .ask(id, IDENTITY, ask)
            .await
            .map(|reading| reading.outcome)
        {
            Ok(Outcome::Ok { value, .. }) => value,
            _ => Value::Null,
        }
    }
}

/// `debian-12`; what is no letter or figure is left out, for it becomes the name of a file.
fn label(distribution: &str, version: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '.';
    let plain = |text: &str| text.chars().filter(is_plain).take(20).collect::<String>();
    match (plain(distribution).as_str(), plain(version).as_str()) {
        ("", _) => "recorded".to_owned(),
        (distribution, "") => distribution.to_owned(),
        (distribution, version) => format!("{distribution}-{version}"),
    }
}

/// A file of the fixture before it is scrubbed: its name, and texts without secrets, each with what
/// stands before its lines.
type Printed = (String, Vec<(&'static str, Redacted)>);

/// The files of one output.
fn printed(base: &str, raw: &Raw, args: &Value) -> Vec<Printed> {
    let mut out = vec![("", redacted(&raw.stdout))];
    // As `catalog::files::print` prints them.
    out.extend(
        raw.files
            .iter()
            .map(|(path, bytes)| (*path, redacted(bytes))),
    );
    let signal = if raw.files.is_empty() { -1 } else { 0 };
    let said = |text: String| vec![("", redact::text(&text))];
    let exit_code = raw.exit_code.unwrap_or(signal);
    let err = (!raw.stderr.is_empty()).then(|| vec![("", redacted(&raw.stderr))]);
    let exit = (exit_code != 0).then(|| said(format!("{exit_code}\n")));
    let args = (*args != json!({})).then(|| said(format!("{args}\n")));
    [
        ("out", Some(out)),
        ("err", err),
        ("exit", exit),
        ("args", args),
    ]
    .into_iter()
    .filter_map(|(ending, texts)| Some((format!("{base}.{ending}"), texts?)))
    .collect()
}

fn scrubbed(printed: Vec<Printed>, mut scrubber: Scrubber) -> Fixture {
    let texts = || printed.iter().flat_map(|(_, texts)| texts);
    for (_, redacted) in texts() {
        scrubber.learn(&redacted.text);
    }
    let removed: usize = texts().map(|(_, redacted)| redacted.removed).sum();
    let file = |(name, texts): &Printed| FixtureFile {
        name: name.clone(),
        content: texts
            .iter()
            .map(|(path, redacted)| behind(path, &scrubber.scrub(&redacted.text)))
            .collect(),
    };
    let files = printed.iter().map(file).collect();
    Fixture {
        files,
        removed: u32::try_from(removed).unwrap_or(u32::MAX),
        replaced: scrubber.replaced(),
    }
}

/// A text with its file's path before each line; as it is where there is no path.
fn behind(path: &str, text: &str) -> String {
    if path.is_empty() {
        return text.to_owned();
    }
    let mut lines = String::with_capacity(text.len());
    for line in text.lines() {
        lines.extend([path, ":", line, "\n"]);
    }
    lines
}

/// As it was printed where it holds no secret, for escape sequences may be what a parser fails on.
fn redacted(bytes: &[u8]) -> Redacted {
    let cleaned = redact::text(&catalog::text::clean(bytes));
    let printed = redact::text(&String::from_utf8_lossy(bytes));
    if cleaned.removed == 0 && printed.removed == 0 {
        return printed;
    }
    cleaned
}
