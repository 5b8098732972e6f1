//! What `podman-info(1)` prints for people: YAML, of which the keys, each set in by two spaces more
//! than what it belongs to, and plain values are read.

use super::DockerInfo;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    docker::values,
};

pub(super) const VARIANT: Variant<NoArgs, DockerInfo> = Variant {
    name: "podman_text",
    needs: Needs::programs(&["podman"]),
    source: |_| Source::Command(Command::new("podman").word("info")),
    reads: &["podman info", "podman system info"],
    parse,
};

/// Keys are as deep as this where they are asked for.
const DEEPEST: usize = 3;

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerInfo>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    // The keys above a line, from the outermost.
    let mut keys: Vec<String> = Vec::new();
    let mut system = (String::new(), String::new());
    let mut parsed = raw.read_lines(DockerInfo::default(), |info, line| {
        let text = line.trim_start();
        let depth = line.len().saturating_sub(text.len()) / 2;
        let key = text.split_once(':').filter(|(key, value)| {
            let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_key && !key.is_empty() && (value.is_empty() || value.starts_with(' '))
        });
        match key {
            Some((key, value)) if depth <= keys.len() => {
                keys.truncate(depth);
                keys.push(key.to_owned());
                if keys.len() <= DEEPEST {
                    let value = value.trim().trim_matches(['"', '\'']);
                    entry(info, &mut system, &keys.join("."), value);
                }
                Some(())
            }
            // Items of a list and lines of a longer text belong to the key above them.
            _ => (!keys.is_empty() && (depth > 0 || text.starts_with("- "))).then_some(()),
        }
    });
    let info = &mut parsed.value;
    info.operating_system = values::said(&format!("{} {}", system.0, system.1));
    if info.server_version.is_none() || info.containers.is_none() {
        let shape = || ParseError::shape("there are no keys containerStore and Version");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

/// A value by its path; what is not asked for is passed over.
fn entry(info: &mut DockerInfo, system: &mut (String, String), path: &str, value: &str) {
    let said = || values::said(value);
    let number = || value.parse().ok();
    match path {
        "version.Version" => info.server_version = said(),
        "store.containerStore.number" => info.containers = number(),
        "store.containerStore.running" => info.running = number(),
        "store.containerStore.paused" => info.paused = number(),
        "store.containerStore.stopped" => info.stopped = number(),
        "store.imageStore.number" => info.images = number(),
        "store.graphDriverName" => info.storage_driver = said(),
        "store.graphRoot" => info.root_folder = said(),
        "host.logDriver" => info.log_driver = said(),
        "host.cgroupManager" => info.cgroup_driver = said(),
        "host.cgroupVersion" => info.cgroup_version = value.trim_start_matches('v').parse().ok(),
        "host.ociRuntime.name" => info.runtime = said(),
        "host.hostname" => info.host_name = said(),
        "host.distribution.distribution" => value.clone_into(&mut system.0),
        "host.distribution.version" => value.clone_into(&mut system.1),
        "host.kernel" => info.kernel = said(),
        "host.arch" => info.architecture = said(),
        "host.cpus" => info.cpus = number(),
        "host.memTotal" => info.memory_bytes = number(),
        _ => {}
    }
}
