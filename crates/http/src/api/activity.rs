//! The routes of the journal: what was done on the servers.

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use engine::{Deed, Engine, JournalEntry, JournalFilter, Receipt, Verified, as_script};
use futures::{StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::{Result, body::Parameters};
use crate::{
    App,
    error::ApiError,
    openapi::{Builder, Operation},
};

/// Entries of one answer where nobody says how many.
const PAGE: u32 = 200;
/// Entries that are turned into a script at once.
const AT_ONCE: u32 = 1000;

pub(super) fn add(api: &mut Builder) {
    let find = api.gives::<Activity>(Operation::new(
        "get",
        "What was done on the servers, newest first",
        200,
    ));
    api.route("/api/activity", get(activity), vec![find]);

    let verify = api.gives::<Verified>(Operation::new(
        "get",
        "Check that no line of the journal was changed or is missing",
        200,
    ));
    api.route("/api/activity/verify", get(self::verify), vec![verify]);

    let export = Operation::new(
        "get",
        "The journal as lines of JSON, or what was found in it as a commented shell script",
        200,
    );
    api.route("/api/activity/export", get(self::export), vec![export]);

    let receipt = api.gives::<Option<Receipt>>(Operation::new(
        "get",
        "What was done on a server over its last connection; null: it has had none",
        200,
    ));
    api.route(
        "/api/servers/{server}/receipt",
        get(self::receipt),
        vec![receipt],
    );
}

/// A page of the journal.
#[derive(Serialize, JsonSchema)]
struct Activity {
    /// Newest first.
    entries: Vec<JournalEntry>,
}

/// What is looked for; absent: everything.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Wanted {
    server: Option<String>,
    since: Option<String>,
    until: Option<String>,
    deed: Option<Deed>,
    changes: bool,
    words: String,
    before: Option<i64>,
    limit: Option<u32>,
    format: Option<Format>,
}

/// How the journal is written down.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Format {
    /// Every line of it as it is kept, with its hash.
    Lines,
    /// What was found, oldest first, as a shell script.
    Script,
}

impl From<Wanted> for JournalFilter {
    fn from(wanted: Wanted) -> Self {
        Self {
            server: wanted.server,
            since: wanted.since,
            until: wanted.until,
            deed: wanted.deed,
            changes: wanted.changes,
            words: wanted.words,
            before: wanted.before,
        }
    }
}

async fn activity(
    State(app): State<App>,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Json<Activity>> {
    let most = wanted.limit.unwrap_or(PAGE);
    let entries = app.engine.activity(wanted.into(), most).await?;
    Ok(Json(Activity { entries }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    hash: Option<String>,
}

async fn verify(
    State(app): State<App>,
    Parameters(noted): Parameters<Noted>,
) -> Result<Json<Verified>> {
    Ok(Json(app.engine.verify_activity(noted.hash).await?))
}

async fn export(
    State(app): State<App>,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Response> {
    let Some(format) = wanted.format else {
        return Err(ApiError::invalid(
            "`format` is `lines` or `script`".to_owned(),
        ));
    };
    let (kind, name, body) = match format {
        Format::Lines => (
            "application/x-ndjson",
            "headlessos-activity.jsonl",
            Body::from_stream(lines(Arc::clone(&app.engine))),
        ),
        Format::Script => (
            "text/x-shellscript; charset=utf-8",
            "headlessos-activity.sh",
            Body::from(script(&app.engine, wanted.into()).await?),
        ),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, body).into_response())
}

/// Every line as it is kept. The hash covers the hash before it, the line's number in eight bytes, the highest
/// first, and the text of `record`, byte by byte.
fn lines(
    engine: Arc<Engine>,
) -> impl futures::Stream<Item = std::result::Result<Bytes, std::io::Error>> {
    stream::unfold(Some(i64::MIN), move |after| {
        let engine = Arc::clone(&engine);
        async move {
            let lines = match engine.activity_lines(after?).await {
                Ok(lines) => lines,
                Err(error) => return Some((Err(std::io::Error::other(error)), None)),
            };
            let last = lines.last()?.0;
            let text: String = lines
                .iter()
                .map(|(id, hash, record)| {
                    format!("{{\"line\":{id},\"hash\":\"{hash}\",\"record\":{record}}}\n")
                })
                .collect();
            Some((Ok(Bytes::from(text)), Some(last)))
        }
    })
    .fuse()
}

async fn script(engine: &Engine, filter: JournalFilter) -> Result<String> {
    let mut pages = Vec::new();
    let mut filter = filter;
    loop {
        let page = engine.activity(filter.clone(), AT_ONCE).await?;
        let Some(last) = page.last() else {
            break;
        };
        filter.before = Some(last.id);
        pages.push(page);
    }
    let mut text =
        "#!/bin/sh\n# What HeadlessOS has run. Read it before you run it again.\n".to_owned();
    for entry in pages.iter().rev().flat_map(|page| page.iter().rev()) {
        text.push('\n');
        text.push_str(&as_script(entry));
    }
    Ok(text)
}

async fn receipt(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Option<Receipt>>> {
    Ok(Json(app.engine.receipt(&id).await?))
}
