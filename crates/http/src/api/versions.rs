//! The routes of what files held before they were saved.

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use catalog::arguments::RemotePath;
use engine::FileVersion;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Result,
    body::{Body, Parameters},
    files::OnePath,
    parts::SANDBOX,
};
use crate::{
    App,
    error::ApiError,
    openapi::{Builder, Operation},
};

pub(super) fn add(api: &mut Builder) {
    let list = api.takes::<OnePath>(Operation::new(
        "post",
        "What is kept on this computer of a file's earlier versions",
        200,
    ));
    let list = api.gives::<Versions>(list);
    let read = Operation::new("get", "The bytes of an earlier version", 200);
    api.route(
        "/api/servers/{server}/files/versions",
        post(versions).get(version),
        vec![list, read],
    );

    let forget = api.takes::<Forget>(Operation::new("post", "Forget earlier versions", 204));
    api.route(
        "/api/servers/{server}/files/versions/forget",
        post(self::forget),
        vec![forget],
    );
}

/// Newest first.
#[derive(Serialize, JsonSchema)]
struct Versions {
    versions: Vec<FileVersion>,
}

async fn versions(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(asked): Body<OnePath>,
) -> Result<Json<Versions>> {
    let versions = app.engine.file_versions(&id, &asked.path).await?;
    Ok(Json(Versions { versions }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    path: RemotePath,
    id: i64,
}

async fn version(
    State(app): State<App>,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Asked>,
) -> Result<Response> {
    let kept = app.engine.file_version(&id, &asked.path, asked.id).await?;
    let Some(bytes) = kept else {
        let words = "This version is not kept any more.";
        return Err(ApiError::new(StatusCode::NOT_FOUND, "notFound", words));
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
    ];
    Ok((headers, bytes).into_response())
}

/// What is forgotten.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Forget {
    /// Of this file; `null`: of all files of the server.
    path: Option<RemotePath>,
}

async fn forget(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(wanted): Body<Forget>,
) -> Result<StatusCode> {
    let path = wanted.path.as_ref();
    app.engine.forget_file_versions(&id, path).await?;
    Ok(StatusCode::NO_CONTENT)
}
