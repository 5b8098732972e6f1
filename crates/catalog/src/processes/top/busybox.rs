//! `top` of busybox, which knows other options.

use super::{TopSamples, procps};
use crate::{Command, Needs, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, TopSamples> = Variant {
    name: "busybox",
    needs: Needs::programs(&["top"]),
    source: |_| Source::Command(Command::new("top").words(&["-b", "-n", "2", "-d", "1"])),
    reads: &[],
    parse: procps::parse,
};
