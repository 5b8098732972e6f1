//! `nft(8)` with `-j`, see `libnftables-json(5)`.

use serde_json::Value;

use super::{
    NftChain, NftObject, NftRule, NftRuleset, NftSet, NftTable,
    expression::{elements, shown, statement},
    words::{VERDICTS, of_target},
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, NftRuleset> = Variant {
    name: "json",
    needs: Needs::programs(&["nft"]),
    source: |_| Source::Command(Command::new("nft").words(&["-j", "list", "ruleset"])),
    reads: &["nft list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NftRuleset>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let document: Value = raw.json()?;
    let items = document.get("nftables").and_then(Value::as_array);
    let items = items.ok_or_else(|| ParseError::shape("JSON without `nftables`"))?;
    let mut parsed = Parsed::whole(NftRuleset::default());
    let mut places = Places::new();
    for item in items {
        let entry = item.as_object().and_then(|item| item.iter().next());
        let read =
            entry.and_then(|(kind, fields)| read(&mut parsed.value, &mut places, kind, fields));
        if read.is_none() {
            // All of it may stand in one line.
            parsed.leave_unread(0, &item.to_string());
        }
    }
    Ok(parsed)
}

/// Where the chains stand in the answer, by family, table and name.
type Places = std::collections::HashMap<(String, String, String), usize>;

fn read(ruleset: &mut NftRuleset, places: &mut Places, kind: &str, fields: &Value) -> Option<()> {
    let text = |field: &str| fields.get(field)?.as_str().map(str::to_owned);
    let number = |field: &str| fields.get(field)?.as_u64();
    if kind == "metainfo" {
        return Some(());
    }
    let family = text("family")?;
    let (handle, comment) = (number("handle"), text("comment"));
    if kind == "table" {
        ruleset.tables.push(NftTable {
            family,
            name: text("name")?,
            handle,
            flags: list(fields.get("flags")),
            comment,
        });
        return Some(());
    }
    let table = text("table")?;
    match kind {
        "chain" => {
            let name = text("name")?;
            let place = ruleset.chains.len();
            places.insert((family.clone(), table.clone(), name.clone()), place);
            ruleset.chains.push(NftChain {
                family,
                table,
                name,
                handle,
                r#type: text("type"),
                hook: text("hook"),
                devices: list(fields.get("dev")),
                priority: fields.get("prio").and_then(Value::as_i64),
                policy: text("policy"),
                comment,
                rules: Vec::new(),
            });
        }
        "rule" => {
            let place = places.get(&(family, table, text("chain")?))?;
            let statements = fields.get("expr")?.as_array()?;
            let chain = ruleset.chains.get_mut(*place)?;
            chain.rules.push(rule(statements, handle, comment));
        }
        "set" | "map" | "meter" => ruleset.sets.push(NftSet {
            family,
            table,
            name: text("name")?,
            handle,
            is_map: kind == "map",
            key_type: fields.get("type").map(types),
            value_type: fields.get("map").map(types),
            flags: list(fields.get("flags")),
            comment,
            elements: elements(fields.get("elem")),
        }),
        _ => ruleset.objects.push(NftObject {
            family,
            table,
            kind: kind.to_owned(),
            name: text("name")?,
            handle,
            packets: number("packets").filter(|_| kind == "counter"),
            bytes: number("bytes").filter(|_| kind == "counter"),
            comment,
            definition: definition(kind, fields)?,
        }),
    }
    Some(())
}

/// One text, or several.
fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// `"ipv4_addr"`, `["inet_proto", "inet_service"]`; since 1.1 an expression after `typeof`.
fn types(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(types).collect::<Vec<_>>().join(" . "),
        Value::Object(fields) => fields.get("typeof").map_or_else(|| shown(value), shown),
        value => shown(value),
    }
}

/// The fields of an object that are none of its other columns.
fn definition(kind: &str, fields: &Value) -> Option<String> {
    const APART: &[&str] = &["family", "table", "name", "handle", "comment"];
    let counts = |field: &str| kind == "counter" && matches!(field, "packets" | "bytes");
    let fields = fields.as_object()?.iter();
    let told = fields.filter(|(field, _)| !APART.contains(&field.as_str()) && !counts(field));
    let parts: Vec<String> = told
        .map(|(field, value)| format!("{field} {}", shown(value)))
        .collect();
    Some(parts.join("; "))
}

fn rule(statements: &[Value], handle: Option<u64>, comment: Option<String>) -> NftRule {
    let mut rule = NftRule {
        handle,
        comment,
        ..NftRule::default()
    };
    for item in statements {
        let Some((kind, fields)) = item.as_object().and_then(|item| item.iter().next()) else {
            continue;
        };
        if VERDICTS.contains(&kind.as_str()) {
            rule.verdict = Some(kind.clone());
            let target = fields.get("target").and_then(Value::as_str);
            rule.target = target.map(str::to_owned);
        }
        if kind == "xt" && fields.get("type").and_then(Value::as_str) == Some("target") {
            rule.verdict = fields
                .get("name")
                .and_then(Value::as_str)
                .and_then(of_target);
        }
        if kind == "counter" {
            rule.packets = fields.get("packets").and_then(Value::as_u64);
            rule.bytes = fields.get("bytes").and_then(Value::as_u64);
        }
    }
    let words: Vec<String> = statements.iter().map(statement).collect();
    rule.expression = words.join(" ");
    rule
}
