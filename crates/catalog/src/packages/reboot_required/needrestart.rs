//! `needrestart -b -k`, see `needrestart(1)`: the running kernel against those in `/boot`, which
//! root alone may read everywhere.

use super::RebootState;
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, RebootState> = Variant {
    name: "needrestart",
    needs: Needs::programs(&["needrestart"]).as_root(),
    source: |_| Source::Command(Command::new("needrestart").words(&["-b", "-k"])),
    reads: &["needrestart -bk*|-kb*|-k*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<RebootState>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut status: Option<u8> = None;
    let mut is_batch = false;
    let parsed = raw.read_lines(RebootState::default(), |state, line| {
        let (key, value) = line.strip_prefix("NEEDRESTART-")?.split_once(':')?;
        let value = Some(value.trim()).filter(|value| !value.is_empty());
        is_batch = true;
        match key {
            "KCUR" => state.running_kernel = value.map(str::to_owned),
            "KEXP" => state.expected_kernel = value.map(str::to_owned),
            "KSTA" => status = Some(value?.parse().ok()?),
            // Its own version, the processor's microcode, services, sessions, containers.
            "VER" | "UCSTA" | "UCCUR" | "UCEXP" | "SVC" | "SESS" | "CONT" | "PID" => {}
            _ => return None,
        }
        Some(())
    });
    if !is_batch {
        let no_batch = || ParseError::shape("not the batch output of needrestart");
        return Err(raw.complaint().unwrap_or_else(no_batch));
    }
    let required = match status {
        Some(1) => Some(false),
        // An upgrade that keeps the kernel's interface, and one that does not.
        Some(2 | 3) => Some(true),
        Some(0) => None,
        _ => {
            let detail = "needrestart does not tell of the kernel here".to_owned();
            return Err(ParseError::Unavailable(detail));
        }
    };
    Ok(Parsed {
        value: RebootState {
            required,
            ..parsed.value
        },
        unread: parsed.unread,
    })
}
