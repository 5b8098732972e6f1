//! The parameters every connection uses, as measured.

use std::{borrow::Cow, sync::Arc, time::Duration};

use russh::{Preferred, SshId, cipher, client::Config, compression, kex, keys::Algorithm, mac};

use crate::Algorithms;

/// A silent line is asked for a sign of life after this long ...
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(4);
/// ... and given up after so many went without an answer, one interval later: twelve seconds in all.
const KEEPALIVES: usize = 2;
/// What a server may send on one channel before we take it: large for links with a long way.
const WINDOW_BYTES: u32 = 16 << 20;
/// Messages, of 32 KiB at most, that wait for a channel's own task, which always drains at once.
const CHANNEL_MESSAGES: usize = 32;

/// The ciphers, where nothing else is said: the fastest of those that are safe first.
const CIPHERS: &[cipher::Name] = &[
    cipher::AES_128_GCM,
    cipher::AES_256_GCM,
    cipher::CHACHA20_POLY1305,
    cipher::AES_256_CTR,
    cipher::AES_128_CTR,
];

/// What the files know of the host decides what it is asked to show.
pub(crate) struct Shown<'a> {
    /// The types of the keys the host is known by, which come first, so that a host known by one key
    /// is not taken for unknown by another.
    pub(crate) known: &'a [Algorithm],
    /// Whether an authority may vouch for it, so that it is asked for a certificate.
    pub(crate) certified: bool,
}

/// russh's configuration.
///
/// # Errors
/// The keyword whose names are all unknown here.
pub(crate) fn config(
    shown: &Shown<'_>,
    wanted: &Algorithms,
) -> Result<Arc<Config>, (&'static str, Vec<String>)> {
    let mut keys: Vec<Algorithm> = Preferred::DEFAULT
        .key
        .iter()
        .filter(|algorithm| !matches!(algorithm, Algorithm::Rsa { hash: None }))
        .cloned()
        .collect();
    if !wanted.host_key.is_empty() {
        let place = |algorithm: &Algorithm| {
            let (plain, certified) = (algorithm.as_str(), algorithm.to_certificate_type());
            let is_it = |name: &String| name == plain || *name == certified;
            wanted.host_key.iter().position(is_it)
        };
        keys.retain(|algorithm| place(algorithm).is_some());
        keys.sort_by_key(place);
    }
    if keys.is_empty() {
        return Err(("HostKeyAlgorithms", wanted.host_key.clone()));
    }
    keys.sort_by_key(|algorithm| !shown.known.iter().any(|known| same_kind(known, algorithm)));
    let certificates = if shown.certified {
        keys.clone()
    } else {
        Vec::new()
    };
    let mut kex = chosen(
        "KexAlgorithms",
        &wanted.kex,
        Preferred::DEFAULT.kex.as_ref(),
    )?;
    for extension in [
        kex::EXTENSION_SUPPORT_AS_CLIENT,
        kex::EXTENSION_OPENSSH_STRICT_KEX_AS_CLIENT,
    ] {
        if !kex.contains(&extension) {
            kex.push(extension);
        }
    }
    Ok(Arc::new(Config {
        preferred: Preferred {
            kex: Cow::Owned(kex),
            key: Cow::Owned(keys),
            host_key_certificates: Cow::Owned(certificates),
            cipher: Cow::Owned(chosen("Ciphers", &wanted.ciphers, CIPHERS)?),
            mac: Cow::Owned(chosen(
                "MACs",
                &wanted.macs,
                Preferred::DEFAULT.mac.as_ref(),
            )?),
            compression: Cow::Borrowed(&[compression::NONE]),
        },
        ..base()
    }))
}

