//! Who reads what: our answers beside jc's, fixture by fixture.
//!
//! Invariant: an output that jc's parser raises an error on is not read by it; one of which both give
//! an answer with as many records is read by both unless a person said otherwise.

use std::collections::BTreeMap;

use serde_json::Value;

use super::judged::{Judged, Rule, Verdict};
use super::text;

/// A fixture that one of jc's parsers is for.
pub(super) struct Compared<'a> {
    /// `QUERY/NAME`.
    pub(super) name: String,
    /// What `read_fixtures` printed.
    pub(super) ours: &'a Value,
    /// What `read_by_jc.py` printed.
    pub(super) theirs: &'a Value,
    rule: Option<&'a Rule>,
}

impl<'a> Compared<'a> {
    /// Those of all fixtures.
    pub(super) fn all(
        ours: &'a [Value],
        theirs: &'a [Value],
        judged: &'a Judged,
    ) -> Vec<Compared<'a>> {
        let name = |line: &Value| format!("{}/{}", text(line, "query"), text(line, "fixture"));
        let theirs: BTreeMap<String, &Value> =
            theirs.iter().map(|line| (name(line), line)).collect();
        let compared = ours.iter().filter_map(|ours| {
            let name = name(ours);
            let theirs = *theirs.get(&name)?;
            let rule = judged.rule(text(theirs, "parser"), &name);
            Some(Compared {
                name,
                ours,
                theirs,
                rule,
            })
        });
        compared.collect()
    }

    /// How many records ours made; `None`: no answer.
    fn our_records(&self) -> Option<usize> {
        self.ours.pointer("/outcome/value").map(records)
    }

    /// How many jc made; `None`: it raised an error.
    fn their_records(&self) -> Option<usize> {
        let number = self.theirs["records"].as_u64()?;
        usize::try_from(number).ok()
    }

    /// Who reads it right; `None`: they differ, and nobody has judged it.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        match (self.our_records(), self.their_records(), self.rule) {
            (None, None, _) => Some(Verdict::Neither),
            (Some(_), None, _) => Some(Verdict::Ours),
            (_, _, Some(rule)) => Some(rule.verdict),
            (ours, theirs, None) => (ours == theirs).then_some(Verdict::Both),
        }
    }

    /// Whether jc reads it right.
    pub(super) fn jc_is_right(&self) -> bool {
        self.their_records().is_some()
            && matches!(self.verdict(), Some(Verdict::Both | Verdict::Jc))
    }

    fn line(&self) -> String {
        let ours = match self.our_records() {
            Some(records) => format!("{records}"),
            None => format!("none ({})", text(&self.ours["outcome"], "error")),
        };
        let theirs = match self.their_records() {
            Some(records) => format!("{records}"),
            None => format!("none ({})", text(self.theirs, "error")),
        };
        format!("{}: records of ours {ours}, of jc {theirs}", self.name)
    }
}

/// The longest list at the top of a value, or one for a single record.
fn records(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(fields) => {
            let lists = fields.values().filter_map(Value::as_array);
            lists.map(Vec::len).max().unwrap_or(1)
        }
        _ => 0,
    }
}

/// Prints each difference below what was said of it, then the shares. How many nobody has judged.
pub(super) fn report(ours: &[Value], all: &[Compared<'_>], judged: &Judged) -> usize {
    for rule in &judged.rules {
        let of_rule = |one: &&Compared<'_>| {
            let is_it = one.rule.is_some_and(|of| std::ptr::eq(of, rule));
            is_it && one.their_records().is_some()
        };
        let fixtures: Vec<_> = all.iter().filter(of_rule).collect();
        println!("\n{:?}: {} ({})", rule.verdict, rule.reason, fixtures.len());
        for one in fixtures {
            println!("  {} (jc --{})", one.line(), text(one.theirs, "parser"));
        }
    }
    println!("\nOurs: jc raises an error");
    for one in all {
        if one.their_records().is_none() && one.our_records().is_some() {
            println!("  {} (jc --{})", one.line(), text(one.theirs, "parser"));
        }
    }
    let unjudged: Vec<_> = all.iter().filter(|one| one.verdict().is_none()).collect();
    println!("\nnot judged: {}", unjudged.len());
    for one in &unjudged {
        println!("  {} (jc --{})", one.line(), text(one.theirs, "parser"));
    }

    let read = ours
        .iter()
        .filter(|one| one.pointer("/outcome/value").is_some());
    let said = |verdict| {
        all.iter()
            .filter(|one| one.verdict() == Some(verdict))
            .count()
    };
    let (both, by_ours, by_jc) = (said(Verdict::Both), said(Verdict::Ours), said(Verdict::Jc));
    println!(
        "\n{} fixtures, {} read as an answer, the others as what they say went wrong",
        ours.len(),
        read.count()
    );
    let share = |number: usize| 100.0 * number as f64 / all.len().max(1) as f64;
    println!(
        "{} of them have a parser of jc and exit code 0; read right by ours {} ({:.1} %), by jc {} ({:.1} %)",
        all.len(),
        both + by_ours,
        share(both + by_ours),
        both + by_jc,
        share(both + by_jc),
    );
    println!(
        "right: both {both}, ours alone {by_ours}, jc alone {by_jc} (goal: 0), neither {}, not judged {}",
        said(Verdict::Neither),
        unjudged.len()
    );
    unjudged.len()
}

/// Prints which of jc's parsers nothing of ours corresponds to.
pub(super) fn without_counterpart(theirs: &[Value], judged: &Judged) {
    let list = |name: &str| {
        let of_last = theirs.last().map(|last| &last[name]);
        let names = of_last.and_then(Value::as_array).into_iter().flatten();
        names.filter_map(Value::as_str).collect::<Vec<_>>()
    };
    let led_to = list("ledTo");
    let without = list("parsers")
        .into_iter()
        .filter(|name| !led_to.contains(name) && !judged.no_gap.contains(name));
    let without: Vec<_> = without.collect();
    println!(
        "\n{} of jc's parsers that have to do with a server have no counterpart here: {}",
        without.len(),
        without.join(" ")
    );
}
