//! The routes of the list of servers: saving, copying, ordering, looking who answers, taking over
//! other programs' lists, giving ours away.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use engine::{DiagnosisLine, ExportFormat, Import, NewImport, NewServer, Reachability, Server};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Nothing, Result, Servers,
    body::{Body, Parameters},
    lines,
};
use crate::{
    App,
    error::ApiError,
    openapi::{Builder, Operation},
};

/// A list of 1 MiB as JSON escapes it, or of 2 MiB as base64 has it, and some more.
const LARGEST_LIST: usize = 7 << 20;

pub(super) fn add(api: &mut Builder) {
    let save = api.takes::<Nothing>(Operation::new(
        "post",
        "Keep a server that was added without saving it",
        200,
    ));
    let save = api.gives::<Server>(save);
    api.route("/api/servers/{server}/save", post(self::save), vec![save]);

    let copy = api.takes::<Nothing>(Operation::new("post", "Save a copy of a server", 201));
    let copy = api.gives::<Server>(copy);
    api.route(
        "/api/servers/{server}/duplicate",
        post(duplicate),
        vec![copy],
    );

    let order = api.takes::<Ids>(Operation::new(
        "put",
        "Put servers into this order, before all others",
        200,
    ));
    let order = api.gives::<Servers>(order);
    api.route("/api/servers/order", put(self::order), vec![order]);

    let reach = api.takes::<Ids>(Operation::new(
        "post",
        "Look which servers answer: one TCP connection to each, which its log shows, at most once \
         a minute",
        200,
    ));
    let reach = api.gives::<Reached>(reach);
    api.route("/api/servers/reachability", post(reachability), vec![reach]);

    let import = api.takes::<NewImport>(Operation::new(
        "post",
        "Read another program's list of servers, and save those that are chosen",
        200,
    ));
    let import = api.gives::<Import>(import);
    api.route(
        "/api/servers/import",
        post(self::import).layer(DefaultBodyLimit::max(LARGEST_LIST)),
        vec![import],
    );

    let export = Operation::new(
        "get",
        "The saved servers as a file, without secrets: ?format=json, csv or sshConfig",
        200,
    );
    api.route("/api/servers/export", get(self::export), vec![export]);

    let diagnosis = api.takes::<Nothing>(Operation::new(
        "post",
        "Test the way to a server: lines of JSON, one as each step begins and ends",
        200,
    ));
    let diagnosis = api.gives::<DiagnosisLine>(diagnosis);
    api.route(
        "/api/servers/{server}/diagnosis",
        post(self::diagnosis),
        vec![diagnosis],
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    save: Option<bool>,
}

/// `?save=false`: the server lasts as long as the program, until it is saved.
pub(super) async fn add_server(
    State(app): State<App>,
    Parameters(keep): Parameters<Keep>,
    Body(new): Body<NewServer>,
) -> Result<(StatusCode, Json<Server>)> {
    let server = match keep.save {
        Some(false) => app.engine.add_unsaved(new)?,
        _ => app.engine.add(new)?,
    };
    Ok((StatusCode::CREATED, Json(server)))
}

async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<Server>> {
    Ok(Json(app.engine.save(&id)?))
}

async fn duplicate(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<(StatusCode, Json<Server>)> {
    Ok((StatusCode::CREATED, Json(app.engine.duplicate(&id)?)))
}

/// Some servers, by their ids.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ids {
    servers: Vec<String>,
}

async fn order(State(app): State<App>, Body(ids): Body<Ids>) -> Result<Json<Servers>> {
    let servers = app.engine.order(&ids.servers)?;
    Ok(Json(Servers { servers }))
}

/// Which servers answered.
#[derive(Serialize, JsonSchema)]
struct Reached {
    /// In the order they were asked about.
    servers: Vec<Reachability>,
}

async fn reachability(State(app): State<App>, Body(ids): Body<Ids>) -> Result<Json<Reached>> {
    let servers = app.engine.reachability(&ids.servers).await?;
    Ok(Json(Reached { servers }))
}

async fn import(State(app): State<App>, Body(new): Body<NewImport>) -> Result<Json<Import>> {
    let engine = app.engine;
    let import = tokio::task::spawn_blocking(move || engine.import(&new));
    let import = import.await.map_err(|_| {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        ApiError::new(status, "internal", "The list could not be read.")
    })?;
    Ok(Json(import?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    format: ExportFormat,
}

async fn export(State(app): State<App>, Parameters(form): Parameters<Form>) -> Result<Response> {
    let export = app.engine.export(form.format)?;
    let disposition = format!("attachment; filename=\"{}\"", export.file_name);
    let headers = [
        (header::CONTENT_TYPE, export.content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, export.text).into_response())
}

async fn diagnosis(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<lines::Lines<DiagnosisLine>> {
    Ok(lines::Lines(app.engine.diagnose(&id)?))
}
