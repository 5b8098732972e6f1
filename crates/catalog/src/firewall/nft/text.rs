//! `nft(8)`, `list ruleset` and its kin, in nft's own language. It tells more than the JSON does:
//! devices, comments of chains and tables, the flags of sets.

use super::{
    NftChain, NftObject, NftRuleset, NftSet, NftTable,
    words::{braces, parts, priority, quoted, rule, without_handle},
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, NftRuleset> = Variant {
    name: "text",
    needs: Needs::programs(&["nft"]),
    source: |_| Source::Command(Command::new("nft").words(&["-a", "list", "ruleset"])),
    reads: &["nft list"],
    parse,
};

/// What the lines belong to.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    Outside,
    Table,
    Chain,
    Set,
    Object,
}

struct Reader {
    block: Block,
    /// The lines of a statement whose braces are still open.
    pending: String,
    /// How many of them are open.
    open: i64,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NftRuleset>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    if text.trim_start().starts_with('{') {
        return Err(ParseError::shape("JSON, not nft's own language"));
    }
    let mut reader = Reader {
        block: Block::Outside,
        pending: String::new(),
        open: 0,
    };
    let mut parsed = raw.read_lines(NftRuleset::default(), |ruleset, line| {
        reader.read(ruleset, line.trim())
    });
    if !reader.pending.is_empty() {
        let last = text.lines().count().saturating_sub(1);
        parsed.leave_unread(last, &reader.pending);
    }
    if parsed.value.tables.is_empty() && !parsed.unread.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no table as nft prints it")));
    }
    Ok(parsed)
}

impl Reader {
    fn read(&mut self, ruleset: &mut NftRuleset, line: &str) -> Option<()> {
        if line.starts_with('#') {
            // `# Warning: table ip filter is managed by iptables-nft, do not touch!`
            return Some(());
        }
        if self.block == Block::Outside || self.block == Block::Table {
            return self.begin(ruleset, line);
        }
        if self.pending.is_empty() && line == "}" {
            self.block = Block::Table;
            return Some(());
        }
        // A statement ends with its line, unless a brace is open.
        self.open = self.open.saturating_add(braces(line));
        if self.pending.is_empty() && self.open <= 0 {
            self.open = 0;
            return self.statement(ruleset, line);
        }
        if !self.pending.is_empty() {
            self.pending.push(' ');
        }
        self.pending.push_str(line);
        if self.open <= 0 {
            self.open = 0;
            let statement = std::mem::take(&mut self.pending);
            return self.statement(ruleset, &statement);
        }
        Some(())
    }

    /// The beginning or the end of a table, or of something in it.
    fn begin(&mut self, ruleset: &mut NftRuleset, line: &str) -> Option<()> {
        let (line, handle) = without_handle(line);
        if self.block == Block::Outside {
            let mut words = line.strip_prefix("table ")?.split(' ');
            let (family, name) = (words.next()?, words.next()?);
            match words.next() {
                Some("{") => self.block = Block::Table,
                // `nft list tables`
                None => {}
                Some(_) => return None,
            }
            // The kernel's limit is 256. The name is told with each chain.
            if name.len() > 256 || family.len() > 16 {
                self.block = Block::Outside;
                return None;
            }
            ruleset.tables.push(NftTable {
                family: family.to_owned(),
                name: name.to_owned(),
                handle,
                ..NftTable::default()
            });
            return Some(());
        }
        if line == "}" {
            self.block = Block::Outside;
            return Some(());
        }
        let table = ruleset.tables.last_mut()?;
        if let Some(flags) = line.strip_prefix("flags ") {
            table.flags = parts(flags.trim_end_matches(';'));
            return Some(());
        }
        if let Some(comment) = line.strip_prefix("comment ") {
            table.comment = Some(quoted(comment)?.to_owned());
            return Some(());
        }
        let (family, table) = (table.family.clone(), table.name.clone());
        let (kind, name) = line.strip_suffix('{')?.trim_end().rsplit_once(' ')?;
        let name = name.to_owned();
        match kind {
            "chain" => {
                self.block = Block::Chain;
                ruleset.chains.push(NftChain {
                    family,
                    table,
                    name,
                    handle,
                    ..NftChain::default()
                });
            }
            "set" | "map" | "meter" => {
                self.block = Block::Set;
                ruleset.sets.push(NftSet {
                    family,
                    table,
                    name,
                    handle,
                    is_map: kind == "map",
                    ..NftSet::default()
                });
            }
            "counter" | "quota" | "limit" | "ct helper" | "ct timeout" | "ct expectation"
            | "flowtable" | "secmark" | "synproxy" | "tunnel" => {
                self.block = Block::Object;
                ruleset.objects.push(NftObject {
                    family,
                    table,
                    kind: kind.to_owned(),
                    name,
                    handle,
                    ..NftObject::default()
                });
            }
            _ => return None,
        }
        Some(())
    }

