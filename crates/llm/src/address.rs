//! Where a model is asked: an address to which a text may go.
//!
//! Invariant: it is HTTPS, or HTTP within this computer or a private network; it holds no name or
//! password, no query and no fragment.

use std::{fmt, net::IpAddr};

use reqwest::Url;

/// The address below which a provider's routes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is refused, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadAddress(String);

impl Address {
    /// Reads an address such as `https://api.example.com/v1`.
    ///
    /// # Errors
    /// It is none, or nothing may be sent to it.
    pub fn read(text: &str) -> Result<Self, BadAddress> {
        let refuse = |why: &str| Err(BadAddress(why.to_owned()));
        let Ok(url) = Url::parse(text.trim()) else {
            return refuse("this is no address; one looks like https://api.example.com/v1");
        };
        let Some(host) = url.host_str() else {
            return refuse("the address names no host");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("the address must hold no name or password; the key has its own place");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("the address must end before any ? or #");
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_near(host) => Ok(Self(url)),
            "http" => refuse("http would send what a server printed in the clear; use https"),
            _ => refuse("the address must begin with https:// or, for a model nearby, http://"),
        }
    }

    /// The address of a route below it.
    pub(crate) fn route(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }

    /// Whether it is this computer's own.
    pub(crate) fn is_loopback(&self) -> bool {
        self.0.host_str().is_some_and(is_loopback)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn ip(host: &str) -> Option<IpAddr> {
    host.trim_matches(['[', ']']).parse().ok()
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || ip(host).is_some_and(|ip| ip.is_loopback())
}

/// This computer, a private network (RFC 1918, RFC 4193, link-local), or a name that only a private
/// network resolves.
fn is_near(host: &str) -> bool {
    const PRIVATE: [&str; 4] = [".local", ".internal", ".lan", ".home.arpa"];
    match ip(host) {
        Some(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Some(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        None => !host.contains('.') || PRIVATE.iter().any(|ending| host.ends_with(ending)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_go_only_where_it_is_safe_underway() {
        for text in [
            "https://api.openai.com/v1",
            "https://10.1.2.3:8443/",
            "http://127.0.0.1:11434",
            "http://[::1]:8080/v1",
            "http://localhost:11434",
            "http://192.168.7.2:11434",
            "http://gpu-box:8000/v1",
            "http://gpu.lan",
        ] {
            assert!(Address::read(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "api.openai.com",
            "file:///etc/passwd",
            "ftp://localhost",
            "http://api.openai.com/v1",
            "http://8.8.8.8",
            "https://me:secret@api.example.com",
            "https://api.example.com/?key=secret",
            "https://api.example.com/#x",
            "javascript:alert(1)",
        ] {
            assert!(Address::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn routes_are_below_it() {
        let address = Address::read("https://a.example/v1/").unwrap();
        assert_eq!(address.route("/models"), "https://a.example/v1/models");
        assert_eq!(address.to_string(), "https://a.example/v1");
    }
}
