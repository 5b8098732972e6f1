//! The table of `docker-compose ps` before Compose 2: headings in the middle of their columns, a
//! line of dashes, rows. A column ends where all lines have three spaces. On a narrow terminal cells
//! are broken over lines: a command is then shown up to there, and where a name or a state is broken
//! nothing is read of its row.

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
    let columns = columns(all);
    let mut group: Vec<(usize, &str)> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        group.push(row);
        let begins_row = |(_, next): &(usize, &str)| {
            let cells = columns.and_then(|columns| cells(next, columns));
            cells.is_none_or(|[name, _, status, _]| {
                !name.is_empty() && !values::state(status).is_empty()
            })
        };
        if rows.peek().is_none_or(begins_row) {
            match columns.and_then(|columns| service(&group, columns)) {
                Some(service) => parsed.value.services.push(service),
                None => group
                    .iter()
                    .for_each(|(index, line)| parsed.leave_unread(*index, line)),
            }
            group.clear();
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

/// Name, command, state and ports of a line.
fn cells(line: &str, begins: [usize; 4]) -> Option<[&str; 4]> {
    let [name, command, state, ports] = begins.map(|begin| {
        let at = line.char_indices().nth(begin);
        at.map_or(line.len(), |(byte, _)| byte)
    });
    let cell = |begin, end| line.get(begin..end).map(str::trim);
    Some([
        cell(name, command)?,
        cell(command, state)?,
        cell(state, ports)?,
        cell(ports, line.len())?,
    ])
}

/// The service of a line and those that go on with its cells.
fn service(lines: &[(usize, &str)], begins: [usize; 4]) -> Option<DockerComposeService> {
    let ((_, first), rest) = lines.split_first()?;
    let [name, command, status, ports] = cells(first, begins)?;
    let mut ports = ports.to_owned();
    let mut has_more = false;
    for (_, line) in rest {
        let [more_name, more_command, more_status, more_ports] = cells(line, begins)?;
        if !(more_name.is_empty() && more_status.is_empty()) {
            return None;
        }
        has_more |= !more_command.is_empty();
        // Spaces stand behind commas alone, and are gone where a line ends there.
        ports.extend((ports.ends_with(',') && !more_ports.is_empty()).then_some(' '));
        ports.push_str(more_ports);
    }
    let cut = if has_more { "…" } else { "" };
    let service = DockerComposeService {
        name: values::said(name)?,
        command: values::said(&format!("{command}{cut}")),
        ports: values::said(&ports),
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
        let stdout = b"  Name      Command   State    Ports\n\
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
