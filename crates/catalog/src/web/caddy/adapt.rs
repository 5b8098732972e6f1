//! `caddy adapt`: a Caddyfile as the JSON that Caddy works by. It starts nothing.

use serde_json::Value;

use super::{CaddyConfiguration, CaddyHandler, CaddyRoute, CaddyServer};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, CaddyConfiguration> = Variant {
    name: "adapt",
    needs: Needs::programs(&["caddy"]),
    source: |_| {
        let words = ["adapt", "--config", "/etc/caddy/Caddyfile"];
        Source::Command(Command::new("caddy").words(&words))
    },
    reads: &["caddy adapt"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<CaddyConfiguration>, ParseError> {
    let complaint = raw.error_text();
    if raw.exit_code != Some(0) && !complaint.contains("permission denied") {
        let mut lines = complaint.lines();
        let said = |line: &&str| line.starts_with("Error: ") || line.starts_with("adapt: ");
        if let Some(line) = lines
            .find(said)
            .filter(|line| !line.contains("unknown command"))
        {
            return Err(ParseError::Unavailable(line.to_owned()));
        }
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let document: Value = raw.json()?;
    // The parts that a configuration may have: none of them is needed.
    const PARTS: &[&str] = &["admin", "apps", "logging", "storage"];
    let fields = document.as_object();
    if !fields.is_some_and(|fields| fields.keys().all(|key| PARTS.contains(&key.as_str()))) {
        return Err(ParseError::shape("JSON, but no configuration of Caddy"));
    }
    let servers = document
        .pointer("/apps/http/servers")
        .and_then(Value::as_object);
    let servers = servers.into_iter().flatten().map(|(name, server)| {
        let mut routes = Vec::new();
        add_routes(&mut routes, server.get("routes"), None);
        CaddyServer {
            name: name.clone(),
            listen: texts(server.get("listen")),
            routes,
        }
    });
    Ok(Parsed::whole(CaddyConfiguration {
        servers: servers.collect(),
    }))
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Adds routes, each before those within it. JSON is nested 128 deep at most.
fn add_routes(routes: &mut Vec<CaddyRoute>, value: Option<&Value>, within: Option<u32>) {
    for route in value.and_then(Value::as_array).into_iter().flatten() {
        let number = u32::try_from(routes.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let matchers = route.get("match").and_then(Value::as_array);
        // Several are alternatives.
        let matchers = matchers.map_or(&[][..], Vec::as_slice);
        let all = |key: &str| {
            let lists = matchers.iter().map(|matcher| texts(matcher.get(key)));
            lists.collect::<Vec<_>>().concat()
        };
        let is_plain = |matcher: &Value| {
            let mut keys = matcher
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key);
            keys.all(|key| key == "host" || key == "path")
        };
        let handlers = route.get("handle").and_then(Value::as_array);
        let handlers = handlers.map_or(&[][..], Vec::as_slice);
        routes.push(CaddyRoute {
            number,
            within,
            hosts: all("host"),
            paths: all("path"),
            has_other_conditions: !matchers.iter().all(is_plain),
            handlers: handlers.iter().map(handler).collect(),
        });
        for handler in handlers {
            add_routes(routes, handler.get("routes"), Some(number));
        }
    }
}

fn handler(value: &Value) -> CaddyHandler {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let upstreams = value.get("upstreams").and_then(Value::as_array);
    let dials = upstreams.into_iter().flatten();
    CaddyHandler {
        handler: text("handler").unwrap_or_default(),
        upstreams: dials
            .filter_map(|upstream| upstream.get("dial")?.as_str())
            .map(str::to_owned)
            .collect(),
        root: text("root"),
        status: match value.get("status_code") {
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        },
        location: texts(value.pointer("/headers/Location")).into_iter().next(),
    }
}
