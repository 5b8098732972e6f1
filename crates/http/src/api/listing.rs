//! The catalog as data: every query and feed, its schemas and its tools.

use axum::Json;
use catalog::{FEEDS, Needs, QUERIES};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// Every query and every feed there is.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Catalog {
    /// By id.
    queries: Vec<CatalogQuery>,
    /// By id.
    feeds: Vec<CatalogFeed>,
    /// The usual sets of what a profile grants, each more than the one before.
    modes: Vec<CatalogMode>,
}

/// A usual set of what a profile grants.
#[derive(Serialize, JsonSchema)]
struct CatalogMode {
    /// Its name.
    mode: catalog::Mode,
    /// What it grants, just that.
    capabilities: Vec<catalog::Capability>,
}

/// One feed of the catalog.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct CatalogFeed {
    /// Domain and name.
    id: String,
    /// What is followed.
    title: String,
    /// What a profile must grant for it.
    capability: catalog::Capability,
    /// JSON Schema of the arguments.
    args_schema: Value,
    /// JSON Schema of a record.
    record_schema: Value,
    /// The tools that can be followed, best first.
    variants: Vec<CatalogVariant>,
}

/// One query of the catalog.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct CatalogQuery {
    /// Domain and name.
    id: String,
    /// What it asks.
    title: String,
    /// What a profile must grant for it.
    capability: catalog::Capability,
    /// JSON Schema of the arguments.
    args_schema: Value,
    /// JSON Schema of the answer.
    answer_schema: Value,
    /// The tools that can answer, best first.
    variants: Vec<CatalogVariant>,
}

/// One tool that can answer a query.
#[derive(Serialize, JsonSchema)]
struct CatalogVariant {
    /// Its name.
    name: String,
    /// The programs it needs.
    needs: Vec<String>,
}

/// The whole catalog as data.
pub(crate) fn whole_catalog() -> Catalog {
    let queries = QUERIES.iter().map(|query| CatalogQuery {
        id: query.id().to_owned(),
        title: query.title().to_owned(),
        capability: query.capability(),
        args_schema: catalog::args_schema(&|generator| query.args_schema(generator)),
        answer_schema: catalog::answer_schema(*query),
        variants: tools(query.variants()),
    });
    let feeds = FEEDS.iter().map(|feed| CatalogFeed {
        id: feed.id().to_owned(),
        title: feed.title().to_owned(),
        capability: feed.capability(),
        args_schema: catalog::args_schema(&|generator| feed.args_schema(generator)),
        record_schema: catalog::record_schema(*feed),
        variants: tools(feed.variants()),
    });
    Catalog {
        queries: queries.collect(),
        feeds: feeds.collect(),
        modes: catalog::Mode::ALL
            .into_iter()
            .map(|mode| CatalogMode {
                mode,
                capabilities: mode.capabilities(),
            })
            .collect(),
    }
}

fn tools(variants: Vec<(&'static str, Needs)>) -> Vec<CatalogVariant> {
    let tool = |(name, needs): (&str, Needs)| CatalogVariant {
        name: name.to_owned(),
        needs: needs
            .programs
            .iter()
            .map(|program| (*program).to_owned())
            .collect(),
    };
    variants.into_iter().map(tool).collect()
}

pub(super) async fn catalog() -> Json<Catalog> {
    Json(whole_catalog())
}
