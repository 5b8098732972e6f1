//! The parameters every connection uses, as measured.

use std::{borrow::Cow, sync::Arc, time::Duration};

use russh::{Preferred, SshId, cipher, client::Config, compression, keys::Algorithm};

/// A silent line is asked for a sign of life after this long ...
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(4);
/// ... and given up after so many went without an answer, one interval later: twelve seconds in all.
const KEEPALIVES: usize = 2;
/// What a server may send on one channel before we take it: large for links with a long way.
const WINDOW_BYTES: u32 = 16 << 20;
/// Messages, of 32 KiB at most, that wait for a channel's own task, which always drains at once.
const CHANNEL_MESSAGES: usize = 32;

/// russh's configuration; `known` are the types of the keys the host is known by, which come first,
/// so that a host known by one key is not taken for unknown by another.
pub(crate) fn config(known: &[Algorithm]) -> Arc<Config> {
    let mut keys: Vec<Algorithm> = Preferred::DEFAULT
        .key
        .iter()
        .filter(|algorithm| !matches!(algorithm, Algorithm::Rsa { hash: None }))
        .cloned()
        .collect();
    keys.sort_by_key(|algorithm| !known.iter().any(|known| same_kind(known, algorithm)));
    Arc::new(Config {
        preferred: Preferred {
            key: Cow::Owned(keys),
            cipher: Cow::Borrowed(&[
                cipher::AES_128_GCM,
                cipher::AES_256_GCM,
                cipher::CHACHA20_POLY1305,
                cipher::AES_256_CTR,
                cipher::AES_128_CTR,
            ]),
            compression: Cow::Borrowed(&[compression::NONE]),
            ..Preferred::DEFAULT
        },
        ..base()
    })
}

/// What holds for every connection.
fn base() -> Config {
    Config {
        client_id: SshId::Standard(Cow::Borrowed(concat!(
            "SSH-2.0-HeadlessOS_",
            env!("CARGO_PKG_VERSION")
        ))),
        window_size: WINDOW_BYTES,
        maximum_packet_size: 32 << 10,
        channel_buffer_size: CHANNEL_MESSAGES,
        inactivity_timeout: None,
        keepalive_interval: Some(KEEPALIVE_INTERVAL),
        keepalive_max: KEEPALIVES,
        nodelay: true,
        ..Config::default()
    }
}

/// The same for a server in this process, to which nothing has to be hidden.
pub(crate) fn in_process() -> Arc<Config> {
    Arc::new(Config {
        preferred: Preferred {
            cipher: Cow::Borrowed(&[cipher::NONE, cipher::AES_256_GCM]),
            compression: Cow::Borrowed(&[compression::NONE]),
            ..Preferred::DEFAULT
        },
        ..base()
    })
}

/// RSA keys are one kind whatever the hash of the signature.
fn same_kind(a: &Algorithm, b: &Algorithm) -> bool {
    matches!((a, b), (Algorithm::Rsa { .. }, Algorithm::Rsa { .. })) || a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_type_comes_first_and_sha1_never() {
        let keys = config(&[Algorithm::Rsa { hash: None }])
            .preferred
            .key
            .to_vec();
        assert!(matches!(keys[0], Algorithm::Rsa { hash: Some(_) }));
        assert!(!keys.contains(&Algorithm::Rsa { hash: None }));
        assert_eq!(config(&[]).preferred.key[0], Algorithm::Ed25519);
    }
}
