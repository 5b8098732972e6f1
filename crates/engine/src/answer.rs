//! Answers questions to one server: an execution plan, its variants tried in turn, its readings
//! kept.
//!
//! Invariant: all the files a plan wants are read together, and its commands run beside each
//! other; a variant that turns out absent or not understood gives way to the next.

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use catalog::{AnyQuery, FixedPath, ParseError, Parsed, Prepared, Source, Unread, redact};
use chrono::{SecondsFormat, Utc};
use futures::{FutureExt, future::BoxFuture};
use serde_json::Value;

use crate::{
    ByModel, Error, Outcome, Reading,
    cache::Kept,
    fetch::{Fetched, SharedFiles, fetch, read_files},
    gate::Granted,
    models::{self, Fallback},
    session::{Link, Session},
};

/// A question that has passed the gate: a query with validated arguments.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) granted: Granted,
    pub(crate) query: &'static dyn AnyQuery,
    pub(crate) args: Value,
    pub(crate) prepared: Arc<dyn Prepared>,
    /// The query's id and its arguments: what tells one question from another.
    pub(crate) key: String,
    /// Whether a person wants the chosen language model to read what no parser understands.
    pub(crate) by_model: bool,
}

/// An answer on its way.
pub(crate) type Answering = BoxFuture<'static, Result<Arc<Reading>, Error>>;

/// The answers to all the questions, each a future of its own, to be polled side by side. Each
/// fails alone, and only for want of a connection that answers; what a server says is no error.
pub(crate) fn plan(session: &Arc<Session>, questions: Vec<Asked>) -> Vec<Answering> {
    let together = shared_files(session, &questions);
    questions
        .into_iter()
        .map(|asked| {
            let (session, together) = (Arc::clone(session), together.clone());
            async move {
                tokio::select! {
                    biased;
                    error = session.withdrawn(asked.granted) => Err(error),
                    answered = answer(&session, &asked, together) => answered,
                }
            }
            .boxed()
        })
        .collect()
}

/// One read of all the files that the questions' best variants want; `None`: they want none.
fn shared_files(session: &Arc<Session>, questions: &[Asked]) -> Option<SharedFiles> {
    let link = questions
        .iter()
        .find_map(|asked| session.link(asked.granted).ok())?;
    let wanted: BTreeSet<FixedPath> = questions
        .iter()
        .filter(|asked| session.link(asked.granted).is_ok())
        .filter_map(
            |asked| match asked.prepared.source(*usable(asked, &link).first()?)? {
                Source::Files(paths) => Some(paths),
                Source::Command(_) => None,
            },
        )
        .flatten()
        .copied()
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let paths: Vec<FixedPath> = wanted.into_iter().collect();
    // Where there is no SFTP it is one command, for all of them.
    let first = questions.first()?;
    let names: Vec<&str> = questions.iter().map(|asked| asked.query.id()).collect();
    let purpose = session.purpose(first.granted, names.join(" "), "files");
    Some(
        async move { read_files(&link, &purpose, &paths).await.map(Arc::new) }
            .boxed()
            .shared(),
    )
}

/// The indexes of the variants whose needs the server meets, best first, the one that answered
/// last before all others.
fn usable(asked: &Asked, link: &Link) -> Vec<usize> {
    let variants = asked.query.variants();
    let meets = |index: &usize| {
        variants
            .get(*index)
            .is_some_and(|(_, needs)| needs.met_by(&link.facts))
    };
    let mut usable: Vec<usize> = (0..variants.len()).filter(meets).collect();
    if let Some(kept) = link.cache.get(&asked.key) {
        usable.sort_by_key(|index| *index != kept.variant);
    }
    usable
}

/// One variant's turn.
struct Turn {
    variant: usize,
    fetched: Fetched,
    outcome: Outcome,
    /// As parsed, rates not yet filled in; `None`: no value came of it.
    parsed: Option<Arc<Parsed<Value>>>,
    /// Whether another variant may do better.
    gives_way: bool,
    /// Whether it printed something that its parser did not understand.
    is_odd: bool,
    /// What a language model had to do with it.
    model: Option<ByModel>,
}

