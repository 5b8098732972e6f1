//! The text of `ip -statistics link` of iproute2.

use super::{LinkStatisticsList, counted};
use crate::{Command, Needs, Source, Variant, arguments::NoArgs, network::addresses::from_text};

pub(super) const VARIANT: Variant<NoArgs, LinkStatisticsList> = Variant {
    name: "ip_text",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").words(&["-s", "link"])),
    reads: &["ip l|li|lin|link"],
    parse: |raw| counted(from_text(raw)?),
};
