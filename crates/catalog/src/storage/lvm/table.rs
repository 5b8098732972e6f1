//! `pvs(8)`, `vgs(8)` and `lvs(8)` as tables, one after the other: for LVM before 2.02.158, and as
//! people ask for them.

use super::{
    LvmReport,
    value::{self, Add},
};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::{
        is_own,
        table::{Column, cells, columns_of},
    },
};

/// `|` is in no name of LVM's.
const SCRIPT: &str =
    "for list in pvs vgs lvs; do \"$list\" --units b --separator '|' || exit; done";

pub(super) const VARIANT: Variant<NoArgs, LvmReport> = Variant {
    name: "table",
    needs: Needs::programs(&["pvs", "vgs", "lvs"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["pvs", "vgs", "lvs", "lvm pvs|vgs|lvs"],
    parse,
};

/// The fields behind the headings.
const HEADINGS: &[(&str, &str)] = &[
    ("PV", "pv_name"),
    ("VG", "vg_name"),
    ("LV", "lv_name"),
    ("PSize", "pv_size"),
    ("PFree", "pv_free"),
    ("PV UUID", "pv_uuid"),
    ("VSize", "vg_size"),
    ("VFree", "vg_free"),
    ("#PV", "pv_count"),
    ("#LV", "lv_count"),
    ("#SN", "snap_count"),
    ("VG UUID", "vg_uuid"),
    ("LSize", "lv_size"),
    ("Pool", "pool_lv"),
    ("Origin", "origin"),
    ("Data%", "data_percent"),
    ("Meta%", "metadata_percent"),
    ("Cpy%Sync", "copy_percent"),
    ("LV UUID", "lv_uuid"),
];

/// What a header told: the fields of the columns, where these stand, and what a row is of.
struct Header {
    fields: Vec<&'static str>,
    columns: Vec<Column<'static>>,
    add: Add,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LvmReport>, ParseError> {
    raw.expect_exit(&[0])?;
    let is_own = is_own(&raw);
    let plain = value::plain_unit(&raw);
    let separator = if is_own {
        Some("|")
    } else {
        separator(raw.typed)
    };
    let mut header: Option<Header> = None;
    let parsed = raw.read_lines(LvmReport::default(), |report, line| {
        if let Some(found) = read_header(line, separator) {
            header = Some(found);
            return Some(());
        }
        let header = header.as_ref()?;
        let row: Vec<&str> = match separator {
            Some(separator) => line.trim_start().split(separator).collect(),
            None => cells(line, &header.columns)?,
        };
        (row.len() == header.fields.len()).then_some(())?;
        let cell = |name: &str| {
            let at = header.fields.iter().position(|field| *field == name)?;
            row.get(at)
                .map(|text| text.trim())
                .filter(|text| !text.is_empty())
        };
        (header.add)(report, &cell, plain)
    });
    if header.is_some() || (parsed.unread.is_empty() && raw.stderr.is_empty()) {
        // No header is printed where there is nothing.
        return Ok(parsed);
    }
    let complaint = raw.complaint();
    Err(complaint.unwrap_or_else(|| ParseError::shape("no header of pvs, vgs or lvs")))
}

/// The text that a person has put between the cells.
fn separator(typed: &[String]) -> Option<&str> {
    let mut words = typed.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix("--separator") {
            Some("") => return words.next().map(String::as_str),
            Some(value) => return value.strip_prefix('='),
            None => {}
        }
    }
    None
}

fn read_header(line: &str, separator: Option<&str>) -> Option<Header> {
    let (names, columns): (Vec<&str>, Vec<Column<'static>>) = match separator {
        Some(separator) => (line.trim().split(separator).collect(), Vec::new()),
        None => joined(line)
            .into_iter()
            .map(|(name, column)| (name, column.without_name()))
            .unzip(),
    };
    let has = |name: &str| names.contains(&name);
    // A heading is no device and no size; `Attr` and a size's are in every list.
    let is_of = |own: &[&str]| own.iter().any(|name| has(name));
    let add: Add = if has("PV") && is_of(&["PSize", "PFree", "PV UUID", "Fmt"]) {
        value::physical
    } else if has("LV") && is_of(&["LSize", "LV UUID", "Attr", "VG"]) {
        value::logical
    } else if has("VG") && is_of(&["VSize", "VFree", "#PV", "#LV", "VG UUID"]) {
        value::group
    } else {
        return None;
    };
    let attributes = if has("LV") {
        "lv_attr"
    } else if has("PV") {
        "pv_attr"
    } else {
        "vg_attr"
    };
    let field = |name: &&str| match *name {
        "Attr" => attributes,
        name => HEADINGS
            .iter()
            .find(|(heading, _)| *heading == name)
            .map_or("", |(_, field)| field),
    };
    let fields = names.iter().map(field).collect();
    Some(Header {
        fields,
        columns,
        add,
    })
}

/// The headings with their places; `PV UUID` is one.
fn joined(line: &str) -> Vec<(&str, Column<'_>)> {
    let mut found: Vec<(&str, Column<'_>)> = Vec::new();
    let columns = columns_of(line);
    for column in columns {
        if column.name == "UUID"
            && let Some((name, before)) = found.last_mut()
            && before.end.saturating_add(1) == column.start
            && matches!(*name, "PV" | "VG" | "LV")
        {
            *name = match *name {
                "PV" => "PV UUID",
                "VG" => "VG UUID",
                _ => "LV UUID",
            };
            before.end = column.end;
            continue;
        }
        found.push((column.name, column));
    }
    found
}
