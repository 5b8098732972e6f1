//! The routes: each decodes, asks the engine and encodes.

mod activity;
mod body;
mod file_jobs;
mod files;
mod forwards;
mod keys;
mod lines;
mod listing;
mod models;
mod parts;
mod server_list;
mod sessions;
mod terminals;
mod versions;

use std::time::Duration;

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use engine::{
    AdministratorAnswer, AdministratorSwitch, Answer, Ask, FeedLine, Fixture, NewServer, Reading,
    Server, ServerChange,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Preferences;

use crate::{
    App,
    access::Pass,
    error::ApiError,
    live,
    openapi::{Builder, Operation, Routes},
};

use body::Body;
pub(crate) use listing::whole_catalog;
pub(crate) use sessions::idle_of;

type Result<T> = std::result::Result<T, ApiError>;

/// All routes, in the router and in the document.
pub(crate) fn routes() -> Routes {
    let mut api = Builder::new();

    sessions::add(&mut api);

    let status = api.gives::<Status>(Operation::new("get", "The program itself", 200));
    api.route("/api/status", get(self::status), vec![status]);

    let document = Operation::new("get", "This document", 200);
    api.route("/api/openapi.json", get(openapi), vec![document]);

    let catalog =
        api.gives::<listing::Catalog>(Operation::new("get", "Every query and feed there is", 200));
    api.route("/api/catalog", get(listing::catalog), vec![catalog]);

    let list = api.gives::<Servers>(Operation::new("get", "All servers", 200));
    let add = api.takes::<NewServer>(Operation::new(
        "post",
        "Save a server; with ?save=false keep it as long as the program runs",
        201,
    ));
    let add = api.gives::<Server>(add);
    api.route(
        "/api/servers",
        get(servers).post(server_list::add_server),
        vec![list, add],
    );

    let one = api.gives::<Server>(Operation::new("get", "One server", 200));
    let change = api.takes::<ServerChange>(Operation::new("patch", "Change a server", 200));
    let change = api.gives::<Server>(change);
    let remove = Operation::new("delete", "Disconnect a server and forget it", 204);
    let remove = api.takes::<Confirm>(remove);
    api.route(
        "/api/servers/{server}",
        get(server).patch(self::change).merge(delete(self::remove)),
        vec![one, change, remove],
    );

    let connect = api.takes::<Nothing>(Operation::new("post", "Start to connect", 202));
    let connect = api.gives::<Server>(connect);
    api.route(
        "/api/servers/{server}/connect",
        post(self::connect),
        vec![connect],
    );

    let disconnect = api.takes::<Nothing>(Operation::new("post", "End the connection", 202));
    let disconnect = api.gives::<Server>(disconnect);
    api.route(
        "/api/servers/{server}/disconnect",
        post(self::disconnect),
        vec![disconnect],
    );

    let answer = api.takes::<GivenAnswer>(Operation::new(
        "post",
        "Answer the question that waits",
        202,
    ));
    let answer = api.gives::<Server>(answer);
    api.route(
        "/api/servers/{server}/answers",
        post(self::answer),
        vec![answer],
    );

    let administrator = api.takes::<AdministratorSwitch>(Operation::new(
        "post",
        "Switch between limited and administrator access",
        200,
    ));
    let administrator = api.gives::<AdministratorAnswer>(administrator);
    api.route(
        "/api/servers/{server}/administrator",
        post(self::administrator),
        vec![administrator],
    );

    let forget = "Forget what a server has in this computer's keychain, and what is in memory";
    api.route(
        "/api/servers/{server}/secrets",
        delete(forget_secrets),
        vec![Operation::new("delete", forget, 204)],
    );

    api.query_route::<Reading>("/api/servers/{server}/queries/{query}", "", post(ask));
    api.query_route::<Fixture>(
        "/api/servers/{server}/queries/{query}/fixture",
        ", as a fixture without secrets and names",
        post(fixture),
    );

    api.feed_route::<FeedLine>("/api/servers/{server}/feeds/{feed}", post(follow));

    terminals::add(&mut api);
    files::add(&mut api);
    file_jobs::add(&mut api);
    forwards::add(&mut api);
    versions::add(&mut api);
    models::add(&mut api);
    server_list::add(&mut api);
    keys::add(&mut api);

    activity::add(&mut api);

    let read = api.gives::<Preferences>(Operation::new("get", "The user's preferences", 200));
    let write = api.takes::<Preferences>(Operation::new("put", "Save the user's preferences", 200));
    let write = api.gives::<Preferences>(write);
    api.route(
        "/api/preferences",
        get(preferences).put(save_preferences),
        vec![read, write],
    );

    let socket = Operation::new(
        "get",
        "The live socket: a WebSocket of JSON text messages",
        101,
    );
    api.route("/api/live", get(live::upgrade), vec![socket]);
    api.message::<live::ClientMessage, live::ServerMessage>();
    api.finish()
}

/// An empty object.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The program itself.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Status {
    /// Its version.
    version: String,
    /// `linux`, `macos` or `windows`.
    platform: String,
    /// The user it runs as.
    user: String,
    /// Whether that is root.
    runs_as_root: bool,
}

