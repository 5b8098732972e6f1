//! `dnf(8)`, 4 and 5, and `yum(8)`, from the cache they have: `name.architecture : summary` below
//! headings in any language. As a user dnf would make a folder of its own, so it is asked as root
//! alone.

use super::{PackageMatch, PackageMatches, PackageSearch, told, understood};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    packages::{dnf, rpm::name_architecture},
};

pub(super) const VARIANT: Variant<PackageSearch, PackageMatches> = Variant {
    name: "dnf",
    needs: Needs::programs(&["dnf"]).as_root(),
    source: |args| {
        let command = Command::new("dnf").words(&["-C", "search"]);
        Source::Command(command.operand(&args.term))
    },
    reads: &["dnf|yum|dnf5|microdnf search|se"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PackageMatches>, ParseError> {
    let complaint = raw.error_text();
    // yum of old ends with 1 where nothing fits.
    if !(raw.exit_code == Some(1) && complaint.to_lowercase().contains("no matches found")) {
        raw.expect_exit(&[0])?;
    }
    let mut is_nothing = complaint.to_lowercase().contains("no matches found");
    let parsed = raw.read_lines(PackageMatches::default(), |list, line| {
        // Of dnf 5 a row begins with a space, and a tab stands for the colon.
        let halves = line
            .trim_start()
            .split_once(" : ")
            .or_else(|| line.trim_start().split_once('\t'));
        if let Some((head, summary)) = halves
            && let Some((name, architecture)) = name_architecture(head.trim())
        {
            list.packages.push(PackageMatch {
                architecture: Some(architecture.to_owned()),
                description: told(summary),
                ..PackageMatch::new(name)
            });
            return Some(());
        }
        is_nothing |= line.eq_ignore_ascii_case("no matches found.");
        let is_heading = (line.starts_with("===") && line.ends_with("==="))
            || line.starts_with("Matched fields: ");
        (is_heading || is_nothing || dnf::is_noise(line)).then_some(())
    });
    let missing = complaint.lines().find(|line| line.contains("no cache for"));
    if let Some(missing) = missing.filter(|_| parsed.value.packages.is_empty()) {
        return Err(ParseError::Unavailable(missing.to_owned()));
    }
    if parsed.value.packages.is_empty() && parsed.unread.is_empty() && !is_nothing {
        raw.expect_output()?;
        return Err(ParseError::shape("dnf found nothing and does not say so"));
    }
    understood(&raw, parsed)
}
