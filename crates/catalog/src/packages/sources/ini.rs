//! The files of `dnf.conf(5)`, `yum.conf(5)` and zypper: `[id]` and `key=value`.

use super::{PackageSource, PackageSources, of_file, without_secret};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    packages::fields::Block,
};

const SCRIPT: &str = r#"for folder in /etc/yum.repos.d /etc/zypp/repos.d /etc/distro.repos.d; do
  [ -d "$folder" ] && set -- "$@" "$folder"/*.repo
done
[ "$#" -gt 0 ] || exit 3
grep -sH '' "$@""#;

/// The exit code where there is no folder of repositories.
const NO_FOLDER: i32 = 3;

pub(super) const VARIANT: Variant<NoArgs, PackageSources> = Variant {
    name: "ini",
    needs: Needs::programs(&["rpm"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|grep|head|less|more|tail /etc/yum.repos.d*|/etc/zypp/repos.d*|/etc/dnf/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageSources>, ParseError> {
    if raw.exit_code == Some(NO_FOLDER) && raw.stdout.is_empty() {
        return Err(ParseError::Absent(
            "there is no folder of repositories".to_owned(),
        ));
    }
    let is_grep = matches!(raw.exit_code, Some(1 | 2));
    if !(is_grep && (raw.typed.is_empty() || !raw.stdout.is_empty())) {
        raw.expect_exit(&[0])?;
    }
    let mut block = Block::default();
    let mut file: Option<String> = None;
    let mut parsed = raw.read_lines(PackageSources::default(), |list, line| {
        let (path, line) = of_file(line, "/etc/");
        let path = path.filter(|path| path.ends_with(".repo"));
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            return Some(());
        }
        let id = trimmed
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(id) = id {
            list.sources
                .extend(source(&std::mem::take(&mut block), file.as_deref()));
            file = path.map(str::to_owned);
            block.push("[", id);
            return Some(());
        }
        // More places, each in a line.
        if line.starts_with([' ', '\t']) && block.len() > 1 {
            return block.append(trimmed);
        }
        let (key, value) = trimmed.split_once('=').filter(|_| block.len() > 0)?;
        block.push(key.trim(), value.trim());
        Some(())
    });
    parsed.value.sources.extend(source(&block, file.as_deref()));
    if parsed.value.sources.is_empty() && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no section of a repository");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

/// `None`: it is no repository (`[main]`).
fn source(block: &Block, file: Option<&str>) -> Option<PackageSource> {
    let id = block.get("[").filter(|id| *id != "main")?;
    let place = ["baseurl", "mirrorlist", "metalink"]
        .into_iter()
        .find_map(|key| block.get(key))?;
    let first = place
        .split([' ', ',', '\n', '\t'])
        .find(|place| !place.is_empty())?;
    let truth = |key: &str| match block.get(key)?.to_lowercase().as_str() {
        "1" | "yes" | "true" | "on" => Some(true),
        "0" | "no" | "false" | "off" => Some(false),
        _ => None,
    };
    Some(PackageSource {
        id: Some(id.to_owned()),
        name: block.get("name").map(str::to_owned),
        kind: "rpm".to_owned(),
        url: Some(without_secret(first)),
        enabled: truth("enabled").unwrap_or(true),
        checked: truth("gpgcheck"),
        priority: block
            .get("priority")
            .and_then(|priority| priority.parse().ok()),
        file: file.map(str::to_owned),
        ..PackageSource::default()
    })
}
