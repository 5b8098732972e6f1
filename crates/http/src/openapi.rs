//! The OpenAPI 3.1 document and the router, made by the same calls, so that neither can hold a
//! route that the other lacks.

use axum::{Router, routing::MethodRouter};
use catalog::{FEEDS, QUERIES};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{App, error::ErrorAnswer};

/// A router and the document that describes it.
pub(crate) struct Routes {
    pub(crate) router: Router<App>,
    pub(crate) document: String,
}

/// Collects routes.
pub(crate) struct Builder {
    router: Router<App>,
    paths: Map<String, Value>,
    requests: SchemaGenerator,
    responses: SchemaGenerator,
}

/// One operation of a route: what it takes and gives.
pub(crate) struct Operation {
    method: &'static str,
    summary: String,
    request: Option<Schema>,
    status: u16,
    response: Option<Schema>,
}

impl Operation {
    pub(crate) fn new(method: &'static str, summary: &str, status: u16) -> Self {
        Self {
            method,
            summary: summary.to_owned(),
            request: None,
            status,
            response: None,
        }
    }
}

impl Builder {
    pub(crate) fn new() -> Self {
        let settings = |contract: fn(SchemaSettings) -> SchemaSettings| {
            let settings = SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            });
            SchemaGenerator::new(contract(settings))
        };
        Self {
            router: Router::new(),
            paths: Map::new(),
            requests: settings(SchemaSettings::for_deserialize),
            responses: settings(SchemaSettings::for_serialize),
        }
    }

    /// An operation that takes a body.
    pub(crate) fn takes<T: JsonSchema>(&mut self, mut operation: Operation) -> Operation {
        operation.request = Some(self.requests.subschema_for::<T>());
        operation
    }

    /// An operation that gives a body.
    pub(crate) fn gives<T: JsonSchema>(&mut self, mut operation: Operation) -> Operation {
        operation.response = Some(self.responses.subschema_for::<T>());
        operation
    }

    /// Adds a type that is on no route, such as a message of the live socket.
    pub(crate) fn message<Sent: JsonSchema, Received: JsonSchema>(&mut self) {
        self.requests.subschema_for::<Sent>();
        self.responses.subschema_for::<Received>();
    }

    /// A route with its operations.
    pub(crate) fn route(
        &mut self,
        path: &str,
        handlers: MethodRouter<App>,
        operations: Vec<Operation>,
    ) {
        self.router = std::mem::take(&mut self.router).route(path, handlers);
        for operation in operations {
            self.describe(path, operation);
        }
    }

    /// A route that asks queries: served once, described once for each query of the catalog, by its
    /// title and what is added to that.
    pub(crate) fn query_route<Reading: JsonSchema>(
        &mut self,
        path: &str,
        added: &str,
        handlers: MethodRouter<App>,
    ) {
        self.router = std::mem::take(&mut self.router).route(path, handlers);
        for query in QUERIES {
            let args = query.args_schema(&mut self.requests);
            let request = json!({
                "type": "object",
                "properties": {
                    "args": args,
                    "raw": { "type": "boolean", "description": "Whether to add the raw output." },
                    "maxAgeSeconds": {
                        "type": "number",
                        "minimum": 0,
                        "description": "A reading this young will do, without asking the server.",
                    },
                    "byModel": {
                        "type": "boolean",
                        "description": "Whether the chosen language model is to read what no \
                            parser understands, where the server's profile lets it.",
                    },
                },
                "additionalProperties": false,
            });
            let summary = format!("{}{added}", query.title());
            let mut operation = Operation::new("post", &summary, 200);
            operation.request = request.try_into().ok();
            let operation = self.gives::<Reading>(operation);
            self.describe(&path.replace("{query}", query.id()), operation);
        }
    }

    /// One route for all feeds, in the document one operation each: lines of `Line`, whose records
    /// are the feed's.
    pub(crate) fn feed_route<Line: JsonSchema>(&mut self, path: &str, handlers: MethodRouter<App>) {
        self.router = std::mem::take(&mut self.router).route(path, handlers);
        for feed in FEEDS {
            let args = feed.args_schema(&mut self.requests);
            let request = json!({
                "type": "object",
                "properties": { "args": args },
                "additionalProperties": false,
            });
            let mut operation = Operation::new("post", feed.title(), 200);
            operation.request = request.try_into().ok();
            let operation = self.gives::<Line>(operation);
            self.describe(&path.replace("{feed}", feed.id()), operation);
        }
    }

    fn describe(&mut self, path: &str, operation: Operation) {
        let parameters: Vec<Value> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .map(|name| {
                json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
            })
            .collect();
        let json_body = |schema: &Schema| json!({ "application/json": { "schema": schema } });
        let error = self.responses.subschema_for::<ErrorAnswer>();
        let success = match &operation.response {
            Some(response) => {
                json!({ "description": "It was done.", "content": json_body(response) })
            }
            None => json!({ "description": "It was done." }),
        };
        let failure = json!({ "description": "It was not done.", "content": json_body(&error) });
        let responses: Map<String, Value> = [
            (operation.status.to_string(), success),
            ("default".to_owned(), failure),
        ]
        .into_iter()
        .collect();
        let mut described = Map::new();
        described.insert("summary".to_owned(), operation.summary.into());
        described.insert("parameters".to_owned(), parameters.into());
        if let Some(request) = &operation.request {
            let body = json!({ "required": true, "content": json_body(request) });
            described.insert("requestBody".to_owned(), body);
        }
        described.insert("responses".to_owned(), responses.into());
        let operations = self
            .paths
            .entry(path.to_owned())
            .or_insert_with(|| json!({}));
        if let Some(operations) = operations.as_object_mut() {
            operations.insert(operation.method.to_owned(), described.into());
        }
    }

    /// The finished router and document.
    pub(crate) fn finish(mut self) -> Routes {
        // By query id, for typed clients: components.schemas.Answers["system.load"].
        let answers = self.by_query(|query, _, responses| query.answer_schema(responses));
        let arguments = self.by_query(|query, requests, _| query.args_schema(requests));
        // By feed id.
        let records: Map<String, Value> = FEEDS
            .iter()
            .map(|feed| {
                let schema = feed.record_schema(&mut self.responses);
                (feed.id().to_owned(), schema.to_value())
            })
            .collect();
        let records = by_id(records);
        let mut schemas = self.requests.take_definitions(true);
        schemas.extend(self.responses.take_definitions(true));
        schemas.insert("Records".to_owned(), records);
        schemas.insert("Answers".to_owned(), answers);
        schemas.insert("Arguments".to_owned(), arguments);
        schemas.sort_keys();
        let document = json!({
            "openapi": "3.1.0",
            "info": {
                "title": "HeadlessOS",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "The loopback API. Every route but the exchange of the launch \
                    secret and the program's proof of itself needs the session cookie.",
                "license": { "name": "MIT", "identifier": "MIT" },
            },
            "paths": self.paths,
            "components": { "schemas": schemas },
        });
        let document = serde_json::to_string_pretty(&document).unwrap_or_default();
        Routes {
            router: self.router,
            document,
        }
    }

    fn by_query(
        &mut self,
        schema: impl Fn(&dyn catalog::AnyQuery, &mut SchemaGenerator, &mut SchemaGenerator) -> Schema,
    ) -> Value {
        let properties: Map<String, Value> = QUERIES
            .iter()
            .map(|query| {
                let schema = schema(*query, &mut self.requests, &mut self.responses);
                (query.id().to_owned(), schema.to_value())
            })
            .collect();
        by_id(properties)
    }
}

/// An object that holds a schema under each id.
fn by_id(properties: Map<String, Value>) -> Value {
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}
