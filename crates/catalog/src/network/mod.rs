//! What goes over the server's network interfaces.

mod rates;

pub use rates::{InterfaceRates, NetworkRates, Rates};