async fn status(State(app): State<App>) -> Json<Status> {
    let (user, runs_as_root) = app.engine.runs_as();
    Json(Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        platform: std::env::consts::OS.to_owned(),
        user: user.to_owned(),
        runs_as_root,
    })
}

async fn openapi(State(app): State<App>) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        app.document.to_string(),
    )
        .into_response()
}

/// All servers.
#[derive(Serialize, JsonSchema)]
struct Servers {
    /// In the order they were added; this computer is the first.
    servers: Vec<Server>,
}

async fn servers(State(app): State<App>) -> Result<Json<Servers>> {
    Ok(Json(Servers {
        servers: app.engine.servers()?,
    }))
}

async fn server(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Server>> {
    Ok(Json(app.engine.server(&id)?))
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(change): Body<ServerChange>,
) -> Result<Json<Server>> {
    Ok(Json(app.engine.change(&id, change)?))
}

/// What cannot be undone, confirmed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Confirm {
    /// The server's name; absent or `null` for one that is not saved.
    #[serde(default)]
    confirm: Option<String>,
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Confirm { confirm }): Body<Confirm>,
) -> Result<StatusCode> {
    app.engine.remove(&id, confirm.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn connect(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<(StatusCode, Json<Server>)> {
    Ok((StatusCode::ACCEPTED, Json(app.engine.connect(&id)?)))
}

async fn disconnect(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<(StatusCode, Json<Server>)> {
    Ok((
        StatusCode::ACCEPTED,
        Json(app.engine.disconnect(&id).await?),
    ))
}

/// A person's answer to the question that a server's state shows.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GivenAnswer {
    /// The question's id.
    question_id: String,
    /// The answer.
    answer: Answer,
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(given): Body<GivenAnswer, true>,
) -> Result<(StatusCode, Json<Server>)> {
    let server = app.engine.answer(&id, &given.question_id, given.answer)?;
    Ok((StatusCode::ACCEPTED, Json(server)))
}

async fn administrator(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(switch): Body<AdministratorSwitch, true>,
) -> Result<Json<AdministratorAnswer>> {
    Ok(Json(app.engine.administrator(&id, switch).await?))
}

async fn forget_secrets(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    app.engine.forget_secrets(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[derive(Default)]
struct AskBody {
    args: Value,
    raw: bool,
    max_age_seconds: Option<f64>,
    by_model: bool,
}

impl AskBody {
    fn ask(self) -> Result<Ask> {
        let max_age = match self.max_age_seconds.map(Duration::try_from_secs_f64) {
            Some(Err(_)) => return Err(ApiError::invalid("maxAgeSeconds is not a length of time")),
            Some(Ok(age)) => Some(age),
            None => None,
        };
        Ok(Ask {
            args: self.args,
            raw: self.raw,
            max_age,
            by_model: self.by_model,
        })
    }
}

async fn ask(
    State(app): State<App>,
    Path((id, query)): Path<(String, String)>,
    Body(body): Body<AskBody>,
) -> Result<Json<Reading>> {
    Ok(Json(app.engine.ask(&id, &query, body.ask()?).await?))
}

async fn fixture(
    State(app): State<App>,
    Path((id, query)): Path<(String, String)>,
    Body(body): Body<AskBody>,
) -> Result<Json<Fixture>> {
    Ok(Json(app.engine.fixture(&id, &query, body.ask()?).await?))
}

/// What is to be followed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FollowBody {
    #[serde(default)]
    args: Value,
}

async fn follow(
    State(app): State<App>,
    Path((id, feed)): Path<(String, String)>,
    Body(body): Body<FollowBody>,
) -> Result<lines::Lines<FeedLine>> {
    Ok(lines::Lines(app.engine.follow(&id, &feed, &body.args)?))
}

async fn preferences(State(app): State<App>) -> Result<Json<Preferences>> {
    Ok(Json(app.engine.preferences()?))
}

async fn save_preferences(
    State(app): State<App>,
    Extension(pass): Extension<Pass>,
    Body(mut preferences): Body<Preferences>,
) -> Result<Json<Preferences>> {
    preferences.terminal = preferences.terminal.within_bounds();
    preferences.model = preferences.model.within_bounds();
    preferences.lock_after_minutes = preferences.lock_after_minutes.min(sessions::LONGEST_IDLE);
    app.engine.save_preferences(&preferences)?;
    app.access.lock_after(idle_of(&preferences), Some(&pass.id));
    Ok(Json(preferences))
}
