//! `mpstat(1)` of sysstat 11.5 or newer, which measures for one second itself.

use serde::Deserialize;

use super::{CoreUsage, CpuUsage, CpuUse, MOST_CORES};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    percent::rounded,
};

/// One report after one second.
const WORDS: &[&str] = &["-P", "ALL", "-o", "JSON", "1", "1"];

pub(super) const VARIANT: Variant<NoArgs, CpuUse> = Variant {
    name: "mpstat",
    needs: Needs::programs(&["mpstat"]),
    source: |_| Source::Command(Command::new("mpstat").words(WORDS)),
    reads: &["mpstat"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    sysstat: Sysstat,
}

#[derive(Deserialize)]
struct Sysstat {
    hosts: Vec<Host>,
}

#[derive(Deserialize)]
struct Host {
    statistics: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "cpu-load")]
    loads: Vec<Load>,
}

#[derive(Deserialize)]
struct Load {
    cpu: String,
    usr: f64,
    nice: f64,
    sys: f64,
    iowait: f64,
    irq: f64,
    soft: f64,
    steal: f64,
    guest: f64,
    gnice: f64,
    idle: f64,
}

impl Load {
    /// mpstat counts guests apart from user time, `/proc/stat` within it; here they are within.
    fn usage(&self) -> CpuUsage {
        let user = self.usr + self.nice + self.guest + self.gnice;
        let system = self.sys + self.irq + self.soft;
        let busy = rounded(user + system + self.steal);
        CpuUsage {
            // The parts are rounded each by itself.
            busy_percent: Some(busy.min(100.0)),
            user_percent: Some(rounded(user)),
            system_percent: Some(rounded(system)),
            iowait_percent: Some(self.iowait),
            steal_percent: Some(self.steal),
            ticks: None,
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<CpuUse>, ParseError> {
    raw.expect_exit(&[0])?;
    let document: Document = raw.json()?;
    let report = document
        .sysstat
        .hosts
        .first()
        .and_then(|host| host.statistics.first())
        .ok_or_else(|| ParseError::shape("mpstat printed no report"))?;
    let total = report.loads.iter().find(|load| load.cpu == "all");
    let total = total.ok_or_else(|| ParseError::shape("mpstat printed no line for 'all'"))?;
    let cores = report.loads.iter().filter_map(|load| {
        let core = load.cpu.parse().ok()?;
        let usage = load.usage();
        // An offline processor is neither busy nor idle nor waiting.
        let online = load.idle + load.iowait > 0.0 || usage.busy_percent > Some(0.0);
        online.then_some(CoreUsage { core, usage })
    });
    Ok(Parsed::whole(CpuUse {
        total: total.usage(),
        cores: cores.take(MOST_CORES).collect(),
    }))
}