/// Those of the wanted names that are known here, in their order; where none is wanted, our own.
fn chosen<N>(
    keyword: &'static str,
    wanted: &[String],
    own: &[N],
) -> Result<Vec<N>, (&'static str, Vec<String>)>
where
    N: Clone + AsRef<str> + for<'a> TryFrom<&'a str>,
{
    if wanted.is_empty() {
        return Ok(own.to_vec());
    }
    // `none` and `clear` protect nothing.
    let is_nothing = |name: &&str| ["none", "clear"].contains(name);
    let names = wanted.iter().map(String::as_str);
    let known: Vec<N> = names
        .filter(|name| !is_nothing(name))
        .filter_map(|name| N::try_from(name).ok())
        .collect();
    if known.is_empty() {
        Err((keyword, wanted.to_vec()))
    } else {
        Ok(known)
    }
}

impl Algorithms {
    /// What is offered where nothing else is said.
    #[must_use]
    pub fn own() -> Self {
        let names = |names: &[kex::Name]| -> Vec<String> {
            let names = names.iter().map(AsRef::as_ref);
            let plain = names.filter(|name| !name.starts_with("ext-") && !name.contains("strict"));
            plain.map(str::to_owned).collect()
        };
        Self {
            kex: names(Preferred::DEFAULT.kex.as_ref()),
            ciphers: all(CIPHERS.iter()),
            macs: all(Preferred::DEFAULT.mac.iter()),
            host_key: Preferred::DEFAULT
                .key
                .iter()
                .map(ToString::to_string)
                .filter(|name| name != "ssh-rsa")
                .collect(),
        }
    }

    /// All that can be offered, the weak ones too.
    #[must_use]
    pub fn supported() -> Self {
        Self {
            kex: all(kex::ALL_KEX_ALGORITHMS.iter().copied()),
            ciphers: all(cipher::ALL_CIPHERS.iter().copied()),
            macs: all(mac::ALL_MAC_ALGORITHMS.iter().copied()),
            host_key: Self::own().host_key,
        }
    }
}

fn all<'n, N: AsRef<str> + 'n>(names: impl Iterator<Item = &'n N>) -> Vec<String> {
    let names = names.map(AsRef::as_ref);
    let real = names.filter(|name| !["none", "clear"].contains(name));
    real.map(str::to_owned).collect()
}

/// Whether an algorithm is no longer safe, by its name in SSH: SHA-1 in signatures, key exchange or
/// MAC, CBC, 3DES, groups of 1,024 bits.
pub(crate) fn is_weak(name: &str) -> bool {
    name.contains("sha1") || name.contains("-cbc") || name == "ssh-rsa" || name == "ssh-dss"
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

    fn with(known: &[Algorithm], wanted: &Algorithms) -> Preferred {
        let certified = true;
        let config = config(&Shown { known, certified }, wanted).unwrap();
        config.preferred.clone()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_known_type_comes_first_and_sha1_never() {
        let nothing = Algorithms::default();
        let keys = with(&[Algorithm::Rsa { hash: None }], &nothing).key;
        assert!(matches!(keys[0], Algorithm::Rsa { hash: Some(_) }));
        assert!(!keys.contains(&Algorithm::Rsa { hash: None }));
        assert_eq!(with(&[], &nothing).key[0], Algorithm::Ed25519);
        let wanted = Algorithms {
            host_key: names(&["ssh-rsa", "rsa-sha2-256"]),
            ..Algorithms::default()
        };
        let rsa = Algorithm::Rsa {
            hash: Some(russh::keys::HashAlg::Sha256),
        };
        assert_eq!(with(&[], &wanted).key.as_ref(), [rsa]);
    }

    #[test]
    fn what_is_wanted_is_offered_in_its_order_and_nothing_else() {
        let wanted = Algorithms {
            kex: names(&["sntrup761x25519-sha512", "curve25519-sha256"]),
            ciphers: names(&["none", "aes256-ctr", "aes128-gcm@openssh.com"]),
            ..Algorithms::default()
        };
        let offered = with(&[], &wanted);
        let kex: Vec<&str> = offered.kex.iter().map(AsRef::as_ref).collect();
        let strict = "kex-strict-c-v00@openssh.com";
        assert_eq!(kex, ["curve25519-sha256", "ext-info-c", strict]);
        let ciphers = [cipher::AES_256_CTR, cipher::AES_128_GCM];
        assert_eq!(offered.cipher.as_ref(), ciphers);
        let wanted = Algorithms {
            macs: names(&["hmac-md5"]),
            ..Algorithms::default()
        };
        let shown = Shown {
            known: &[],
            certified: false,
        };
        let refused = config(&shown, &wanted).unwrap_err();
        assert_eq!(refused, ("MACs", names(&["hmac-md5"])));
    }
}
