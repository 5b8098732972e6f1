//! `rc-update(8) show` of OpenRC: `name | runlevels`; with `--verbose` also services in none.

use super::{OpenrcStart, OpenrcStartList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, OpenrcStartList> = Variant {
    name: "show",
    needs: Needs::under(Init::Openrc, &["rc-update"]),
    source: |_| {
        let words = ["--nocolor", "--verbose", "show"];
        Source::Command(Command::new("rc-update").words(&words))
    },
    reads: &["rc-update"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<OpenrcStartList>, ParseError> {
    raw.expect_exit(&[0])?;
    let empty = OpenrcStartList {
        services: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        let (name, levels) = line.split_once(" |")?;
        let name = name.trim();
        if name.is_empty() || name.contains(' ') {
            return None;
        }
        let levels = levels.split_ascii_whitespace().map(str::to_owned);
        list.services.push(OpenrcStart {
            name: name.to_owned(),
            runlevels: levels.collect(),
        });
        Some(())
    });
    if parsed.value.services.is_empty() && !parsed.unread.is_empty() {
        let unknown = || ParseError::shape("no service and its runlevels");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}
