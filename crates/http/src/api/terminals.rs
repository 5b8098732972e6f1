//! The routes of terminals, recordings and snippets.

use axum::{
    Json,
    body::{Body as AnswerBody, Bytes},
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use engine::{NewTerminal, RecordingInfo, TerminalInfo, TerminalProcess};
use futures::stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Snippets;
use tokio::io::AsyncReadExt;

use super::{Nothing, Result, body::Body};
use crate::{
    App,
    error::ApiError,
    openapi::{Builder, Operation},
    terminal_socket,
};

/// Bytes of a recording that are read at once.
const CHUNK_BYTES: usize = 64 * 1024;

pub(super) fn add(api: &mut Builder) {
    let list = api.gives::<Terminals>(Operation::new("get", "All open terminals", 200));
    api.route("/api/terminals", get(terminals), vec![list]);

    let open = api.takes::<NewTerminal>(Operation::new(
        "post",
        "Open a terminal with a new shell",
        201,
    ));
    let open = api.gives::<TerminalInfo>(open);
    api.route(
        "/api/servers/{server}/terminals",
        post(self::open),
        vec![open],
    );

    let close = Operation::new("delete", "End a terminal's shell and forget its text", 204);
    api.route(
        "/api/terminals/{terminal}",
        delete(self::close),
        vec![close],
    );

    let restart = api.takes::<Nothing>(Operation::new(
        "post",
        "Start a new shell in a terminal whose shell has ended",
        202,
    ));
    let restart = api.gives::<TerminalInfo>(restart);
    api.route(
        "/api/terminals/{terminal}/restart",
        post(self::restart),
        vec![restart],
    );

    let clear = api.takes::<Nothing>(Operation::new(
        "post",
        "Forget what is above the line of the cursor",
        204,
    ));
    api.route(
        "/api/terminals/{terminal}/clear",
        post(self::clear),
        vec![clear],
    );

    let text = Operation::new("get", "Scrollback and screen as plain text", 200);
    api.route(
        "/api/terminals/{terminal}/text",
        get(self::text),
        vec![text],
    );

    let process =
        api.gives::<TerminalProcess>(Operation::new("get", "What runs in a terminal", 200));
    api.route(
        "/api/terminals/{terminal}/process",
        get(self::process),
        vec![process],
    );

    let record = api.takes::<Record>(Operation::new("post", "Start or end a recording", 200));
    let record = api.gives::<TerminalInfo>(record);
    api.route(
        "/api/terminals/{terminal}/recording",
        post(self::record),
        vec![record],
    );

    let socket = Operation::new(
        "get",
        "A terminal's socket: a WebSocket of binary messages",
        101,
    );
    api.route(
        "/api/terminals/{terminal}/socket",
        get(terminal_socket::upgrade),
        vec![socket],
    );

    let list = api.gives::<Recordings>(Operation::new("get", "All recordings", 200));
    api.route("/api/recordings", get(recordings), vec![list]);

    let read = Operation::new("get", "A recording as an asciicast v2 file", 200);
    let remove = Operation::new("delete", "Delete a recording", 204);
    api.route(
        "/api/recordings/{recording}",
        get(recording).merge(delete(delete_recording)),
        vec![read, remove],
    );

    let read = api.gives::<Snippets>(Operation::new("get", "The user's snippets", 200));
    let write = api.takes::<Snippets>(Operation::new("put", "Save the user's snippets", 200));
    let write = api.gives::<Snippets>(write);
    api.route(
        "/api/snippets",
        get(snippets).put(save_snippets),
        vec![read, write],
    );
}

/// All open terminals.
#[derive(Serialize, JsonSchema)]
struct Terminals {
    /// By server and number.
    terminals: Vec<TerminalInfo>,
}

async fn terminals(State(app): State<App>) -> Json<Terminals> {
    Json(Terminals {
        terminals: app.engine.terminals(),
    })
}

async fn open(
    State(app): State<App>,
    Path(server): Path<String>,
    Body(new): Body<NewTerminal>,
) -> Result<(StatusCode, Json<TerminalInfo>)> {
    let terminal = app.engine.open_terminal(&server, new).await?;
    Ok((StatusCode::CREATED, Json(terminal)))
}

async fn close(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    app.engine.close_terminal(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn restart(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<(StatusCode, Json<TerminalInfo>)> {
    let terminal = app.engine.restart_terminal(&id).await?;
    Ok((StatusCode::ACCEPTED, Json(terminal)))
}

async fn clear(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode> {
    app.engine.clear_terminal(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn text(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let text = app.engine.terminal_text(&id)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"terminal.txt\"",
        ),
    ];
    Ok((headers, text).into_response())
}

async fn process(State(app): State<App>, Path(id): Path<String>) -> Result<Json<TerminalProcess>> {
    Ok(Json(app.engine.terminal_process(&id).await?))
}

/// Whether a terminal is to be recorded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Record {
    recording: bool,
}

async fn record(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(record): Body<Record>,
) -> Result<Json<TerminalInfo>> {
    Ok(Json(app.engine.record_terminal(&id, record.recording)?))
}

/// All recordings.
#[derive(Serialize, JsonSchema)]
struct Recordings {
    /// Newest first.
    recordings: Vec<RecordingInfo>,
}

async fn recordings(State(app): State<App>) -> Result<Json<Recordings>> {
    let listing = tokio::task::spawn_blocking(move || app.engine.recordings());
    let recordings = listing.await.map_err(|_| failed())??;
    Ok(Json(Recordings { recordings }))
}

async fn recording(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let path = app.engine.recording(&id)?;
    let file = tokio::fs::File::open(path).await.map_err(|_| failed())?;
    let chunks = stream::try_unfold(file, |mut file| async move {
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        let read = (&mut file)
            .take(CHUNK_BYTES as u64)
            .read_to_end(&mut chunk)
            .await?;
        let more = (read > 0).then(|| (Bytes::from(chunk), file));
        Ok::<_, std::io::Error>(more)
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-asciicast".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{id}.cast\""),
        ),
    ];
    Ok((headers, AnswerBody::from_stream(chunks)).into_response())
}

async fn delete_recording(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    app.engine.delete_recording(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

fn failed() -> ApiError {
    ApiError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "The recording cannot be read.",
    )
}

async fn snippets(State(app): State<App>) -> Result<Json<Snippets>> {
    Ok(Json(app.engine.snippets()?))
}

async fn save_snippets(
    State(app): State<App>,
    Body(snippets): Body<Snippets>,
) -> Result<Json<Snippets>> {
    let snippets = snippets.within_bounds();
    app.engine.save_snippets(&snippets)?;
    Ok(Json(snippets))
}
