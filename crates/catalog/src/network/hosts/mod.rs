//! `network.hosts`: the names that the server knows by itself.

mod etc_hosts;
mod getent;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{IpFamily, common::family};
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Names of hosts that the server knows by itself.
pub struct Hosts;

/// The answer of `network.hosts`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkHostList {
    /// One for each line of the file, in its order.
    pub hosts: Vec<NetworkHost>,
}

/// An address and its names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkHost {
    /// The address.
    pub address: String,
    /// Its family.
    pub family: IpFamily,
    /// Its names, the one that counts first; never empty.
    pub names: Vec<String>,
}

/// Reads `address name [alias]..`.
fn host(line: &str) -> Option<NetworkHost> {
    let mut words = line.split_ascii_whitespace();
    let address = words.next()?;
    let names: Vec<_> = words.map(str::to_owned).collect();
    (!names.is_empty()).then_some(NetworkHost {
        address: address.to_owned(),
        family: family(address)?,
        names,
    })
}

impl Query for Hosts {
    const ID: &'static str = "network.hosts";
    const TITLE: &'static str = "Names of hosts that the server knows by itself";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkHostList;
    const VARIANTS: &'static [Variant<NoArgs, NetworkHostList>] =
        &[etc_hosts::VARIANT, getent::VARIANT];
}
