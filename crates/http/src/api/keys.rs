//! The routes of this computer's keys: which there are, a new one, putting one on a server.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use engine::{KeyInfo, KeyInstalled, KeyToInstall, Keys, NewKey};

use super::{Result, body::Body};
use crate::{
    App,
    openapi::{Builder, Operation},
};

pub(super) fn add(api: &mut Builder) {
    let list = api.gives::<Keys>(Operation::new("get", "The keys of this computer", 200));
    let make = api.takes::<NewKey>(Operation::new("post", "Make a key", 201));
    let make = api.gives::<KeyInfo>(make);
    api.route("/api/keys", get(keys).post(self::make), vec![list, make]);

    let install = api.takes::<KeyToInstall>(Operation::new(
        "post",
        "Put a public key on the server, for the user who is logged in",
        200,
    ));
    let install = api.gives::<KeyInstalled>(install);
    api.route(
        "/api/servers/{server}/authorized-keys",
        post(self::install),
        vec![install],
    );
}

async fn keys(State(app): State<App>) -> Result<Json<Keys>> {
    Ok(Json(app.engine.keys().await?))
}

async fn make(
    State(app): State<App>,
    Body(new): Body<NewKey, true>,
) -> Result<(StatusCode, Json<KeyInfo>)> {
    Ok((StatusCode::CREATED, Json(app.engine.make_key(new).await?)))
}

async fn install(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(key): Body<KeyToInstall>,
) -> Result<Json<KeyInstalled>> {
    Ok(Json(app.engine.install_key(&id, key).await?))
}
