//! `lvm(8) fullreport` as JSON, of 2.02.158 and newer, and `pvs`, `vgs` and `lvs` in that form.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    LvmReport,
    value::{self, Add},
};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    storage::is_own,
};

const WORDS: &[&str] = &[
    "fullreport",
    "--reportformat",
    "json",
    "--units",
    "b",
    "--binary",
];

pub(super) const VARIANT: Variant<NoArgs, LvmReport> = Variant {
    name: "json",
    needs: Needs::programs(&["lvm"]),
    source: |_| Source::Command(Command::new("lvm").words(WORDS)),
    reads: &["pvs", "vgs", "lvs", "lvm fullreport|pvs|vgs|lvs"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    report: Vec<Part>,
}

/// One group of a full report, or one list.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    vg: Vec<Map<String, Value>>,
    #[serde(default)]
    pv: Vec<Map<String, Value>>,
    #[serde(default)]
    lv: Vec<Map<String, Value>>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LvmReport>, ParseError> {
    raw.expect_exit(&[0])?;
    let plain = if is_own(&raw) {
        Some(1)
    } else {
        value::plain_unit(&raw)
    };
    let document: Document = raw.json()?;
    let mut report = LvmReport::default();
    for part in &document.report {
        // In a full report the group alone tells its name.
        let of_group = part.vg.first().and_then(|row| row.get("vg_name"));
        let lists: [(&[Map<String, Value>], Add); 3] = [
            (&part.pv, value::physical),
            (&part.vg, value::group),
            (&part.lv, value::logical),
        ];
        for (rows, add) in lists {
            for row in rows {
                let cell = |name: &str| {
                    let whole = || of_group.filter(|_| name == "vg_name");
                    let text = row.get(name).or_else(whole)?.as_str()?;
                    Some(text).filter(|text| !text.is_empty())
                };
                add(&mut report, &cell, plain)
                    .ok_or_else(|| ParseError::shape("a row without a name"))?;
            }
        }
    }
    Ok(Parsed::whole(report))
}