async fn answer(
    session: &Arc<Session>,
    asked: &Asked,
    mut together: Option<SharedFiles>,
) -> Result<Arc<Reading>, Error> {
    let link = session.link(asked.granted)?;
    let mut last = None;
    for variant in usable(asked, &link) {
        let Some(source) = asked.prepared.source(variant) else {
            continue;
        };
        // The shared read holds the files of each question's first choice only.
        let shared = together.take();
        let at = Utc::now();
        let tool = asked
            .query
            .variants()
            .get(variant)
            .map_or("", |(name, _)| name);
        let purpose = session.purpose(asked.granted, asked.query.id(), tool);
        let turn = match fetch(&link, &purpose, &source, shared.as_ref()).await {
            Ok(fetched) => judge(session, &link, asked, variant, fetched),
            Err(error) if error.is_lost() || matches!(source, Source::Files(_)) => {
                return Err(session.run_error(&source, error));
            }
            Err(error) => {
                let error = session.run_error(&source, error).body();
                let fetched = Fetched::nothing(&link, &source, at);
                let outcome = Outcome::Failed { error };
                Turn {
                    variant,
                    fetched,
                    outcome,
                    parsed: None,
                    gives_way: false,
                    is_odd: false,
                    model: None,
                }
            }
        };
        if !turn.gives_way {
            return Ok(keep(session, &link, asked, turn, last));
        }
        // A tool that is not there does not hide what went wrong with one that is.
        let absent = matches!(turn.outcome, Outcome::Unsupported { .. });
        if !absent || last.is_none() {
            last = Some(turn);
        }
    }
    Ok(match last {
        Some(turn) if turn.is_odd => by_model(session, &link, asked, turn).await,
        Some(turn) => keep(session, &link, asked, turn, None),
        None => Arc::new(without_tool(session, &link, asked)),
    })
}

/// The reading of an output that no parser understood: the model's, where one may read it.
async fn by_model(
    session: &Arc<Session>,
    link: &Arc<Link>,
    asked: &Asked,
    turn: Turn,
) -> Arc<Reading> {
    let (outcome, model) = match models::read(session, link, asked, &turn.fetched.raw).await {
        Fallback::Before(reading) => return reading,
        Fallback::Nothing => (turn.outcome, None),
        Fallback::Said(by) => (turn.outcome, Some(by)),
        Fallback::Value { value, unread, by } => (Outcome::Ok { value, unread }, Some(by)),
    };
    let turn = Turn {
        outcome,
        model,
        ..turn
    };
    keep(session, link, asked, turn, None)
}

/// Parses what a variant's source gave, unless the same bytes were parsed before.
fn judge(session: &Session, link: &Link, asked: &Asked, variant: usize, fetched: Fetched) -> Turn {
    let before = link
        .cache
        .get(&asked.key)
        .filter(|kept| kept.variant == variant);
    let again = before.as_ref().filter(|kept| *kept.raw == fetched.raw);
    let parsed = match again.and_then(|kept| kept.parsed.clone()) {
        Some(parsed) => Ok(parsed),
        None => fetched
            .raw
            .parse(asked.prepared.as_ref(), variant)
            .map(Arc::new),
    };
    let is_odd = matches!(parsed, Err(ParseError::Shape(_)));
    // The details quote what was printed.
    let told = |detail: String| redact::text(&detail).text;
    let (outcome, parsed, gives_way) = match parsed {
        Ok(parsed) => {
            let value = parsed.value.clone();
            let value = match before.as_ref().and_then(|kept| kept.sample(Instant::now())) {
                Some((earlier, age)) => asked.prepared.rate(&earlier.value, value, age),
                None => value,
            };
            (
                Outcome::Ok {
                    value,
                    unread: without_secrets(&parsed.unread),
                },
                Some(parsed),
                false,
            )
        }
        Err(ParseError::Absent(_)) => (lacking(asked), None, true),
        Err(ParseError::Denied(said)) => (Outcome::Denied { detail: told(said) }, None, false),
        Err(ParseError::Unavailable(said)) => {
            (Outcome::Unavailable { detail: told(said) }, None, false)
        }
        Err(ParseError::Shape(detail) | ParseError::Empty(detail)) => {
            let error = session.not_understood(&fetched.origin, &told(detail));
            (Outcome::Failed { error }, None, true)
        }
    };
    Turn {
        variant,
        fetched,
        outcome,
        parsed,
        gives_way,
        is_odd,
        model: None,
    }
}

