//! `lsmod(8)` of kmod and of busybox.

use super::{KernelModule, KernelModuleList, names};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, KernelModuleList> = Variant {
    name: "lsmod",
    needs: Needs::programs(&["lsmod"]),
    source: |_| Source::Command(Command::new("lsmod")),
    reads: &["lsmod"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelModuleList>, ParseError> {
    // A kernel without modules: kmod fails, busybox prints its header all the same.
    let said = raw.error_text();
    if let Some(line) = said.lines().find(|line| line.contains("/proc/modules")) {
        return Err(ParseError::Absent(line.trim().chars().take(400).collect()));
    }
    raw.expect_exit(&[0])?;
    let mut begun = false;
    let parsed = raw.read_lines(KernelModuleList::default(), |list, line| {
        if line.starts_with("Module ") && line.contains("Used by") {
            begun = true;
            return Some(());
        }
        list.modules.push(module(line)?);
        Some(())
    });
    // `lsmod | grep ext4` has no header.
    if !begun && parsed.value.modules.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("lsmod printed no modules")));
    }
    Ok(parsed)
}

/// Reads `scsi_mod              286720  3 usb_storage,uas,sd_mod`.
fn module(line: &str) -> Option<KernelModule> {
    let mut words = line.split_ascii_whitespace();
    let (name, size, uses) = (words.next()?, words.next()?, words.next()?);
    let used_by = words.next().map(names).unwrap_or_default();
    words.next().is_none().then_some(())?;
    Some(KernelModule {
        name: name.to_owned(),
        size_bytes: size.parse().ok()?,
        uses: Some(uses.parse().ok()?),
        used_by,
        state: None,
        taints: None,
    })
}
