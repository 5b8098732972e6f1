//! How a page tells that what answers at its address is still the program that it came from.
//!
//! Invariant: the key proves who the program is and opens nothing. Each port has its own, so that nobody on
//! another port of the same program's can be asked for a proof that is good here.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Stands before what is proved, so that a proof is good for nothing else.
const PURPOSE: &[u8] = b"headlessos proof\0";

/// Stands before a port, of whose key it then is the purpose.
const OF_PORT: &[u8] = b"headlessos proofs of port\0";

/// The key of one port, made of what the program keeps over its runs and tells nobody.
pub(super) fn key_of(kept: &SecretString, port: u16) -> Option<SecretString> {
    mac(kept, OF_PORT, &port.to_string()).map(SecretString::from)
}

/// The proof for a page's challenge; `None`: the challenge is none.
pub(super) fn prove(key: &SecretString, challenge: &str) -> Option<String> {
    let is_one = (32..=128).contains(&challenge.len());
    is_one.then(|| mac(key, PURPOSE, challenge))?
}

fn mac(key: &SecretString, purpose: &[u8], of: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).ok()?;
    mac.update(purpose);
    mac.update(of.as_bytes());
    let hex = |mut text: String, byte: &u8| {
        let _infallible = write!(text, "{byte:02x}");
        text
    };
    let code = mac.finalize().into_bytes();
    Some(code.iter().fold(String::with_capacity(64), hex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_of_one_key_and_one_challenge() {
        let keys = ["a", "b"].map(SecretString::from);
        let challenges = ["0".repeat(64), "1".repeat(64)];
        let proofs: std::collections::HashSet<_> = keys
            .iter()
            .flat_map(|key| challenges.each_ref().map(|challenge| prove(key, challenge)))
            .collect();
        assert_eq!(proofs.len(), 4);
        assert!(proofs.iter().all(Option::is_some));
        assert!(prove(&keys[0], "").is_none());
        assert!(prove(&keys[0], &"0".repeat(129)).is_none());
    }

    #[test]
    fn a_port_has_the_same_key_in_every_run_and_another_than_all_others() {
        let of = |kept: &str, port| {
            let key = key_of(&SecretString::from(kept), port).unwrap();
            key.expose_secret().to_owned()
        };
        assert_eq!(of("kept", 3000), of("kept", 3000));
        let others = [of("kept", 3001), of("another", 3000), "kept".to_owned()];
        assert!(!others.contains(&of("kept", 3000)));
    }
}
