//! `sources.list(5)` in both its forms: lines of `deb`, also those that are commented out, and the
//! stanzas of deb822.

use super::{PackageSource, PackageSources, of_file, without_secret};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::fields::{Blanks, Block, split_deb822},
};

const SCRIPT: &str = r#"cd /etc/apt || exit 3
grep -sH '' /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources"#;

/// The exit code where there is no folder of apt.
const NO_APT: i32 = 3;

pub(super) const VARIANT: Variant<NoArgs, PackageSources> = Variant {
    name: "apt",
    needs: Needs::programs(&["apt-get"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|grep|head|less|more|tail /etc/apt/sources.list*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageSources>, ParseError> {
    if raw.exit_code == Some(NO_APT) && raw.stdout.is_empty() {
        return Err(ParseError::Absent("there is no /etc/apt".to_owned()));
    }
    // grep ends with 2 where one of the files is missing, with 1 where all are empty.
    let is_grep = matches!(raw.exit_code, Some(1 | 2));
    if !(is_grep && (raw.typed.is_empty() || !raw.stdout.is_empty())) {
        raw.expect_exit(&[0])?;
    }
    let mut block = Block::default();
    let mut file: Option<String> = None;
    let mut blanks = Blanks::of(&raw);
    let mut understood: usize = 0;
    let mut parsed = raw.read_lines(PackageSources::default(), |list, line| {
        let is_next = blanks.before_next();
        let (path, line) = of_file(line, "/etc/apt/");
        if path.is_some() && path != file.as_deref() {
            add_stanza(list, &std::mem::take(&mut block), file.as_deref());
            file = path.map(str::to_owned);
        }
        if line.trim().is_empty() || is_next {
            add_stanza(list, &std::mem::take(&mut block), file.as_deref());
        }
        if line.trim().is_empty() {
            return Some(());
        }
        if let Some(comment) = line.trim_start().strip_prefix('#') {
            understood = understood.saturating_add(1);
            list.sources
                .extend(one_line(comment.trim_start(), false, file.as_deref()));
            return Some(());
        }
        if line.starts_with([' ', '\t']) && block.len() > 0 {
            return block.append(line.trim());
        }
        if let Some(source) = one_line(line.trim(), true, file.as_deref()) {
            understood = understood.saturating_add(1);
            list.sources.push(source);
            return Some(());
        }
        let (key, value) = split_deb822(line).filter(|(key, _)| KEYS.contains(key))?;
        understood = understood.saturating_add(1);
        if block.get(key).is_some() {
            add_stanza(list, &std::mem::take(&mut block), file.as_deref());
        }
        block.push(key, value);
        Some(())
    });
    add_stanza(&mut parsed.value, &block, file.as_deref());
    if understood == 0 && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no source of apt");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

const KEYS: &[&str] = &[
    "Types",
    "URIs",
    "Suites",
    "Components",
    "Enabled",
    "Signed-By",
    "Architectures",
    "Languages",
    "Targets",
    "Trusted",
    "PDiffs",
    "By-Hash",
    "Check-Valid-Until",
    "Valid-Until-Min",
    "Valid-Until-Max",
    "Check-Date",
    "Date-Max-Future",
    "InRelease-Path",
    "Snapshot",
    "Allow-Insecure",
    "Allow-Weak",
    "Allow-Downgrade-To-Insecure",
    "X-Repolib-Name",
    "X-Repolib-ID",
    "X-Repolib-Default-Mirror",
    "Include",
    "Exclude",
    "Origin",
];

/// Reads `deb [option=value ...] uri suite component...`.
fn one_line(line: &str, enabled: bool, file: Option<&str>) -> Option<PackageSource> {
    let (kind, rest) = line.split_once([' ', '\t'])?;
    if !matches!(kind, "deb" | "deb-src") {
        return None;
    }
    let rest = rest.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("", rest),
    };
    // The name of a CD holds spaces.
    let (uri, rest) = match rest.trim_start().strip_prefix("cdrom:[") {
        Some(_) => {
            let (name, rest) = rest.trim_start().split_once("]/")?;
            (format!("{name}]/"), rest)
        }
        None => {
            let (uri, rest) = rest.trim_start().split_once([' ', '\t'])?;
            (uri.to_owned(), rest)
        }
    };
    if !uri.contains(':') {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let mut words = rest.split_ascii_whitespace();
    let suite = words.next()?;
    let is_trusted = options
        .split_ascii_whitespace()
        .any(|option| matches!(option, "trusted=yes" | "allow-insecure=yes"));
    Some(PackageSource {
        kind: kind.to_owned(),
        url: Some(without_secret(&uri)),
        suite: Some(suite.to_owned()),
        components: words.map(str::to_owned).collect(),
        enabled,
        checked: Some(!is_trusted),
        file: file.map(str::to_owned),
        ..PackageSource::default()
    })
}

/// A few lines of places and suites could be multiplied without end.
const MOST: usize = 10_000;

/// Adds what a stanza of deb822 names; nothing where it is not whole.
fn add_stanza(list: &mut PackageSources, block: &Block, file: Option<&str>) {
    let words = |key: &str| {
        let value = block.get(key).unwrap_or_default();
        value
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let is = |key: &str, yes: bool| {
        let said = if yes {
            ["yes", "true"]
        } else {
            ["no", "false"]
        };
        block
            .get(key)
            .is_some_and(|value| said.contains(&value.to_lowercase().as_str()))
    };
    let kinds = words("Types").into_iter();
    for kind in kinds.filter(|kind| matches!(kind.as_str(), "deb" | "deb-src")) {
        for uri in words("URIs") {
            for suite in words("Suites") {
                if list.sources.len() >= MOST {
                    return;
                }
                list.sources.push(PackageSource {
                    kind: kind.clone(),
                    url: Some(without_secret(&uri)),
                    suite: Some(suite),
                    components: words("Components"),
                    enabled: !is("Enabled", false),
                    checked: Some(!(is("Trusted", true) || is("Allow-Insecure", true))),
                    name: block.get("X-Repolib-Name").map(str::to_owned),
                    file: file.map(str::to_owned),
                    ..PackageSource::default()
                });
            }
        }
    }
}
