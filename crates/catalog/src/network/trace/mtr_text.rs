//! The table of `mtr --report`, with whatever columns were asked for.

use super::{TraceHop, TraceResult};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    network::{
        HostToReach,
        common::{family, milliseconds, why_no_row, words},
    },
    text::figure,
};

pub(super) const VARIANT: Variant<HostToReach, TraceResult> = Variant {
    name: "mtr_text",
    needs: Needs::programs(&["mtr"]),
    source: |args| {
        let command = Command::new("mtr").words(&["-r", "-n", "-c", "1"]);
        Source::Command(command.value(&args.host))
    },
    reads: &["mtr"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TraceResult>, ParseError> {
    let mut columns: Option<Vec<String>> = None;
    let parsed = raw.read_lines(TraceResult::default(), |value, line| {
        if line.starts_with("Start: ") {
            return Some(());
        }
        if line.starts_with("HOST: ") {
            let headings = words(line).into_iter().skip(2);
            columns = Some(headings.map(str::to_owned).collect());
            return Some(());
        }
        value.hops.push(row(line, columns.as_ref()?)?);
        Some(())
    });
    if columns.is_none() || (parsed.value.hops.is_empty() && !parsed.unread.is_empty()) {
        return Err(why_no_row(&raw, "no report of mtr"));
    }
    Ok(parsed)
}

/// Reads `2.|-- name (address)  0.0%  2  0.3 ..`, of which the headings name the figures.
fn row(line: &str, columns: &[String]) -> Option<TraceHop> {
    let (number, rest) = line.split_once('.')?;
    let rest = rest
        .strip_prefix("|--")
        .or_else(|| rest.strip_prefix(' '))?;
    let words = words(rest);
    let (host, figures) = words.split_at_checked(words.len().checked_sub(columns.len())?)?;
    let mut hop = TraceHop::new(number.trim().parse().ok()?);
    for word in host {
        let plain = word.trim_matches(['(', ')']);
        // `-z` puts the number of the autonomous system before the host.
        if !(word.starts_with("AS") && host.len() > 1) {
            hop.set_host(plain);
        }
    }
    (!host.is_empty()).then_some(())?;
    let of = |name: &str| {
        let at = columns.iter().position(|column| column == name)?;
        figures.get(at).copied()
    };
    hop.loss_percent = of("Loss%").and_then(|loss| figure(loss.trim_end_matches('%')));
    hop.sent = of("Snt").and_then(|sent| sent.parse().ok());
    let answers = hop.loss_percent.is_none_or(|loss| loss < 100.0);
    let seconds = |name: &str| of(name).filter(|_| answers).and_then(milliseconds);
    hop.average_seconds = seconds("Avg");
    hop.least_seconds = seconds("Best");
    hop.most_seconds = seconds("Wrst");
    // A row of which no figure is one is none.
    let has_figure =
        hop.loss_percent.is_some() || hop.sent.is_some() || hop.average_seconds.is_some();
    (has_figure || family(host.first()?).is_some()).then_some(hop)
}
