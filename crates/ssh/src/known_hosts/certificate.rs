//! What is wrong with a host certificate (`ssh-keygen(1)`, CERTIFICATES; PROTOCOL.certkeys).

use russh::keys::{Algorithm, Certificate, HashAlg, ssh_key::certificate::CertType};

use super::entry::matches;
use crate::error::one_line;

/// What is wrong with a certificate that an authority of the host has signed, in words; `None`:
/// nothing. `host` is in lower case, `now` in seconds since 1970.
pub(super) fn fault(shown: &Certificate, host: &str, now: u64) -> Option<String> {
    if shown.cert_type() != CertType::Host {
        return Some("it is a user's certificate, not a host's".to_owned());
    }
    let authority = shown.signature_key().fingerprint(HashAlg::Sha256);
    if now < shown.valid_after() {
        return Some("it is not valid yet".to_owned());
    }
    if now >= shown.valid_before() {
        return Some("it has expired".to_owned());
    }
    if shown.signature().algorithm() == (Algorithm::Rsa { hash: None }) {
        return Some("it is signed with SHA-1".to_owned());
    }
    if shown.validate_at(now, [&authority]).is_err() {
        return Some("its signature is wrong".to_owned());
    }
    if let Some((name, _)) = shown.critical_options().iter().next() {
        return Some(format!(
            "it demands {:?}, which is not known",
            one_line(name)
        ));
    }
    let names = shown.valid_principals();
    let is_for = |name: &String| matches(name.to_ascii_lowercase().as_bytes(), host.as_bytes());
    if names.is_empty() || names.iter().any(is_for) {
        return None;
    }
    let names = names.iter().take(8).map(|name| one_line(name));
    Some(format!(
        "it is for {}",
        names.collect::<Vec<_>>().join(", ")
    ))
}