    fn statement(&mut self, ruleset: &mut NftRuleset, line: &str) -> Option<()> {
        match self.block {
            Block::Chain => in_chain(ruleset.chains.last_mut()?, line),
            Block::Set => in_set(ruleset.sets.last_mut()?, line),
            Block::Object => in_object(ruleset.objects.last_mut()?, line),
            Block::Outside | Block::Table => None,
        }
    }
}

fn in_chain(chain: &mut NftChain, line: &str) -> Option<()> {
    if let Some(comment) = line.strip_prefix("comment ") {
        chain.comment = Some(quoted(comment)?.to_owned());
    } else if line.starts_with("type ") && line.contains(" hook ") {
        hook(chain, line)?;
    } else {
        chain.rules.push(rule(line));
    }
    Some(())
}

/// `type filter hook ingress device "lo" priority filter; policy accept;`
fn hook(chain: &mut NftChain, line: &str) -> Option<()> {
    let (head, policy) = line.split_once(';')?;
    let (head, place) = head.split_once(" priority ")?;
    let mut words = head.strip_prefix("type ")?.splitn(4, ' ');
    let (kind, _, hook) = (words.next()?, words.next()?, words.next()?);
    let devices = words.next().unwrap_or_default().trim();
    let devices = devices
        .strip_prefix("devices = {")
        .and_then(|list| list.strip_suffix('}'))
        .or_else(|| devices.strip_prefix("device "))
        .unwrap_or_default();
    let unquoted = |device: String| quoted(&device).map_or(device.clone(), str::to_owned);
    chain.devices = parts(devices).into_iter().map(unquoted).collect();
    chain.priority = Some(priority(&chain.family, place)?);
    (chain.r#type, chain.hook) = (Some(kind.to_owned()), Some(hook.to_owned()));
    let policy = policy.trim().strip_prefix("policy ");
    chain.policy = policy.map(|policy| policy.trim_end_matches(';').to_owned());
    Some(())
}

fn in_set(set: &mut NftSet, line: &str) -> Option<()> {
    let (key, value) = line.split_once(' ').unwrap_or((line, ""));
    match key {
        "type" | "typeof" => {
            let (keys, values) = match value.split_once(" : ") {
                Some((keys, values)) => (keys, Some(values)),
                None => (value, None),
            };
            set.key_type = Some(keys.to_owned());
            set.value_type = values.map(str::to_owned);
        }
        "flags" => set.flags = parts(value),
        "comment" => set.comment = Some(quoted(value)?.to_owned()),
        "elements" => {
            let list = value.trim_start().strip_prefix('=')?.trim();
            let elements = parts(list.strip_prefix('{')?.strip_suffix('}')?);
            set.elements = elements.into_iter().map(without_quotes).collect();
        }
        "size" | "timeout" | "gc-interval" | "policy" | "auto-merge" | "counter" | "quota"
        | "limit" | "last" | "connlimit" => {}
        _ => return None,
    }
    Some(())
}

/// `lo : accept` of `"lo" : accept`, as the JSON has it.
fn without_quotes(element: String) -> String {
    match element
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'))
    {
        Some((name, rest)) => format!("{name}{rest}"),
        None => element,
    }
}

fn in_object(object: &mut NftObject, line: &str) -> Option<()> {
    if let Some(comment) = line.strip_prefix("comment ") {
        object.comment = Some(quoted(comment)?.to_owned());
        return Some(());
    }
    if object.kind == "counter" {
        let mut words = line.split(' ');
        if words.next()? == "packets" {
            object.packets = Some(words.next()?.parse().ok()?);
            object.bytes = Some(words.nth(1)?.parse().ok()?);
            return Some(());
        }
    }
    if !object.definition.is_empty() {
        object.definition.push_str("; ");
    }
    object.definition.push_str(line.trim_end_matches(';'));
    Some(())
}
