//! `ip -statistics -json link`, see `ip-link(8)`; JSON came with iproute2 4.13.

use super::{LinkStatisticsList, counted};
use crate::{Command, Needs, Source, Variant, arguments::NoArgs, network::addresses::from_json};

pub(super) const VARIANT: Variant<NoArgs, LinkStatisticsList> = Variant {
    name: "ip",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").words(&["-s", "-j", "link"])),
    reads: &["ip l|li|lin|link"],
    parse: |raw| counted(from_json(raw)?),
};
