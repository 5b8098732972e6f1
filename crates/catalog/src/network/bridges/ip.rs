//! `ip -json link show type bridge` and `bridge -json link` of iproute2, one behind the other; people's
//! `bridge -j link` is read too.

use serde::Deserialize;

use super::{NetworkBridge, NetworkBridgeList, NetworkBridgePort, id, of_ports};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{is_silent, why_no_row},
};

const SCRIPT: &str = "ip -d -j link show type bridge && bridge -j link";

pub(super) const VARIANT: Variant<NoArgs, NetworkBridgeList> = Variant {
    name: "ip",
    needs: Needs::programs(&["ip", "bridge"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["bridge l|li|lin|link"],
    parse,
};

#[derive(Deserialize)]
struct Link {
    /// Versions before 5 print an empty object for each link that a filter left out.
    ifname: Option<String>,
    linkinfo: Option<Info>,
    master: Option<String>,
    state: Option<String>,
    cost: Option<u32>,
    priority: Option<u32>,
}

#[derive(Deserialize)]
struct Info {
    info_kind: Option<String>,
    info_data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    stp_state: Option<u32>,
    bridge_id: Option<String>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkBridgeList>, ParseError> {
    if raw.exit_code != Some(0) {
        return Err(why_no_row(&raw, "no bridges of ip"));
    }
    let text = raw.text();
    let mut list = NetworkBridgeList::default();
    let mut lists: usize = 0;
    for links in serde_json::Deserializer::from_str(&text).into_iter::<Vec<Link>>() {
        let links =
            links.map_err(|error| ParseError::shape(format!("not the JSON expected: {error}")))?;
        lists = lists.saturating_add(1);
        for link in links {
            take(&mut list, link);
        }
    }
    if lists == 0 && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no bridges of ip"));
    }
    if list.bridges.is_empty() {
        list.bridges = of_ports(&list.ports);
    }
    Ok(Parsed::whole(list))
}

fn take(list: &mut NetworkBridgeList, link: Link) {
    let Some(name) = link.ifname else { return };
    if let Some(info) = link
        .linkinfo
        .filter(|info| info.info_kind.as_deref() == Some("bridge"))
    {
        let data = info.info_data;
        list.bridges.push(NetworkBridge {
            name,
            id: data
                .as_ref()
                .and_then(|data| data.bridge_id.as_deref())
                .map(id),
            has_stp: data.and_then(|data| data.stp_state).map(|state| state != 0),
        });
    } else if let (Some(bridge), Some(state)) = (link.master, link.state) {
        list.ports.push(NetworkBridgePort {
            bridge,
            interface: name,
            state: Some(state),
            cost: link.cost,
            priority: link.priority,
        });
    }
}
