//! `systemd-analyze(1)`: what `time`, `blame` and `critical-chain` print, one behind the other or
//! each for itself.

use super::{BootChainUnit, BootPhase, BootUnit, ServerBootTimes};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, units,
};

const SCRIPT: &str = "systemd-analyze time && systemd-analyze --no-pager blame && \
                      exec systemd-analyze --no-pager critical-chain";

pub(super) const VARIANT: Variant<NoArgs, ServerBootTimes> = Variant {
    name: "systemd_analyze",
    needs: Needs::under(Init::Systemd, &["systemd-analyze"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["systemd-analyze"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServerBootTimes>, ParseError> {
    let said = raw.error_text();
    if said.contains("Bootup is not yet finished") {
        return Err(ParseError::Unavailable(
            "the server is still starting".to_owned(),
        ));
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut found = false;
    let mut in_chain = false;
    let parsed = raw.read_lines(ServerBootTimes::default(), |times, line| {
        if line.starts_with("The time ") && line.contains(" is printed after the ") {
            in_chain = true;
            return Some(());
        }
        read(times, line, in_chain)?;
        found = true;
        Some(())
    });
    if !found {
        let unknown = || ParseError::shape("it tells no times of a start");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

fn read(times: &mut ServerBootTimes, line: &str, in_chain: bool) -> Option<()> {
    if let Some(phases) = line.strip_prefix("Startup finished in ") {
        return finished(times, phases);
    }
    if let Some((target, rest)) = line.split_once(" reached after ") {
        let (seconds, _) = rest.split_once(" in userspace")?;
        times.target = Some(target.to_owned());
        times.target_seconds = Some(units::span_seconds(seconds)?);
        return Some(());
    }
    if let Some((target, _)) = line.split_once(" was never reached") {
        times.target = Some(target.to_owned());
        return Some(());
    }
    if in_chain && let Some(unit) = chain_unit(line) {
        times.chain.push(unit);
        return Some(());
    }
    let (seconds, name) = line.trim().rsplit_once(' ')?;
    let seconds = units::span_seconds(seconds)?;
    if !is_unit(name) {
        return None;
    }
    times.units.push(BootUnit {
        name: name.to_owned(),
        seconds,
    });
    Some(())
}

/// `5.1s (firmware) + 2.3s (kernel) + 1.191s (userspace) = 8.6s`.
fn finished(times: &mut ServerBootTimes, text: &str) -> Option<()> {
    let (phases, total) = match text.split_once(" = ") {
        Some((phases, total)) => (phases, Some(units::span_seconds(total.trim())?)),
        None => (text, None),
    };
    let phase = |phase: &str| {
        let (seconds, name) = phase.trim().strip_suffix(')')?.split_once(" (")?;
        Some(BootPhase {
            name: name.to_owned(),
            seconds: units::span_seconds(seconds)?,
        })
    };
    times.phases = phases.split(" + ").map(phase).collect::<Option<_>>()?;
    times.total_seconds = total;
    Some(())
}

/// `  └─docker.service @413ms +260ms`; each unit is set in two further than the one that waits for
/// it.
fn chain_unit(line: &str) -> Option<BootChainUnit> {
    let is_tree = |c: char| matches!(c, ' ' | '│' | '├' | '└' | '─' | '|' | '`' | '-');
    // A name may begin with `-`, but then a dot follows.
    let name_at = match line.find("-.") {
        Some(at) if line.get(..at)?.chars().all(is_tree) => at,
        _ => line.find(|c| !is_tree(c))?,
    };
    let (before, rest) = line.split_at_checked(name_at)?;
    let mut words = rest.split(' ');
    let name = words.next().filter(|name| is_unit(name))?;
    let (mut at, mut took) = (None, None);
    // A length of time may be of several words.
    let rest = words.collect::<Vec<_>>().join(" ");
    if rest.is_empty() && before.is_empty() {
        return None;
    }
    let (at_text, took_text) = match rest.split_once('+') {
        Some((at, took)) => (at, Some(took)),
        None => (rest.as_str(), None),
    };
    if let Some(text) = at_text.trim().strip_prefix('@') {
        at = Some(units::span_seconds(text)?);
    } else if !at_text.trim().is_empty() {
        return None;
    }
    if let Some(text) = took_text {
        took = Some(units::span_seconds(text.trim())?);
    }
    let depth = u32::try_from(before.chars().count() / 2).ok()?;
    Some(BootChainUnit {
        name: name.to_owned(),
        depth,
        at_seconds: at,
        took_seconds: took,
    })
}

/// A name with a unit's suffix.
fn is_unit(name: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "service",
        "socket",
        "device",
        "mount",
        "automount",
        "swap",
        "target",
        "path",
        "timer",
        "slice",
        "scope",
    ];
    name.rsplit_once('.')
        .is_some_and(|(_, suffix)| SUFFIXES.contains(&suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_start_are_told_apart() {
        let mut times = ServerBootTimes::default();
        for line in [
            "Startup finished in 5.1s (firmware) + 1min 2.3s (kernel) + 1s (userspace) = 1min 8.4s ",
            "graphical.target reached after 1.178s in userspace.",
            "1min 3.5s a.service",
            "b.target @1min 2s",
            "└─c.service @413ms +260ms",
            "  └─-.mount @88ms",
        ] {
            read(&mut times, line, true).unwrap();
        }
        assert_eq!(times.phases.len(), 3);
        assert_eq!(times.total_seconds, Some(68.4));
        assert_eq!(times.units.first().unwrap().seconds, 63.5);
        let depths: Vec<_> = times.chain.iter().map(|unit| unit.depth).collect();
        assert_eq!(depths, [0, 1, 2]);
        assert_eq!(times.chain.last().unwrap().name, "-.mount");
        assert_eq!(read(&mut times, "hello a.service", false), None);
    }
}
