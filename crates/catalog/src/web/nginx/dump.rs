//! `nginx -T`: all files of the configuration, each below its name. It opens the log files and makes
//! those that are missing, as nginx does when it starts, so root alone is asked to run it.

use super::{NginxConfiguration, configuration::Reader};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

pub(super) const VARIANT: Variant<NoArgs, NginxConfiguration> = Variant {
    name: "dump",
    needs: Needs::programs(&["nginx"]).as_root(),
    source: |_| Source::Command(Command::new("nginx").word("-T")),
    reads: &["nginx"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NginxConfiguration>, ParseError> {
    if raw.exit_code != Some(0) {
        for said in [raw.error_text(), raw.text()] {
            let emergency = said.lines().take(20).find(|line| line.contains("[emerg]"));
            if let Some(line) = emergency.filter(|line| !line.contains("ermission denied")) {
                return Err(ParseError::Unavailable(line.trim().to_owned()));
            }
        }
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let printed = raw.text();
    let mut parsed = Parsed::whole(NginxConfiguration::default());
    let mut reader = Reader::default();
    for (index, line) in text::lines(&printed) {
        if reader.read(&mut parsed.value, index, line).is_none() {
            parsed.leave_unread(index, line);
        }
    }
    if let Some((index, line)) = text::cut_line(&printed) {
        parsed.leave_unread(index, line);
    }
    if parsed.value.files.is_empty() {
        let unknown = || ParseError::shape("no `# configuration file` as nginx -T prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}
