//! The properties in a block of `systemctl status`, each in its own form.

use super::{ServiceDetail, ServiceProcess, ServiceStatus};
use crate::{
    services::listing,
    time,
    units::{self, Letters},
};

/// Takes a property and what stands behind it.
pub(super) fn property(status: &mut ServiceStatus, name: &str, value: &str) -> Option<()> {
    match name {
        "Loaded" => loaded(status, value)?,
        "Active" => active(status, value)?,
        "Main PID" => main_pid(status, value)?,
        "Tasks" => {
            let (tasks, limit) = value.split_once(" (limit: ").unwrap_or((value, ""));
            status.tasks = Some(tasks.parse().ok()?);
            status.tasks_limit = limit.strip_suffix(')').and_then(|limit| limit.parse().ok());
        }
        "Memory" => {
            let (memory, limits) = value.split_once(" (").unwrap_or((value, ""));
            status.memory_bytes = Some(units::bytes(memory, Letters::Binary)?);
            if let Some(limits) = limits.strip_suffix(')') {
                detail(status, name, limits);
            }
        }
        "CPU" => status.cpu_seconds = Some(units::span_seconds(value)?),
        "CGroup" => status.control_group = Some(value.to_owned()),
        "Drop-In" | "TriggeredBy" | "Triggers" => more(status, name, value)?,
        _ => detail(status, name, value),
    }
    Some(())
}

/// Takes a line that goes on with a property.
pub(super) fn more(status: &mut ServiceStatus, name: &str, value: &str) -> Option<()> {
    match name {
        "CGroup" => {
            // A name of a group below has no number before it.
            if let Some((pid, command)) = branch(value).split_once(' ')
                && let Ok(pid) = pid.parse()
            {
                let command = command.trim_start().to_owned();
                status.processes.push(ServiceProcess { pid, command });
            }
        }
        "Drop-In" => {
            if value.starts_with('/') {
                status.drop_ins.push(value.to_owned());
            } else {
                drop_in(status, branch(value))?;
            }
        }
        "TriggeredBy" => status
            .triggered_by
            .push(listing::unmarked(value).to_owned()),
        "Triggers" => status.triggers.push(listing::unmarked(value).to_owned()),
        "Loaded" | "Active" | "Main PID" | "Tasks" | "Memory" | "CPU" => return None,
        _ => {
            let last = status.details.last_mut()?;
            last.value.push('\n');
            last.value.push_str(value);
        }
    }
    Some(())
}

fn detail(status: &mut ServiceStatus, name: &str, value: &str) {
    status.details.push(ServiceDetail {
        name: name.to_owned(),
        value: value.to_owned(),
    });
}

/// What stands at the end of a branch: `├─117 sshd`, and with other characters where there is no
/// UTF-8.
fn branch(line: &str) -> &str {
    line.trim_start_matches(['│', '├', '└', '─', '•', '|', '`', '-', ' '])
}

/// The files in a folder, `a.conf, b.conf`: the folder was taken for a file when it came.
fn drop_in(status: &mut ServiceStatus, names: &str) -> Option<()> {
    let last = status.drop_ins.last()?.clone();
    let folder = if last.ends_with(".conf") {
        // One more line of files of the same folder.
        last.rsplit_once('/')?.0.to_owned()
    } else {
        status.drop_ins.pop()?
    };
    for name in names.split(',').map(str::trim) {
        status.drop_ins.push(format!("{folder}/{name}"));
    }
    Some(())
}

/// `loaded (/lib/systemd/system/ssh.service; enabled; preset: enabled)`, `not-found (Reason: ..)`.
fn loaded(status: &mut ServiceStatus, value: &str) -> Option<()> {
    let (state, rest) = value.split_once(" (").unwrap_or((value, ")"));
    state.clone_into(&mut status.load_state);
    let rest = rest.strip_suffix(')')?;
    if let Some(reason) = rest.strip_prefix("Reason: ") {
        status.load_reason = Some(reason.to_owned());
        return Some(());
    }
    for part in rest.split("; ").filter(|part| !part.is_empty()) {
        let preset = part.strip_prefix("vendor ").unwrap_or(part);
        if let Some(preset) = preset.strip_prefix("preset: ") {
            status.preset = Some(preset.to_owned());
        } else if part.starts_with('/') && status.path.is_none() {
            status.path = Some(part.to_owned());
        } else if status.enabled.is_none() {
            status.enabled = Some(part.to_owned());
        } else {
            return None;
        }
    }
    Some(())
}

/// `active (running) since Sun 2026-11-29 00:45:25 UTC; 9min ago`, `failed (Result: exit-code) ..`.
fn active(status: &mut ServiceStatus, value: &str) -> Option<()> {
    let (states, since) = match value.split_once(" since ") {
        Some((states, since)) => (states, Some(since)),
        None => (value, None),
    };
    let (state, groups) = states.split_once(" (").unwrap_or((states, ""));
    status.active_state = Some(state.to_owned());
    for group in groups.split(" (").filter(|group| !group.is_empty()) {
        let group = group.strip_suffix(')')?;
        match group.strip_prefix("Result: ") {
            Some(result) => status.result = Some(result.to_owned()),
            None => status.sub_state = Some(group.to_owned()),
        }
    }
    let Some(since) = since else { return Some(()) };
    let (shown, ago) = since.split_once("; ").unwrap_or((since, ""));
    status.since = time::of_systemd(shown);
    status.since_shown = Some(shown.to_owned());
    status.since_seconds = ago.strip_suffix(" ago").and_then(units::span_seconds);
    Some(())
}

/// `117 (sshd)`, or `155 (code=exited, status=1/FAILURE)` of one that is gone.
fn main_pid(status: &mut ServiceStatus, value: &str) -> Option<()> {
    let (pid, name) = value.split_once(" (").unwrap_or((value, ")"));
    let name = name.strip_suffix(')')?;
    let pid = pid.parse().ok()?;
    if name.starts_with("code=") {
        detail(status, "Main PID", value);
    } else {
        status.main_pid = Some(pid);
        status.main_process = Some(name.to_owned()).filter(|name| !name.is_empty());
    }
    Some(())
}
