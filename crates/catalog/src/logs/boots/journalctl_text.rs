//! `journalctl(1) --list-boots` as lines; before systemd 252 there is no header, and a dash between
//! the moments. Under `TZ=UTC0` they are in UTC.

use super::{JournalBoot, JournalBootList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

const WORDS: &[&str] = &["TZ=UTC0", "journalctl", "--list-boots", "--no-pager"];

pub(super) const VARIANT: Variant<NoArgs, JournalBootList> = Variant {
    name: "journalctl_text",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["journalctl --list-boots"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalBootList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let empty = JournalBootList { boots: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if line.starts_with("IDX ") {
            return Some(());
        }
        list.boots.push(boot(line)?);
        Some(())
    });
    if parsed.value.boots.is_empty() {
        let unknown = || ParseError::shape("no start of a server");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// Reads `index id moment moment`, `index id moment—moment`.
fn boot(line: &str) -> Option<JournalBoot> {
    let mut rest = line.trim();
    let mut word = || {
        let (word, after) = rest.split_once(' ')?;
        rest = after.trim_start();
        Some(word)
    };
    let (index, boot_id) = (word()?.parse().ok()?, word()?);
    if boot_id.len() != 32 || !boot_id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let spaced = rest.replace('—', " ");
    let words: Vec<&str> = spaced.split_ascii_whitespace().collect();
    let (first, last) = words.split_at_checked(4)?;
    if last.len() != 4 {
        return None;
    }
    let (first, last) = (first.join(" "), last.join(" "));
    let is_moment = |shown: &str| {
        let (plain, _zone) = shown.rsplit_once(' ')?;
        time::of_systemd(&format!("{plain} UTC"))
    };
    is_moment(&first).and(is_moment(&last))?;
    Some(JournalBoot {
        index,
        boot_id: boot_id.to_owned(),
        first: time::of_systemd(&first),
        first_shown: Some(first),
        last: time::of_systemd(&last),
        last_shown: Some(last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_moments_must_be_whole() {
        let id = "3f96c85afc474f4fa316041ae4638360";
        let moments = "Sun 2026-11-29 00:45:25 UTC—Sun 2026-11-29 00:54:32 CET";
        let found = boot(&format!("-1 {id} {moments}")).unwrap();
        assert_eq!(found.index, -1);
        assert!(found.first.is_some() && found.last.is_none());
        assert_eq!(
            found.last_shown.as_deref(),
            Some("Sun 2026-11-29 00:54:32 CET")
        );
        assert_eq!(boot(&format!("0 {id} Sun 2026-11-29 00:45:25 UTC")), None);
        assert_eq!(boot(&format!("0 x {moments}")), None);
    }
}
