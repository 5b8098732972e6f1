//! `/proc/modules`, see `proc(5)`.

use super::{KernelModule, KernelModuleList, KernelModuleState, names};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

const MODULES: &str = "/proc/modules";
const FILES: &[FixedPath] = &[FixedPath::new(MODULES)];

pub(super) const VARIANT: Variant<NoArgs, KernelModuleList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelModuleList>, ParseError> {
    let content = raw.required_file(MODULES)?;
    let mut parsed = Parsed::whole(KernelModuleList::default());
    let cut = text::cut_line(&content);
    for (index, line) in text::lines(&content) {
        match module(line) {
            Some(module) => parsed.value.modules.push(module),
            None => parsed.leave_unread(index, line),
        }
    }
    if let Some((index, line)) = cut {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}

/// Reads `scsi_mod 286720 3 usb_storage,uas,sd_mod, Live 0xffffffffc00d5000 (E)`.
fn module(line: &str) -> Option<KernelModule> {
    let mut words = line.split_ascii_whitespace();
    let mut next = || words.next();
    let (name, size, uses) = (next()?, next()?, next()?);
    let (used_by, state, address) = (next()?, next()?, next()?);
    address.starts_with("0x").then_some(())?;
    let taints = match words.next() {
        Some(taints) => taints.strip_prefix('(')?.strip_suffix(')')?,
        None => "",
    };
    Some(KernelModule {
        name: name.to_owned(),
        size_bytes: size.parse().ok()?,
        uses: match uses {
            "-" => None,
            count => Some(count.parse().ok()?),
        },
        used_by: match used_by {
            "-" => Vec::new(),
            users => names(users),
        },
        state: Some(match state {
            "Live" => KernelModuleState::Live,
            "Loading" => KernelModuleState::Loading,
            "Unloading" => KernelModuleState::Unloading,
            _ => return None,
        }),
        taints: Some(taints.to_owned()),
    })
}
