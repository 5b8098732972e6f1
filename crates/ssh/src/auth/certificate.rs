//! OpenSSH user certificates: finding them beside keys, and saying why a server may not take one.

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use chrono::DateTime;
use russh::keys::Certificate;

use super::key_file;
use crate::error::one_line;

/// Reads a certificate; `None`: there is no such file. The error says why it is of no use.
pub(super) async fn read(path: &Path) -> Result<Option<Certificate>, String> {
    let Some(text) = key_file::read(path.to_owned()).await? else {
        return Ok(None);
    };
    let certificate = Certificate::from_openssh(text.trim());
    let certificate = certificate.map_err(|error| {
        let error = one_line(&error.to_string());
        format!("it is not a certificate ({error})")
    })?;
    if certificate.cert_type().is_host() {
        return Err("it is a certificate for a host, not for a user".to_owned());
    }
    Ok(Some(certificate))
}

/// `<key>-cert.pub`, the name that `ssh-keygen -s` gives the certificate of a key.
pub(super) fn beside(key: &Path) -> PathBuf {
    let mut beside = key.as_os_str().to_owned();
    beside.push("-cert.pub");
    beside.into()
}

/// Why a server may have refused it, as far as it tells itself; `None`: nothing is wrong with it.
pub(super) fn fault(certificate: &Certificate, user: &str, now: SystemTime) -> Option<String> {
    let now = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| now.as_secs());
    let (after, before) = (certificate.valid_after(), certificate.valid_before());
    if now < after {
        return Some(format!("it is not valid before {}", date(after)));
    }
    if now >= before {
        return Some(format!(
            "it has expired: it was valid until {}",
            date(before)
        ));
    }
    let names = certificate.valid_principals();
    if names.is_empty() {
        return Some("it names no user that it is for".to_owned());
    }
    if !names.iter().any(|name| name == user) {
        let names: Vec<String> = names.iter().take(5).map(|name| one_line(name)).collect();
        return Some(format!("it is for {}, not for {user}", names.join(", ")));
    }
    let from = certificate.critical_options().get("source-address")?;
    Some(format!("it is valid only from {}", one_line(from)))
}

/// `2026-03-01 12:00 UTC`.
fn date(seconds: u64) -> String {
    let time = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map_or_else(
        || "the end of time".to_owned(),
        |time| time.format("%Y-%m-%d %H:%M UTC").to_string(),
    )
}
