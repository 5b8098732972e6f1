//! The table of `docker-compose ps` before Compose 2: headings in the middle of their columns, a
//! line of dashes, rows. A column ends where all lines have three spaces. Where a cell had to be
//! broken over lines nothing is read of its row.

use super::{DockerComposeService, DockerComposeServiceList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    docker::values, text,
};

pub(super) const VARIANT: Variant<NoArgs, DockerComposeServiceList> = Variant {
    name: "v1",
    needs: Needs::programs(&["docker-compose"]),
    source: |_| Source::Command(Command::new("docker-compose").word("ps")),
    reads: &["docker-compose ps"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerComposeServiceList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let text = raw.text();
    let mut parsed = Parsed::whole(DockerComposeServiceList {
        services: Vec::new(),
    });
    let mut lines = text::lines(&text).peekable();
    let mut header = "";
    // What stands before the headings: warnings about variables.
    while let Some((index, line)) = lines.next() {
        let is_rule = |(_, next): &(usize, &str)| next.bytes().all(|byte| byte == b'-');
        let names: Vec<&str> = line.split_ascii_whitespace().collect();
        if names == ["Name", "Command", "State", "Ports"] && lines.next_if(is_rule).is_some() {
            header = line;
            break;
        }
        parsed.leave_unread(index, line);
    }
    if header.is_empty() {
        let shape = || ParseError::shape("there are no headings of Name, Command, State and Ports");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    let rows: Vec<(usize, &str)> = lines.collect();
    let all = rows.iter().map(|(_, line)| *line).chain([header]);
    match columns(all) {
        Some(begins) => {
            let mut rows = rows.into_iter().peekable();
            while let Some((index, line)) = rows.next() {
                let found = service(line, begins);
                // The next line is the rest of this one where it has no state of its own.
                let is_rest = |(_, next): &(usize, &str)| service(next, begins).is_none();
                match found.filter(|_| !rows.peek().is_some_and(is_rest)) {
                    Some(service) => parsed.value.services.push(service),
                    None => parsed.leave_unread(index, line),
                }
            }
        }
        None => {
            for (index, line) in rows {
                parsed.leave_unread(index, line);
            }
        }
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}

/// The characters at which the four columns begin; `None`: there are more or fewer.
fn columns<'a>(lines: impl Iterator<Item = &'a str>) -> Option<[usize; 4]> {
    let mut is_used: Vec<bool> = Vec::new();
    for line in lines {
        for (at, c) in line.trim_end().chars().enumerate() {
            if at >= is_used.len() {
                is_used.push(false);
            }
            if let Some(used) = is_used.get_mut(at) {
                *used |= c != ' ';
            }
        }
    }
    let mut begins = vec![0];
    let mut gap: usize = 0;
    for (at, used) in is_used.iter().enumerate() {
        if *used && gap >= 3 && at > gap {
            begins.push(at);
        }
        gap = if *used { 0 } else { gap.saturating_add(1) };
    }
    begins.try_into().ok()
}

fn service(line: &str, begins: [usize; 4]) -> Option<DockerComposeService> {
    let [name, command, state, ports] = begins.map(|begin| {
        let at = line.char_indices().nth(begin);
        at.map_or(line.len(), |(byte, _)| byte)
    });
    let cell = |begin, end| line.get(begin..end).map(str::trim);
    let status = cell(state, ports)?;
    let service = DockerComposeService {
        name: values::said(cell(name, command)?)?,
        command: values::said(cell(command, state)?),
        ports: values::said(cell(ports, line.len())?),
        ..DockerComposeService::default()
    };
    let service = service.with_status(status);
    (!service.state.is_empty()).then_some(service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_row_is_left_unread() {
        let stdout = b"   Name       Command   State   Ports\n\
            ------------------------------------\n\
            a_db_1      sleep 1   Up           \n\
            a_long_na   sleep 1   Up           \n\
            me_1                               \n\
            b_1         sleep 1   Exit 4       \n";
        let raw = RawOutput {
            stdout,
            exit_code: Some(0),
            ..RawOutput::default()
        };
        let parsed = parse(raw).unwrap();
        let names: Vec<_> = parsed
            .value
            .services
            .iter()
            .map(|service| service.name.as_str())
            .collect();
        assert_eq!(names, ["a_db_1", "b_1"]);
        assert_eq!(parsed.unread.len(), 2);
    }
}
