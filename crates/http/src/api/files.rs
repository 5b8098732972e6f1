//! The routes of a server's files.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Path, State},
    routing::{get, post},
};
use catalog::arguments::RemotePath;
use engine::{Info, ListLine, SaveOptions, Saved, Space};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Result,
    body::{Body, Parameters},
    lines, parts,
};
use crate::{
    App,
    error::ApiError,
    openapi::{Builder, Operation},
};

/// The largest text that is saved, as large as the largest that is opened, and some more.
const LARGEST_TEXT: usize = 24 << 20;
/// Paths that may be asked about at once.
const MOST_PATHS: usize = 1000;

pub(super) fn add(api: &mut Builder) {
    let home = api.takes::<super::Nothing>(Operation::new("post", "The home folder", 200));
    let home = api.gives::<Home>(home);
    api.route(
        "/api/servers/{server}/files/home",
        post(self::home),
        vec![home],
    );

    let list = api.takes::<OnePath>(Operation::new(
        "post",
        "List a folder: lines of JSON, as they come",
        200,
    ));
    let list = api.gives::<ListLine>(list);
    api.route(
        "/api/servers/{server}/files/list",
        post(self::list),
        vec![list],
    );

    let info = api.takes::<Paths>(Operation::new("post", "What is known of paths", 200));
    let info = api.gives::<Infos>(info);
    api.route(
        "/api/servers/{server}/files/info",
        post(self::info),
        vec![info],
    );

    let space = api.takes::<OnePath>(Operation::new("post", "How full a filesystem is", 200));
    let space = api.gives::<SpaceAnswer>(space);
    api.route(
        "/api/servers/{server}/files/space",
        post(self::space),
        vec![space],
    );

    let content = Operation::new("get", "A file's bytes, whole or a range", 200);
    api.route(
        "/api/servers/{server}/files/content",
        get(parts::content),
        vec![content],
    );

    let read = Operation::new("get", "A text's bytes with its version", 200);
    let save = api.gives::<Saved>(Operation::new("put", "Save a text", 200));
    api.route(
        "/api/servers/{server}/files/text",
        get(parts::text)
            .put(self::save)
            .layer(DefaultBodyLimit::max(LARGEST_TEXT)),
        vec![read, save],
    );

    let make = api.takes::<OnePath>(Operation::new("post", "Make a folder", 200));
    let make = api.gives::<Nothing>(make);
    api.route(
        "/api/servers/{server}/files/folders",
        post(make_folder),
        vec![make],
    );

    let make = api.takes::<OnePath>(Operation::new("post", "Make an empty file", 200));
    let make = api.gives::<Nothing>(make);
    api.route(
        "/api/servers/{server}/files/files",
        post(make_file),
        vec![make],
    );

    let make = api.takes::<NewLink>(Operation::new("post", "Make a symbolic link", 200));
    let make = api.gives::<Nothing>(make);
    api.route(
        "/api/servers/{server}/files/links",
        post(make_link),
        vec![make],
    );

    let rename = api.takes::<Rename>(Operation::new("post", "Rename, never over another", 200));
    let rename = api.gives::<Nothing>(rename);
    api.route(
        "/api/servers/{server}/files/rename",
        post(self::rename),
        vec![rename],
    );
}

/// An empty object.
#[derive(Serialize, JsonSchema)]
struct Nothing {}

/// One path of the server.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OnePath {
    pub(super) path: RemotePath,
}

/// Paths of the server.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Paths {
    /// At most 1000 where something is asked of each.
    pub(super) paths: Vec<RemotePath>,
}

/// The home folder.
#[derive(Serialize, JsonSchema)]
struct Home {
    path: RemotePath,
}

async fn home(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(super::Nothing {}): Body<super::Nothing>,
) -> Result<Json<Home>> {
    let path = app.engine.files(&id).await?.home().await?;
    Ok(Json(Home { path }))
}

async fn list(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(folder): Body<OnePath>,
) -> Result<lines::Lines<ListLine>> {
    let files = app.engine.files(&id).await?;
    Ok(lines::Lines(files.list(folder.path).await?))
}

/// In the order of the paths.
#[derive(Serialize, JsonSchema)]
struct Infos {
    /// `null`: nothing is there.
    infos: Vec<Option<Info>>,
}

async fn info(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(asked): Body<Paths>,
) -> Result<Json<Infos>> {
    if asked.paths.len() > MOST_PATHS {
        return Err(ApiError::invalid("at most 1000 paths can be asked about"));
    }
    let infos = app.engine.files(&id).await?.infos(&asked.paths).await?;
    Ok(Json(Infos { infos }))
}

/// How full the filesystem is.
#[derive(Serialize, JsonSchema)]
struct SpaceAnswer {
    /// `null`: the server cannot say.
    space: Option<Space>,
}

async fn space(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(asked): Body<OnePath>,
) -> Result<Json<SpaceAnswer>> {
    let space = app.engine.files(&id).await?.space(&asked.path).await?;
    Ok(Json(SpaceAnswer { space }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Save {
    path: RemotePath,
    version: Option<String>,
    force: Option<u8>,
    in_place: Option<u8>,
    keep: Option<u8>,
}

async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Parameters(save): Parameters<Save>,
    body: axum::body::Bytes,
) -> Result<Json<Saved>> {
    let options = SaveOptions {
        version: save.version,
        force: save.force == Some(1),
        in_place: save.in_place == Some(1),
        keep: save.keep == Some(1),
    };
    let files = app.engine.files_to_change(&id).await?;
    Ok(Json(files.save(&save.path, body.into(), &options).await?))
}

async fn make_folder(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(new): Body<OnePath>,
) -> Result<Json<Nothing>> {
    app.engine
        .files_to_change(&id)
        .await?
        .make_folder(&new.path)
        .await?;
    Ok(Json(Nothing {}))
}

async fn make_file(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(new): Body<OnePath>,
) -> Result<Json<Nothing>> {
    app.engine
        .files_to_change(&id)
        .await?
        .make_file(&new.path)
        .await?;
    Ok(Json(Nothing {}))
}

/// A symbolic link.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLink {
    path: RemotePath,
    /// What it holds: any path, also a relative one.
    target: String,
}

async fn make_link(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(new): Body<NewLink>,
) -> Result<Json<Nothing>> {
    let target = catalog::arguments::exact::bytes(&new.target);
    if target.is_empty() || target.contains(&0) || target.len() > 4095 {
        return Err(ApiError::invalid(
            "a link's target has 1 to 4095 bytes, none of them NUL",
        ));
    }
    let files = app.engine.files_to_change(&id).await?;
    files.make_link(&new.path, &target).await?;
    Ok(Json(Nothing {}))
}

/// An old and a new path.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rename {
    from: RemotePath,
    to: RemotePath,
}

async fn rename(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(paths): Body<Rename>,
) -> Result<Json<Nothing>> {
    let files = app.engine.files_to_change(&id).await?;
    files.rename(&paths.from, &paths.to).await?;
    Ok(Json(Nothing {}))
}
