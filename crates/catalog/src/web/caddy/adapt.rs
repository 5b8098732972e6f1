//! `caddy adapt`: a Caddyfile as the JSON that Caddy works by. It starts nothing.

use serde_json::Value;

use super::{CaddyConfiguration, CaddyRoute, CaddyServer};
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
    if !document.is_object() {
        return Err(ParseError::shape("JSON, but no configuration of Caddy"));
    }
    let servers = document
        .pointer("/apps/http/servers")
        .and_then(Value::as_object);
    let servers = servers.into_iter().flatten().map(|(name, server)| {
        let mut routes = Vec::new();
        add_routes(&mut routes, server.get("routes"), &CaddyRoute::default());
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

/// Adds what is done with requests that came through `outer`. JSON is nested 128 deep at most.
fn add_routes(routes: &mut Vec<CaddyRoute>, value: Option<&Value>, outer: &CaddyRoute) {
    for route in value.and_then(Value::as_array).into_iter().flatten() {
        let mut inner = outer.clone();
        let matchers = route.get("match").and_then(Value::as_array);
        // Several are alternatives.
        let matchers = matchers.map_or(&[][..], Vec::as_slice);
        let all = |key: &str| {
            let lists = matchers.iter().map(|matcher| texts(matcher.get(key)));
            lists.collect::<Vec<_>>().concat()
        };
        let (hosts, paths) = (all("host"), all("path"));
        if !hosts.is_empty() {
            inner.hosts = hosts;
        }
        if !paths.is_empty() {
            inner.paths = paths;
        }
        let is_plain = |matcher: &Value| {
            let mut keys = matcher
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key);
            keys.all(|key| key == "host" || key == "path")
        };
        inner.has_other_conditions |= !matchers.iter().all(is_plain);
        let handlers = route.get("handle").and_then(Value::as_array);
        for handler in handlers.into_iter().flatten() {
            let text = |key: &str| handler.get(key).and_then(Value::as_str).map(str::to_owned);
            let name = text("handler").unwrap_or_default();
            if name == "subroute" {
                add_routes(routes, handler.get("routes"), &inner);
                continue;
            }
            let upstreams = handler.get("upstreams").and_then(Value::as_array);
            let dials = upstreams.into_iter().flatten();
            let status = match handler.get("status_code") {
                Some(Value::Number(number)) => Some(number.to_string()),
                Some(Value::String(text)) => Some(text.clone()),
                _ => None,
            };
            routes.push(CaddyRoute {
                upstreams: dials
                    .filter_map(|upstream| upstream.get("dial")?.as_str())
                    .map(str::to_owned)
                    .collect(),
                root: text("root"),
                status,
                location: texts(handler.pointer("/headers/Location"))
                    .into_iter()
                    .next(),
                handler: name,
                ..inner.clone()
            });
        }
    }
}
