//! The routes of long work on files, of uploads, searches and the Recycle Bin.

use axum::{
    Json,
    body::{Body as StreamBody, Bytes},
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use catalog::arguments::RemotePath;
use engine::{
    ArchiveFormat, Conflict, FileJob, JobAction, MeasureLine, NewFileJob, Search, SearchLine,
    Trash, Uploaded,
};
use futures::{StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Nothing, Result,
    body::{Body, Parameters},
    files::Paths,
    lines::Lines,
    parts,
};
use crate::{
    App,
    error::ApiError,
    openapi::{Builder, Operation},
};

pub(super) fn add(api: &mut Builder) {
    let upload = Operation::new(
        "post",
        "Take files: headers and bytes one after the other",
        200,
    );
    let upload = api.gives::<Uploaded>(upload);
    api.route(
        "/api/servers/{server}/files/upload",
        post(self::upload),
        vec![upload],
    );

    let state = api.takes::<Upload>(Operation::new(
        "post",
        "How much of an upload is there to go on from",
        200,
    ));
    let state = api.gives::<Received>(state);
    api.route(
        "/api/servers/{server}/files/upload-state",
        post(upload_state),
        vec![state],
    );

    let measure = api.takes::<Paths>(Operation::new(
        "post",
        "Count what is at and below paths: lines of JSON",
        200,
    ));
    let measure = api.gives::<MeasureLine>(measure);
    api.route(
        "/api/servers/{server}/files/measure",
        post(self::measure),
        vec![measure],
    );

    let search = api.takes::<Search>(Operation::new(
        "post",
        "Search by name and in content: lines of JSON, as it is found",
        200,
    ));
    let search = api.gives::<SearchLine>(search);
    api.route(
        "/api/servers/{server}/files/search",
        post(self::search),
        vec![search],
    );

    let archive = Operation::new(
        "get",
        "Paths with all that is below as a tar or zip archive",
        200,
    );
    api.route(
        "/api/servers/{server}/files/archive",
        get(self::archive),
        vec![archive],
    );

    let trash = api.takes::<Nothing>(Operation::new("post", "What is in the Recycle Bin", 200));
    let trash = api.gives::<Trash>(trash);
    api.route(
        "/api/servers/{server}/files/trash",
        post(self::trash),
        vec![trash],
    );

    let list = api.gives::<Jobs>(Operation::new("get", "All jobs on files", 200));
    let begin = api.takes::<Begin>(Operation::new("post", "Begin a job", 201));
    let begin = api.gives::<FileJob>(begin);
    api.route(
        "/api/file-jobs",
        get(jobs).post(self::begin),
        vec![list, begin],
    );

    let forget = Operation::new("delete", "Forget a job that is over", 204);
    api.route("/api/file-jobs/{job}", delete(self::forget), vec![forget]);

    let control = api.takes::<Control>(Operation::new(
        "post",
        "Hold a job, go on with it, end it, begin it again",
        200,
    ));
    let control = api.gives::<FileJob>(control);
    api.route(
        "/api/file-jobs/{job}/control",
        post(self::control),
        vec![control],
    );

    let answer = api.takes::<Choice>(Operation::new("post", "Answer a job's question", 200));
    let answer = api.gives::<FileJob>(answer);
    api.route(
        "/api/file-jobs/{job}/answer",
        post(self::answer),
        vec![answer],
    );
}

/// How an upload comes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UploadForm {
    /// The header of the only file, whose bytes alone are the body: browsers send a file much faster
    /// than what they have to put together.
    header: Option<String>,
}

async fn upload(
    State(app): State<App>,
    Path(id): Path<String>,
    Parameters(form): Parameters<UploadForm>,
    body: StreamBody,
) -> Result<Json<Uploaded>> {
    let files = app.engine.files_to_change(&id).await?;
    let head = form.header.map(|header| {
        let length = u32::try_from(header.len()).unwrap_or(u32::MAX);
        Ok(Bytes::from(
            [&length.to_be_bytes(), header.as_bytes()].concat(),
        ))
    });
    let stream = stream::iter(head).chain(body.into_data_stream());
    Ok(Json(files.upload(stream).await?))
}

/// A file that was begun to be uploaded.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Upload {
    path: RemotePath,
    /// Of the whole file.
    size_bytes: u64,
    /// When it was changed, seconds since 1970, as in its header.
    modified_at: Option<u32>,
}

/// How much is there.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Received {
    /// Where to go on.
    received_bytes: u64,
}

async fn upload_state(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(asked): Body<Upload>,
) -> Result<Json<Received>> {
    let files = app.engine.files_to_change(&id).await?;
    let received_bytes = files
        .received(&asked.path, asked.size_bytes, asked.modified_at)
        .await?;
    Ok(Json(Received { received_bytes }))
}

