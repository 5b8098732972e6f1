//! The server's network: interfaces, addresses, routes, sockets and names.

mod addresses;
mod common;
mod rates;

pub use addresses::{Addresses, InterfaceAddress, NetworkAddresses, NetworkInterface};
pub use common::{IpFamily, LinkCounters};
pub use rates::{InterfaceRates, NetworkRates, Rates};
