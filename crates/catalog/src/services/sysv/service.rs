//! `service(8) --status-all` of Debian: ` [ + ]  name`, with `-` where it does not run. Those whose
//! script cannot tell, `?`, come on standard error.

use super::{SysvService, SysvServiceList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

pub(super) const VARIANT: Variant<NoArgs, SysvServiceList> = Variant {
    name: "service",
    needs: Needs::programs(&["service"]),
    source: |_| Source::Command(Command::new("service").word("--status-all")),
    reads: &["service --status-all"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SysvServiceList>, ParseError> {
    let empty = SysvServiceList {
        services: Vec::new(),
    };
    let mut parsed = raw.read_lines(empty, |list, line| {
        list.services.push(service(line)?);
        Some(())
    });
    let services = &mut parsed.value.services;
    let said = raw.error_text();
    services.extend(text::lines(&said).filter_map(|(_, line)| service(line)));
    services.sort_by(|a, b| a.name.cmp(&b.name));
    if services.is_empty() {
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        let unknown = || ParseError::shape("no service and its mark");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// Reads ` [ + ]  name`.
fn service(line: &str) -> Option<SysvService> {
    let (mark, name) = line.trim().strip_prefix("[ ")?.split_once(" ]")?;
    let is_running = match mark {
        "+" => Some(true),
        "-" => Some(false),
        "?" => None,
        _ => return None,
    };
    let name = name.trim();
    (!name.is_empty() && !name.contains(' ')).then(|| SysvService {
        name: name.to_owned(),
        is_running,
    })
}
