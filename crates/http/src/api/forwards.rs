//! The routes of forwarded ports.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    routing::{delete, get},
};
use engine::{ForwardInfo, NewForward};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Result, body::Body};
use crate::{
    App,
    openapi::{Builder, Operation},
};

pub(super) fn add(api: &mut Builder) {
    let list = api.gives::<Forwards>(Operation::new("get", "A server's forwarded ports", 200));
    let open = api.takes::<NewForward>(Operation::new(
        "post",
        "Forward a port of this computer to a host as seen from the server",
        201,
    ));
    let open = api.gives::<ForwardInfo>(open);
    api.route(
        "/api/servers/{server}/forwards",
        get(forwards).post(self::open),
        vec![list, open],
    );

    let close = Operation::new("delete", "End a forwarded port and its connections", 204);
    api.route(
        "/api/servers/{server}/forwards/{forward}",
        delete(self::close),
        vec![close],
    );
}

/// A server's forwarded ports.
#[derive(Serialize, JsonSchema)]
struct Forwards {
    /// Oldest first.
    forwards: Vec<ForwardInfo>,
}

async fn forwards(State(app): State<App>, Path(server): Path<String>) -> Result<Json<Forwards>> {
    let forwards = app.engine.forwards(&server)?;
    Ok(Json(Forwards { forwards }))
}

async fn open(
    State(app): State<App>,
    Path(server): Path<String>,
    Body(new): Body<NewForward>,
) -> Result<(StatusCode, Json<ForwardInfo>)> {
    let forward = app.engine.open_forward(&server, new).await?;
    Ok((StatusCode::CREATED, Json(forward)))
}

async fn close(
    State(app): State<App>,
    Path((server, forward)): Path<(String, String)>,
) -> Result<StatusCode> {
    app.engine.close_forward(&server, &forward)?;
    Ok(StatusCode::NO_CONTENT)
}
