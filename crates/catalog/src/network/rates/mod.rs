//! `network.rates`: what each interface has carried since it came up, and how fast now.

mod ip;
mod proc;
mod rate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Rate, Variant, arguments::NoArgs};

/// Few servers have a tenth of it. What is beyond is left unread, or left out of one document.
const MOST_INTERFACES: usize = 4096;

/// Traffic per network interface.
pub struct Rates;

/// The answer of `network.rates`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkRates {
    /// Every interface, `lo` included, in the kernel's order.
    pub interfaces: Vec<InterfaceRates>,
    /// Seconds since boot by the server's clock when the counters were read, by which rates are
    /// measured; `null`: the tool does not say.
    pub uptime_seconds: Option<f64>,
}

/// One interface's counters since it came up, and its rates between the last two samples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InterfaceRates {
    /// The interface, for example `eth0`.
    pub name: String,
    /// Bytes received.
    pub rx_bytes: u64,
    /// Bytes sent.
    pub tx_bytes: u64,
    /// Packets received.
    pub rx_packets: u64,
    /// Packets sent.
    pub tx_packets: u64,
    /// Packets that were received broken.
    pub rx_errors: u64,
    /// Packets that could not be sent.
    pub tx_errors: u64,
    /// `null`: there is only one sample yet, or the counter was reset in between.
    pub rx_bytes_per_second: Option<f64>,
    /// `null`: there is only one sample yet, or the counter was reset in between.
    pub tx_bytes_per_second: Option<f64>,
}

impl Query for Rates {
    const ID: &'static str = "network.rates";
    const TITLE: &'static str = "Traffic per network interface";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkRates;
    const VARIANTS: &'static [Variant<NoArgs, NetworkRates>] = &[proc::VARIANT, ip::VARIANT];
    const RATE: Option<Rate<NetworkRates>> = Some(rate::fill);
}
