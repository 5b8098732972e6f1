//! What `docker version`, `docker --version` and their kin of podman and compose print for people.

use super::{DockerComponent, DockerProgram, DockerVersions};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    docker::values,
};

pub(super) const VARIANT: Variant<NoArgs, DockerVersions> = Variant {
    name: "text",
    needs: Needs::programs(&["docker"]),
    source: |_| Source::Command(Command::new("docker").word("version")),
    reads: &[
        "docker|podman version",
        "docker|podman --version|-v",
        "docker compose version",
        "docker-compose|podman-compose version|--version|-v",
    ],
    parse,
};

/// Which part a line with a key belongs to.
enum Part {
    None,
    Client,
    Server,
    Component(String),
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerVersions>, ParseError> {
    let mut part = Part::None;
    let parsed = raw.read_lines(DockerVersions::default(), |versions, line| {
        read(versions, &mut part, line)
    });
    // Where the daemon does not answer the client is told all the same, and it ends with 1.
    let versions = &parsed.value;
    if versions.client.is_none() && versions.server.is_none() && versions.components.is_empty() {
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        let shape = || ParseError::shape("it tells no version");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

fn read(versions: &mut DockerVersions, part: &mut Part, line: &str) -> Option<()> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    if let Some(found) = one_line(versions, &words) {
        return Some(found);
    }
    let (key, value) = line.split_once(':')?;
    let depth = key.chars().take_while(|c| *c == ' ').count();
    let (key, value) = (key.trim(), value.trim());
    match (depth, key) {
        (0, "Client") => *part = Part::Client,
        (0, "Server") => *part = Part::Server,
        (1, "Engine") if value.is_empty() => *part = Part::Server,
        (1, name) if value.is_empty() && matches!(part, Part::Server | Part::Component(_)) => {
            *part = Part::Component(name.to_owned());
        }
        // docker-compose before 2: `docker-py version: 5.0.3`.
        (0, _) if key.ends_with(" version") && matches!(part, Part::None) => {
            let name = key.trim_end_matches(" version").to_owned();
            push(versions, name, value);
        }
        _ => match part {
            Part::None => return None,
            Part::Client => program(versions.client.get_or_insert_default(), key, value),
            Part::Server => program(versions.server.get_or_insert_default(), key, value),
            Part::Component(name) => {
                if key == "Version" {
                    push(versions, name.clone(), value);
                }
            }
        },
    }
    Some(())
}

/// `Docker version 26.1.5+dfsg1, build a72d7cd`, `podman version 5.4.2`, `docker-compose version
/// 1.29.2, build unknown`, `Docker Compose version v2.26.1`.
fn one_line(versions: &mut DockerVersions, words: &[&str]) -> Option<()> {
    let plain = |word: &&str| word.trim_end_matches(',').to_owned();
    match words {
        ["Docker", "version", version, rest @ ..] => {
            let commit = match rest {
                ["build", commit] => values::said(commit),
                _ => None,
            };
            versions.client = Some(DockerProgram {
                version: plain(version),
                git_commit: commit,
                ..DockerProgram::default()
            });
        }
        ["podman", "version", version] => {
            versions.client = Some(DockerProgram {
                version: plain(version),
                ..DockerProgram::default()
            });
        }
        ["Docker", "Compose", "version", version] | ["docker-compose", "version", version, ..] => {
            let version = plain(version);
            push(
                versions,
                "docker-compose".to_owned(),
                version.trim_start_matches('v'),
            );
        }
        ["podman-compose", "version", version] | ["podman-compose", "version:", version] => {
            push(versions, "podman-compose".to_owned(), &plain(version));
        }
        _ => return None,
    }
    Some(())
}

fn push(versions: &mut DockerVersions, name: String, version: &str) {
    versions
        .components
        .extend(values::said(version).map(|version| DockerComponent { name, version }));
}

/// A line of a program's own; what is not asked for is passed over.
fn program(program: &mut DockerProgram, key: &str, value: &str) {
    match key {
        "Version" => value.clone_into(&mut program.version),
        "API version" | "API Version" => {
            let (api, least) = value.split_once(" (").unwrap_or((value, ""));
            program.api_version = values::said(api);
            let least = least.strip_prefix("minimum version ");
            let least = least.and_then(|least| least.strip_suffix(')'));
            program.least_api_version = least.and_then(values::said);
        }
        "Go version" | "Go Version" => program.go_version = values::said(value),
        "Git commit" | "Git Commit" => program.git_commit = values::said(value),
        "OS/Arch" => program.platform = values::said(value),
        _ => {}
    }
}