/// Lines that were not understood, without secrets: they leave as they were printed. They are looked
/// at together, for a key has many lines.
fn without_secrets(unread: &[Unread]) -> Vec<Unread> {
    let texts: Vec<&str> = unread.iter().map(|unread| unread.text.as_str()).collect();
    let redacted = redact::text(&texts.join("\n")).text;
    let line = |(unread, text): (&Unread, &str)| Unread {
        line: unread.line,
        text: text.to_owned(),
    };
    unread.iter().zip(redacted.split('\n')).map(line).collect()
}

/// Makes the reading and keeps it for the length of the connection, with what a better variant
/// printed that was not understood, now or before.
fn keep(
    session: &Session,
    link: &Link,
    asked: &Asked,
    turn: Turn,
    gave_way: Option<Turn>,
) -> Arc<Reading> {
    let not_understood = gave_way
        .filter(|turn| matches!(turn.outcome, Outcome::Failed { .. }))
        .map(|turn| (turn.variant, Arc::new(turn.fetched.raw)));
    let before = || link.cache.get(&asked.key)?.not_understood;
    let not_understood = not_understood.or_else(before);
    let Turn {
        variant,
        fetched,
        outcome,
        parsed,
        model,
        ..
    } = turn;
    let reading = Arc::new(Reading {
        server: session.id().to_owned(),
        query: asked.query.id().to_owned(),
        args: asked.args.clone(),
        outcome,
        model,
        variant: asked
            .query
            .variants()
            .get(variant)
            .map(|(name, _)| (*name).to_owned()),
        origin: Some(fetched.origin),
        taken_at: fetched.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        duration_ms: u32::try_from(fetched.took.as_millis()).unwrap_or(u32::MAX),
        raw: None,
    });
    let kept = Kept {
        variant,
        raw: Arc::new(fetched.raw),
        not_understood,
        parsed,
        sampled: Instant::now(),
        reading: Arc::clone(&reading),
    };
    link.cache.put(&asked.key, kept);
    reading
}

/// The reading of a question that no tool of the server can answer for this user.
fn without_tool(session: &Session, link: &Link, asked: &Asked) -> Reading {
    let as_root = asked
        .query
        .variants()
        .into_iter()
        .find(|(_, needs)| needs.met_as_root(&link.facts));
    let outcome = match as_root {
        Some((name, _)) => Outcome::Denied {
            detail: format!(
                "{name} can be asked only as root: as another user it leaves files on the server."
            ),
        },
        None => lacking(asked),
    };
    Reading {
        server: session.id().to_owned(),
        query: asked.query.id().to_owned(),
        args: asked.args.clone(),
        outcome,
        model: None,
        variant: None,
        origin: None,
        taken_at: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        duration_ms: 0,
        raw: None,
    }
}

/// What the server lacks: the programs of which one would do.
fn lacking(asked: &Asked) -> Outcome {
    let needs: BTreeSet<&str> = asked
        .query
        .variants()
        .iter()
        .flat_map(|(_, needs)| needs.programs)
        .copied()
        .collect();
    Outcome::Unsupported {
        needs: needs.into_iter().map(str::to_owned).collect(),
    }
}
