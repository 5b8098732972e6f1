//! `mtr --json`, see `mtr(8)`; 0.94 and later write it right.

use serde::Deserialize;

use super::{TraceHop, TraceResult};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    network::{
        HostToReach,
        common::{family, milliseconds, why_no_row},
    },
};

pub(super) const VARIANT: Variant<HostToReach, TraceResult> = Variant {
    name: "mtr",
    needs: Needs::programs(&["mtr"]),
    source: |args| {
        let command = Command::new("mtr").words(&["-j", "-n", "-c", "1"]);
        Source::Command(command.value(&args.host))
    },
    reads: &["mtr"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    report: Report,
}

#[derive(Deserialize)]
struct Report {
    mtr: Head,
    hubs: Vec<Hub>,
}

#[derive(Deserialize)]
struct Head {
    dst: Option<String>,
}

#[derive(Deserialize)]
struct Hub {
    count: Figure,
    host: String,
    #[serde(rename = "Loss%")]
    loss: Option<f64>,
    #[serde(rename = "Snt")]
    sent: Option<u64>,
    #[serde(rename = "Avg")]
    average: Option<f64>,
    #[serde(rename = "Best")]
    least: Option<f64>,
    #[serde(rename = "Wrst")]
    most: Option<f64>,
}

/// Older versions print the number of a hop as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Figure {
    Number(u32),
    Text(String),
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TraceResult>, ParseError> {
    if raw.exit_code != Some(0) {
        return Err(why_no_row(&raw, "no report of mtr"));
    }
    let document: Document = raw.json()?;
    let mut result = TraceResult::default();
    if let Some(host) = document.report.mtr.dst {
        result.address = family(&host).map(|_| host.clone());
        result.host = Some(host);
    }
    for hub in document.report.hubs {
        let number = match hub.count {
            Figure::Number(number) => Some(number),
            Figure::Text(text) => text.parse().ok(),
        };
        let number = number.ok_or_else(|| ParseError::shape("a hop without its number"))?;
        let mut hop = TraceHop::new(number);
        hop.set_host(&hub.host);
        hop.loss_percent = hub.loss;
        hop.sent = hub.sent;
        let answers = hub.loss.is_none_or(|loss| loss < 100.0);
        let seconds = |time: Option<f64>| {
            time.filter(|_| answers)
                .and_then(|time| milliseconds(&time.to_string()))
        };
        hop.average_seconds = seconds(hub.average);
        hop.least_seconds = seconds(hub.least);
        hop.most_seconds = seconds(hub.most);
        result.hops.push(hop);
    }
    Ok(Parsed::whole(result))
}