async fn measure(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(asked): Body<Paths>,
) -> Result<Lines<MeasureLine>> {
    let files = app.engine.files(&id).await?;
    Ok(Lines(files.measure(asked.paths).await?))
}

async fn search(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(search): Body<Search>,
) -> Result<Lines<SearchLine>> {
    Ok(Lines(app.engine.search_files(&id, search).await?))
}

/// `path` may come again and again, which the usual form of parameters does not know.
async fn archive(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: axum::http::Uri,
) -> Result<Response> {
    let asked = Query::of(uri.query().unwrap_or_default())?;
    let files = app.engine.files(&id).await?;
    let (ending, kind) = match asked.format {
        ArchiveFormat::Tar => ("tar", "application/x-tar"),
        ArchiveFormat::Zip => ("zip", "application/zip"),
    };
    let name = asked.name.unwrap_or_else(|| format!("files.{ending}"));
    let disposition = parts::attachment(&name);
    let pieces = files.archive(asked.paths, asked.format).await?;
    let body = stream::unfold(pieces, |mut pieces| async move {
        let piece = pieces.recv().await?;
        Some((piece.map_err(std::io::Error::other), pieces))
    });
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, StreamBody::from_stream(body)).into_response())
}

struct Query {
    paths: Vec<RemotePath>,
    format: ArchiveFormat,
    name: Option<String>,
}

impl Query {
    fn of(query: &str) -> Result<Self> {
        let refused = |error: &dyn std::fmt::Display| ApiError::invalid(error.to_string());
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|error| refused(&error))?;
        let mut found = Self {
            paths: Vec::new(),
            format: ArchiveFormat::Tar,
            name: None,
        };
        for (key, value) in pairs {
            match key.as_str() {
                "path" => {
                    let path = RemotePath::try_from(value).map_err(|error| refused(&error))?;
                    found.paths.push(path);
                }
                "name" => found.name = Some(value),
                "format" if value == "tar" => found.format = ArchiveFormat::Tar,
                "format" if value == "zip" => found.format = ArchiveFormat::Zip,
                "format" => return Err(refused(&"the format is tar or zip")),
                other => return Err(refused(&format!("there is no parameter {other:?}"))),
            }
        }
        if found.paths.is_empty() {
            return Err(refused(&"no path is named"));
        }
        Ok(found)
    }
}

async fn trash(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<Trash>> {
    Ok(Json(app.engine.files(&id).await?.trash().await?))
}

/// All jobs.
#[derive(Serialize, JsonSchema)]
struct Jobs {
    /// Oldest first.
    jobs: Vec<FileJob>,
}

async fn jobs(State(app): State<App>) -> Json<Jobs> {
    Json(Jobs {
        jobs: app.engine.file_jobs(),
    })
}

/// A job that is to be begun.
#[derive(Deserialize, JsonSchema)]
struct Begin {
    /// What it does.
    #[serde(flatten)]
    job: NewFileJob,
    /// The name of the server that loses something for good: for deleting for good, and for writing over
    /// what a production server has. Absent or `null` for all else.
    #[serde(default)]
    confirm: Option<String>,
}

async fn begin(
    State(app): State<App>,
    Body(Begin { job, confirm }): Body<Begin>,
) -> Result<(StatusCode, Json<FileJob>)> {
    let job = app.engine.begin_file_job(job, confirm.as_deref())?;
    Ok((StatusCode::CREATED, Json(job)))
}

async fn forget(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    app.engine.forget_file_job(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is wanted of a job.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Control {
    action: JobAction,
    /// For `retry`: as where the job was begun.
    #[serde(default)]
    confirm: Option<String>,
}

async fn control(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(control): Body<Control>,
) -> Result<Json<FileJob>> {
    let confirm = control.confirm.as_deref();
    let job = app.engine.control_file_job(&id, control.action, confirm)?;
    Ok(Json(job))
}

/// What a person chose for a name that is taken.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Choice {
    /// The path of the question.
    path: String,
    /// Not `ask`.
    choice: Conflict,
    /// Whether it holds for all that come.
    for_all: bool,
    /// As where the job was begun.
    #[serde(default)]
    confirm: Option<String>,
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(choice): Body<Choice>,
) -> Result<Json<FileJob>> {
    let chosen = (choice.choice, choice.for_all);
    let confirm = choice.confirm.as_deref();
    let job = app
        .engine
        .answer_file_job(&id, &choice.path, chosen, confirm)?;
    Ok(Json(job))
}
