//! The routes of sessions: how a browser is let in, which there are, and how each is locked and ended.
//!
//! Invariant: a secret is in one answer alone, that of a new launch address; the connection that carried
//! one is closed.

use std::time::Duration;

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use store::Preferences;

use super::{Nothing, Result, body::Body};
use crate::{
    App,
    access::{ASKED_FOR, Pass, SessionInfo, browser_name},
    error::ApiError,
    guard::{EXCHANGE, HOW_TO_OPEN, PROOF, cookie_name, cookies},
    openapi::{Builder, Operation},
};

/// A day without a person; whoever wants longer wants none.
pub(super) const LONGEST_IDLE: u32 = 24 * 60;

pub(super) fn add(api: &mut Builder) {
    let open = api.takes::<LaunchSecret>(Operation::new(
        "post",
        "Exchange a launch secret for the cookie of a session",
        204,
    ));
    api.route(EXCHANGE, post(exchange), vec![open]);

    let lock = "Lock this session, until an address is opened in its browser";
    let lock = api.takes::<Nothing>(Operation::new("post", lock, 204));
    api.route("/api/session/lock", post(self::lock), vec![lock]);

    let active = "Tell that a person does something on this page";
    let active = api.takes::<Nothing>(Operation::new("post", active, 204));
    api.route("/api/session/activity", post(self::active), vec![active]);

    let identity = "The key that this page holds the program's proofs against";
    let identity = api.gives::<Identity>(Operation::new("get", identity, 200));
    api.route("/api/session/identity", get(self::identity), vec![identity]);

    let prove = "Have the program prove that it is the one that gave the key; needs no session";
    let prove = api.takes::<Challenge>(Operation::new("post", prove, 200));
    let prove = api.gives::<Proof>(prove);
    api.route(PROOF, post(self::prove), vec![prove]);

    let list = api.gives::<Sessions>(Operation::new("get", "All sessions", 200));
    api.route("/api/sessions", get(sessions), vec![list]);

    let ask = "Make a launch address for another browser, good once for a minute";
    let ask = api.takes::<Nothing>(Operation::new("post", ask, 201));
    let ask = api.gives::<LaunchAddress>(ask);
    let take_back = "Forget the launch address that was made last";
    api.route(
        "/api/sessions/address",
        post(self::ask).merge(delete(self::take_back)),
        vec![ask, Operation::new("delete", take_back, 204)],
    );

    let others = Operation::new("delete", "End all sessions but this one", 204);
    api.route("/api/sessions/others", delete(end_others), vec![others]);

    let end = "End a session and all that goes on in it";
    api.route(
        "/api/sessions/{session}",
        delete(self::end),
        vec![Operation::new("delete", end, 204)],
    );
}

/// How long a session may be without a person; `None`: as long as it likes.
pub(crate) fn idle_of(preferences: &Preferences) -> Option<Duration> {
    let minutes = preferences.lock_after_minutes;
    (minutes > 0).then(|| Duration::from_secs(60 * u64::from(minutes)))
}

/// The secret of the address that was opened.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LaunchSecret {
    #[schemars(with = "String")]
    secret: SecretString,
}

async fn exchange(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Body<LaunchSecret, true>>,
) -> Result<Response> {
    let presented = cookies(&headers, app.port);
    let agent = headers.get(header::USER_AGENT);
    let browser = agent.and_then(|agent| browser_name(agent.to_str().ok()?));
    // A body that is not right is refused like a secret that is not: with the same words.
    let cookie = body
        .ok()
        .and_then(|Body(body)| app.access.exchange(&body.secret, &presented, browser))
        .ok_or_else(|| {
            let words = "This launch address was used before, is too old, or is wrong.";
            ApiError::new(StatusCode::UNAUTHORIZED, "unauthorized", words).hint(HOW_TO_OPEN)
        })?;
    let value = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict",
        cookie_name(app.port),
        cookie.expose_secret()
    );
    let mut value = HeaderValue::from_str(&value).map_err(|_| failed())?;
    value.set_sensitive(true);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, value)]).into_response())
}

async fn lock(
    State(app): State<App>,
    Extension(pass): Extension<Pass>,
    Body(Nothing {}): Body<Nothing>,
) -> StatusCode {
    app.access.lock_session(&pass.id);
    StatusCode::NO_CONTENT
}

async fn active(
    State(app): State<App>,
    Extension(pass): Extension<Pass>,
    Body(Nothing {}): Body<Nothing>,
) -> StatusCode {
    app.access.is_active(&pass.id);
    StatusCode::NO_CONTENT
}

/// What a page holds proofs against.
#[derive(Serialize, JsonSchema)]
struct Identity {
    /// The text whose bytes are the key of HMAC-SHA-256; it opens nothing.
    key: String,
}

async fn identity(State(app): State<App>) -> Json<Identity> {
    let key = app.access.identity().expose_secret().to_owned();
    Json(Identity { key })
}

/// What a page has drawn by chance.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Challenge {
    /// 32 to 128 characters.
    challenge: String,
}

/// What only the program that gave the key can say.
#[derive(Serialize, JsonSchema)]
struct Proof {
    /// HMAC-SHA-256 of `headlessos proof`, a NUL and the challenge, in hex.
    proof: String,
}

async fn prove(State(app): State<App>, Body(asked): Body<Challenge>) -> Result<Json<Proof>> {
    let proof = app.access.prove(&asked.challenge);
    let proof = proof.ok_or_else(|| ApiError::invalid("a challenge has 32 to 128 characters"))?;
    Ok(Json(Proof { proof }))
}

/// All sessions.
#[derive(Serialize, JsonSchema)]
struct Sessions {
    /// In the order they were opened.
    sessions: Vec<SessionInfo>,
}

async fn sessions(State(app): State<App>, Extension(pass): Extension<Pass>) -> Json<Sessions> {
    let sessions = app.access.list(&pass.id);
    Json(Sessions { sessions })
}

/// An address that lets a browser in.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct LaunchAddress {
    /// To be opened once; it holds a secret.
    launch_url: String,
    /// How long it is good.
    good_for_seconds: u64,
}

/// The connection is closed behind the answer, as behind a request with a secret.
async fn ask(
    State(app): State<App>,
    Extension(pass): Extension<Pass>,
    Body(Nothing {}): Body<Nothing, true>,
) -> Result<Response> {
    let secret = app.access.ask(&pass.id).map_err(|_| failed())?;
    let secret = secret.ok_or_else(ApiError::over)?;
    let address = LaunchAddress {
        launch_url: format!(
            "http://127.0.0.1:{}/#launch={}",
            app.port,
            secret.expose_secret()
        ),
        good_for_seconds: ASKED_FOR.as_secs(),
    };
    Ok((StatusCode::CREATED, Json(address)).into_response())
}

async fn take_back(State(app): State<App>) -> StatusCode {
    app.access.take_back();
    StatusCode::NO_CONTENT
}

async fn end_others(State(app): State<App>, Extension(pass): Extension<Pass>) -> StatusCode {
    app.access.end_others(&pass.id);
    StatusCode::NO_CONTENT
}

async fn end(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    if app.access.end(&id) {
        return Ok(StatusCode::NO_CONTENT);
    }
    let words = "There is no such session (any more).";
    Err(ApiError::new(StatusCode::NOT_FOUND, "notFound", words))
}

fn failed() -> ApiError {
    let words = "The system has no random bits.";
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", words)
}
