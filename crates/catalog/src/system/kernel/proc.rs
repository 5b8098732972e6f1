//! The kernel's own settings about itself, see `proc_sys_kernel(5)`; the machine came with Linux 6.1.

use super::KernelIdentity;
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/sys/kernel/ostype"),
    FixedPath::new("/proc/sys/kernel/hostname"),
    FixedPath::new("/proc/sys/kernel/osrelease"),
    FixedPath::new("/proc/sys/kernel/version"),
    FixedPath::new("/proc/sys/kernel/arch"),
];

pub(super) const VARIANT: Variant<NoArgs, KernelIdentity> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelIdentity>, ParseError> {
    let value = |path| {
        let text = raw.file(path)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let answer = KernelIdentity {
        name: value("/proc/sys/kernel/ostype"),
        hostname: value("/proc/sys/kernel/hostname"),
        release: value("/proc/sys/kernel/osrelease"),
        version: value("/proc/sys/kernel/version"),
        machine: value("/proc/sys/kernel/arch"),
        operating_system: None,
    };
    if answer == KernelIdentity::default() {
        let detail = "the kernel's files cannot be read";
        return Err(ParseError::Absent(detail.to_owned()));
    }
    Ok(Parsed::whole(answer))
}
