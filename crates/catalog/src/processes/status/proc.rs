//! `/proc/PID/status`, see `proc_pid_status(5)`.

use super::ProcessStatus;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, processes::ProcessWithPid,
};

pub(super) const VARIANT: Variant<ProcessWithPid, ProcessStatus> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |args| {
        Source::Command(Command::script(r#"exec cat "/proc/$1/status""#).value(&args.pid))
    },
    reads: &["cat|head|less|more /proc/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessStatus>, ParseError> {
    let mut named = false;
    let parsed = raw.read_lines(ProcessStatus::default(), |status, line| {
        let (key, value) = line.split_once(":\t").or_else(|| line.split_once(':'))?;
        // Network interfaces and processors have lines of such a kind, but begin otherwise.
        named |= key == "Name";
        named.then_some(())?;
        fill(status, key, value)
    });
    if parsed.value.pid == 0 || parsed.value.state.is_empty() {
        return Err(crate::processes::no_answer(
            &raw,
            "this is no status of a process",
        ));
    }
    Ok(parsed)
}

/// Takes one line. A key that has no field is known all the same: kernels add some with each year.
fn fill(status: &mut ProcessStatus, key: &str, value: &str) -> Option<()> {
    let value_trimmed = value.trim();
    let number = || value_trimmed.parse::<u32>().ok();
    let count = || value_trimmed.parse::<u64>().ok();
    let text = || Some(value_trimmed.to_owned());
    let bytes = || {
        let kibibytes = value_trimmed
            .strip_suffix("kB")?
            .trim()
            .parse::<u64>()
            .ok()?;
        kibibytes.checked_mul(1024)
    };
    let ids = || {
        let mut ids = value
            .split_ascii_whitespace()
            .map(|id| id.parse::<u32>().ok());
        Some((ids.next()??, ids.next()??))
    };
    match key {
        "Name" => status.name = value.to_owned(),
        "State" => status.state = value_trimmed.split(' ').next()?.to_owned(),
        "Pid" => status.pid = number()?,
        "PPid" => status.parent_pid = Some(number()?),
        "TracerPid" => status.tracer_pid = Some(number()?).filter(|pid| *pid != 0),
        "Uid" => (status.real_uid, status.effective_uid) = ids().map(both)?,
        "Gid" => (status.real_gid, status.effective_gid) = ids().map(both)?,
        "Groups" => {
            let ids = value.split_ascii_whitespace().map(|id| id.parse().ok());
            status.group_ids = ids.collect::<Option<_>>()?;
        }
        "Threads" => status.threads = Some(number()?),
        "VmSize" => status.virtual_bytes = Some(bytes()?),
        "VmPeak" => status.virtual_peak_bytes = Some(bytes()?),
        "VmRSS" => status.resident_bytes = Some(bytes()?),
        "VmHWM" => status.resident_peak_bytes = Some(bytes()?),
        "RssAnon" => status.resident_anonymous_bytes = Some(bytes()?),
        "RssFile" => status.resident_file_bytes = Some(bytes()?),
        "RssShmem" => status.resident_shared_bytes = Some(bytes()?),
        "VmSwap" => status.swap_bytes = Some(bytes()?),
        "VmLck" => status.locked_bytes = Some(bytes()?),
        "NoNewPrivs" => status.no_new_privileges = Some(number()? != 0),
        "Seccomp" => {
            let mode = match number()? {
                0 => "off",
                1 => "strict",
                2 => "filter",
                _ => return None,
            };
            status.seccomp = Some(mode.to_owned());
        }
        "CapEff" => status.effective_capabilities = text(),
        "Cpus_allowed_list" => status.allowed_processors = text(),
        "voluntary_ctxt_switches" => status.voluntary_switches = Some(count()?),
        "nonvoluntary_ctxt_switches" => status.involuntary_switches = Some(count()?),
        _ => {}
    }
    Some(())
}

fn both((one, two): (u32, u32)) -> (Option<u32>, Option<u32>) {
    (Some(one), Some(two))
}
