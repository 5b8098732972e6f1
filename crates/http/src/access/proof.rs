//! How a page tells that what answers at its address is still the program that it came from.
//!
//! Invariant: the key proves who the program is and opens nothing; each run has its own.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Stands before what is proved, so that a proof is good for nothing else.
const PURPOSE: &[u8] = b"headlessos proof\0";

/// The proof for a page's challenge; `None`: the challenge is none.
pub(super) fn prove(key: &SecretString, challenge: &str) -> Option<String> {
    if !(32..=128).contains(&challenge.len()) {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).ok()?;
    mac.update(PURPOSE);
    mac.update(challenge.as_bytes());
    let proof = mac.finalize().into_bytes();
    let hex = proof
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        });
    Some(hex)
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
}
