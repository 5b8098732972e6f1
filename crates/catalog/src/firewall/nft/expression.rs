//! What nft's JSON says of a rule, in the words of its own language, see `libnftables-json(5)`. What
//! is not known stays JSON.

use serde_json::{Map, Value};

/// Keys of `meta` that stand alone.
const PLAIN_META: &[&str] = &[
    "iif",
    "iifname",
    "iiftype",
    "iifgroup",
    "oif",
    "oifname",
    "oiftype",
    "oifgroup",
    "skuid",
    "skgid",
    "rtclassid",
    "ibrname",
    "obrname",
    "ibriport",
    "obriport",
    "cgroup",
    "pkttype",
    "cpu",
];

/// Those whose values are names in quotes.
const NAMES: &[&str] = &["iif", "iifname", "oif", "oifname", "ibrname", "obrname"];

/// A statement of a rule.
pub(super) fn statement(value: &Value) -> String {
    let known = only_field(value).and_then(|(kind, fields)| known_statement(kind, fields));
    known.unwrap_or_else(|| value.to_string())
}

fn known_statement(kind: &str, fields: &Value) -> Option<String> {
    let field = |name: &str| fields.get(name).map(shown);
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    Some(match kind {
        "accept" | "drop" | "return" | "continue" | "notrack" => kind.to_owned(),
        "jump" | "goto" => format!("{kind} {}", text("target")?),
        "counter" => match fields {
            Value::String(name) => format!("counter name \"{name}\""),
            _ => format!(
                "counter packets {} bytes {}",
                field("packets")?,
                field("bytes")?
            ),
        },
        "match" => {
            let left = fields.get("left")?;
            let is_name = left
                .get("meta")
                .and_then(|meta| meta.get("key")?.as_str())
                .is_some_and(|key| NAMES.contains(&key));
            let right = match fields.get("right")? {
                Value::String(name) if is_name && !name.starts_with('@') => format!("\"{name}\""),
                Value::Bool(false) if left.get("fib").is_some() => "missing".to_owned(),
                Value::Bool(true) if left.get("fib").is_some() => "exists".to_owned(),
                right => shown(right),
            };
            match text("op")? {
                "==" | "in" => format!("{} {right}", shown(left)),
                op => format!("{} {op} {right}", shown(left)),
            }
        }
        "vmap" => format!("{} vmap {}", field("key")?, field("data")?),
        "limit" => {
            let over = fields
                .get("inv")
                .and_then(Value::as_bool)
                .unwrap_or_default();
            let over = if over { "over " } else { "" };
            let unit = text("rate_unit").filter(|unit| *unit != "packets");
            let unit = unit.map_or_else(String::new, |unit| format!(" {unit}"));
            let burst = field("burst").map_or_else(String::new, |burst| {
                let unit = text("burst_unit").unwrap_or("packets");
                format!(" burst {burst} {unit}")
            });
            format!(
                "limit rate {over}{}{unit}/{}{burst}",
                field("rate")?,
                text("per")?
            )
        }
        "log" => {
            let mut words = vec!["log".to_owned()];
            words.extend(text("prefix").map(|prefix| format!("prefix \"{prefix}\"")));
            for name in ["group", "snaplen", "queue-threshold", "level", "flags"] {
                words.extend(field(name).map(|value| format!("{name} {value}")));
            }
            words.join(" ")
        }
        "reject" => match (text("type"), field("expr")) {
            (None, _) => "reject".to_owned(),
            (Some("tcp reset"), _) => "reject with tcp reset".to_owned(),
            (Some(kind), Some(code)) => format!("reject with {kind} {code}"),
            (Some(kind), None) => format!("reject with {kind}"),
        },
        "snat" | "dnat" | "redirect" | "masquerade" | "tproxy" => translation(kind, fields),
        "queue" => match (field("num"), field("flags")) {
            (Some(number), Some(flags)) => format!("queue flags {flags} to {number}"),
            (Some(number), None) => format!("queue to {number}"),
            _ => "queue".to_owned(),
        },
        "xt" => format!("xt {} \"{}\"", text("type")?, text("name")?),
        "mangle" => format!("{} set {}", field("key")?, field("value")?),
        "set" => {
            let statements = fields.get("stmt").and_then(Value::as_array);
            let statements = statements.into_iter().flatten().map(statement);
            let words: Vec<String> = field("elem").into_iter().chain(statements).collect();
            format!("{} {} {{ {} }}", text("op")?, text("set")?, words.join(" "))
        }
        _ => return None,
    })
}

