//! The server's network: interfaces, addresses, routes, sockets and names.

mod addresses;
mod bridges;
mod common;
mod dns;
mod ethernet;
mod hosts;
mod link_statistics;
mod lookup;
mod manager;
mod neighbours;
mod networkd;
mod ping;
mod pings;
mod rates;
mod reach;
mod routes;
mod sockets;
mod trace;
mod wireguard;

pub use addresses::{Addresses, InterfaceAddress, NetworkAddresses, NetworkInterface};
pub use bridges::{Bridges, NetworkBridge, NetworkBridgeList, NetworkBridgePort};
pub use common::{IpFamily, LinkCounters};
pub use dns::{Dns, DnsDomain, DnsServer, NetworkDns};
pub use ethernet::{Ethernet, EthernetLink, EthernetLinkList};
pub use hosts::{Hosts, NetworkHost, NetworkHostList};
pub use link_statistics::{LinkStatistics, LinkStatisticsList, LinkStatisticsRow};
pub use lookup::{Lookup, LookupQuestion, LookupRecord, LookupResult};
pub use manager::{ManagedConnection, ManagedDevice, Manager, NetworkManagerState};
pub use neighbours::{Neighbours, NetworkNeighbour, NetworkNeighbourList};
pub use networkd::{Networkd, NetworkdLink, NetworkdLinkList};
pub use ping::{Ping, PingReply, PingResult};
pub use pings::{PingOutcome, PingRecord, Pings};
pub use rates::{InterfaceRates, NetworkRates, Rates};
pub use reach::HostToReach;
pub use routes::{NetworkRoute, NetworkRouteList, Routes};
pub use sockets::{
    NetworkSocket, NetworkSocketList, SocketEnd, SocketProcess, SocketState, Sockets,
};
pub use trace::{Trace, TraceHop, TraceResult};
pub use wireguard::{Wireguard, WireguardInterface, WireguardPeer, WireguardState};
