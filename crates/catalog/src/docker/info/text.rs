//! What `docker-info(1)` prints for people: lines of a name and a value, set in below what they
//! belong to. Docker before 19.03 has no `Client:` and `Server:` above them.

use super::DockerInfo;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    docker::values,
};

pub(super) const VARIANT: Variant<NoArgs, DockerInfo> = Variant {
    name: "text",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").word("info")),
    reads: &["docker info", "docker system info"],
    parse,
};

/// What has been seen of the lines so far.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Nothing,
    Client,
    /// How far the lines of the server are set in.
    Server(usize),
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerInfo>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut seen = Seen::Nothing;
    let mut parsed = raw.read_lines(DockerInfo::default(), |info, line| {
        let text = line.trim_start();
        let depth = line.len().saturating_sub(text.len());
        if let Some(warning) = text.strip_prefix("WARNING: ") {
            info.warnings.push(warning.trim_end().to_owned());
            return Some(());
        }
        let (key, value) = text.split_once(':').unwrap_or((text, ""));
        let (key, value) = (key.trim_end(), value.trim());
        match (seen, key) {
            (Seen::Nothing | Seen::Client, "Containers") => {
                seen = Seen::Server(depth);
                info.containers = value.parse().ok();
            }
            (Seen::Nothing, "Client" | "Server") => seen = Seen::Client,
            (Seen::Nothing, _) => return None,
            (Seen::Client, _) => {}
            (Seen::Server(own), _) => server(info, depth.checked_sub(own)?, key, value),
        }
        Some(())
    });
    // Docker prints its warnings on either stream.
    let errors = raw.error_text();
    let warnings = errors
        .lines()
        .filter_map(|line| line.strip_prefix("WARNING: "));
    parsed
        .value
        .warnings
        .extend(warnings.map(|line| line.trim_end().to_owned()));
    if parsed.value.containers.is_none() || parsed.value.server_version.is_none() {
        let shape = || ParseError::shape("there are no lines of Containers and Server Version");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

/// A line of the server, by how far it is set in; what is not asked for is passed over.
fn server(info: &mut DockerInfo, depth: usize, key: &str, value: &str) {
    let said = || values::said(value);
    match (depth, key) {
        (1, "Running") if info.images.is_none() => info.running = value.parse().ok(),
        (1, "Paused") if info.images.is_none() => info.paused = value.parse().ok(),
        (1, "Stopped") if info.images.is_none() => info.stopped = value.parse().ok(),
        (0, "Images") => info.images = value.parse().ok(),
        (0, "Server Version") => info.server_version = said(),
        (0, "Storage Driver") => info.storage_driver = said(),
        (0, "Docker Root Dir") => info.root_folder = said(),
        (0, "Logging Driver") => info.log_driver = said(),
        (0, "Cgroup Driver") => info.cgroup_driver = said(),
        (0, "Cgroup Version") => info.cgroup_version = value.parse().ok(),
        (0, "Default Runtime") => info.runtime = said(),
        (0, "Swarm") => info.swarm = said(),
        (0, "Live Restore Enabled") => info.has_live_restore = value.parse().ok(),
        (0, "Name") => info.host_name = said(),
        (0, "Operating System") => info.operating_system = said(),
        (0, "Kernel Version") => info.kernel = said(),
        (0, "Architecture") => info.architecture = said(),
        (0, "CPUs") => info.cpus = value.parse().ok(),
        (0, "Total Memory") => info.memory_bytes = values::size(value),
        _ => {}
    }
}