/// `dnat ip to 10.0.0.9:22 random`
fn translation(kind: &str, fields: &Value) -> String {
    let mut words = vec![kind.to_owned()];
    let field = |name: &str| fields.get(name).map(shown);
    words.extend(field("family"));
    let place = match (field("addr"), field("port")) {
        (Some(address), Some(port)) if address.contains(':') => Some(format!("[{address}]:{port}")),
        (Some(address), Some(port)) => Some(format!("{address}:{port}")),
        (Some(address), None) => Some(address),
        (None, Some(port)) => Some(format!(":{port}")),
        (None, None) => None,
    };
    words.extend(place.map(|place| format!("to {place}")));
    words.extend(field("flags"));
    words.join(" ")
}

/// The elements of a set or map, each in the words of the language.
pub(super) fn elements(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.map(element).collect()
}

/// `10.0.0.1 timeout 3600s`, `8080 : 10.0.0.2`.
fn element(value: &Value) -> String {
    match value {
        Value::Array(pair) => match pair.as_slice() {
            [key, value] => format!("{} : {}", element(key), shown(value)),
            _ => value.to_string(),
        },
        value => shown(value),
    }
}

/// An expression.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(","),
        Value::Object(fields) => {
            let known = only_field(value).and_then(|(kind, inner)| known_expression(kind, inner));
            known.unwrap_or_else(|| Value::Object(fields.clone()).to_string())
        }
        value => value.to_string(),
    }
}

fn known_expression(kind: &str, fields: &Value) -> Option<String> {
    let field = |name: &str| fields.get(name).map(shown);
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let joined = |between: &str| {
        let items = fields.as_array()?.iter().map(shown);
        Some(items.collect::<Vec<_>>().join(between))
    };
    Some(match kind {
        "payload" => match text("protocol") {
            Some(protocol) => format!("{protocol} {}", text("field")?),
            None => format!("@{},{},{}", text("base")?, field("offset")?, field("len")?),
        },
        "meta" => match text("key")? {
            key if PLAIN_META.contains(&key) => key.to_owned(),
            key => format!("meta {key}"),
        },
        "ct" => match text("dir") {
            Some(direction) => format!("ct {direction} {}", text("key")?),
            None => format!("ct {}", text("key")?),
        },
        "fib" => format!(
            "fib {} {}",
            field("flags")?.replace(',', " . "),
            text("result")?
        ),
        "prefix" => format!("{}/{}", field("addr")?, field("len")?),
        "range" => joined("-")?,
        "concat" => joined(" . ")?,
        "set" => {
            let items = match fields {
                Value::Array(_) => elements(Some(fields)),
                single => vec![element(single)],
            };
            format!("{{ {} }}", items.join(", "))
        }
        "map" => format!("{} map {}", field("key")?, field("data")?),
        "|" | "&" | "^" | "<<" | ">>" => joined(&format!(" {kind} "))?,
        "elem" => {
            let mut words = vec![field("val")?];
            for name in ["timeout", "expires"] {
                words.extend(field(name).map(|seconds| format!("{name} {seconds}s")));
            }
            words.extend(text("comment").map(|comment| format!("comment \"{comment}\"")));
            let counter = fields.get("counter").filter(|counter| counter.is_object());
            words.extend(counter.and_then(|counter| known_statement("counter", counter)));
            words.join(" ")
        }
        "accept" | "drop" | "return" | "continue" | "jump" | "goto" => {
            known_statement(kind, fields)?
        }
        _ => return None,
    })
}

/// The field of an object that has but one.
fn only_field(value: &Value) -> Option<(&str, &Value)> {
    let fields: &Map<String, Value> = value.as_object()?;
    let mut fields = fields.iter();
    let (kind, inner) = fields.next()?;
    fields.next().is_none().then_some((kind.as_str(), inner))
}
