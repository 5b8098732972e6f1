//! The routes of language models: the one that is chosen, its key, a trial, what it cost.

use axum::{
    Json,
    extract::State,
    routing::{get, post, put},
};
use engine::{ModelCosts, ModelStatus, ModelTest};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    Nothing, Result,
    body::{Body, Parameters},
};
use crate::{
    App,
    openapi::{Builder, Operation},
};

pub(super) fn add(api: &mut Builder) {
    let status = api.gives::<ModelStatus>(Operation::new(
        "get",
        "The chosen language model, and whether it can be asked",
        200,
    ));
    api.route("/api/model", get(self::status), vec![status]);

    let set = api.takes::<Key>(Operation::new("put", "Keep the chosen model's key", 200));
    let set = api.gives::<ModelStatus>(set);
    let remove = api.gives::<ModelStatus>(Operation::new(
        "delete",
        "Forget the chosen model's key",
        200,
    ));
    api.route(
        "/api/model/key",
        put(set_key).delete(remove_key),
        vec![set, remove],
    );

    let test = api.takes::<Nothing>(Operation::new(
        "post",
        "Have the chosen model read a text that no server printed",
        200,
    ));
    let test = api.gives::<ModelTest>(test);
    api.route("/api/model/test", post(self::test), vec![test]);

    let costs = api.gives::<ModelCosts>(Operation::new(
        "get",
        "What language models were used for: tokens, cost, latency, cache hits",
        200,
    ));
    api.route("/api/stats/llm", get(self::costs), vec![costs]);
}

async fn status(State(app): State<App>) -> Result<Json<ModelStatus>> {
    Ok(Json(app.engine.model_status().await?))
}

/// A key; it goes into the keychain and is never given out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Key {
    #[schemars(with = "String")]
    key: SecretString,
}

async fn set_key(
    State(app): State<App>,
    Body(given): Body<Key, true>,
) -> Result<Json<ModelStatus>> {
    Ok(Json(app.engine.set_model_key(given.key).await?))
}

async fn remove_key(State(app): State<App>) -> Result<Json<ModelStatus>> {
    Ok(Json(app.engine.remove_model_key().await?))
}

async fn test(State(app): State<App>, Body(Nothing {}): Body<Nothing>) -> Result<Json<ModelTest>> {
    Ok(Json(app.engine.test_model().await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    days: Option<u32>,
}

async fn costs(
    State(app): State<App>,
    Parameters(period): Parameters<Period>,
) -> Result<Json<ModelCosts>> {
    Ok(Json(app.engine.model_costs(period.days)?))
}
