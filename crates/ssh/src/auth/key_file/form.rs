//! The forms in which private keys are written: OpenSSH, PEM (PKCS#1, SEC 1, PKCS#8) and PuTTY's PPK.
//!
//! Invariant: pure. What holds a secret here is wiped, except where the PPK reader of `ssh-key`
//! takes its own copy of a passphrase.

use russh::keys::{
    Error, PrivateKey, PublicKey, pkcs8,
    ssh_encoding::base64::{Base64, Encoding as _},
};
use zeroize::Zeroizing;

use super::pem::{self, Block};
use crate::error::one_line;

/// PuTTY writes 8 MiB; this much memory is not needed to unlock any key.
const PPK_MEMORY_KIB: u64 = 1 << 20;

/// A private key that is unlocked, or why there is none.
#[derive(Debug)]
pub(super) enum Undecoded {
    /// It is locked.
    NeedsPassphrase,
    /// The passphrase is wrong. A file that is damaged may show as this, too.
    WrongPassphrase,
    /// Why it is no key that can be used.
    NotAKey(String),
}

/// What a file tells without a passphrase.
#[derive(Debug)]
pub(super) enum Seen {
    /// A private key that is not locked.
    Open(Box<PrivateKey>),
    /// A private key that is locked, and the public key where it can be read.
    Locked(Option<Box<PublicKey>>),
    /// A public key only: what signs is elsewhere, in an agent or a security key.
    Public(Box<PublicKey>),
    /// Why it is no key that can be used.
    NotAKey(String),
}

/// Looks at a file.
pub(super) fn look(text: &str) -> Seen {
    if let Ok(key) = PublicKey::from_openssh(text.trim()) {
        return Seen::Public(Box::new(key));
    }
    if is_ppk(text) && is_locked_ppk(text) {
        return Seen::Locked(ppk_public(text).map(Box::new));
    }
    if let Ok(key) = PrivateKey::from_openssh(text.trim_start())
        && key.is_encrypted()
    {
        return Seen::Locked(Some(Box::new(key.public_key().clone())));
    }
    match decode(text, None) {
        Ok(key) if is_security_key(&key) => Seen::Public(Box::new(key.public_key().clone())),
        Ok(key) => Seen::Open(Box::new(key)),
        Err(Undecoded::NotAKey(reason)) => Seen::NotAKey(reason),
        Err(Undecoded::NeedsPassphrase | Undecoded::WrongPassphrase) => Seen::Locked(None),
    }
}

/// Whether the private key is in a security key, and the file only says which.
fn is_security_key(key: &PrivateKey) -> bool {
    let data = key.public_key().key_data();
    data.is_sk_ed25519() || data.is_sk_ecdsa_p256()
}

/// Decodes a key, which is slow on purpose where it is locked.
pub(super) fn decode(text: &str, passphrase: Option<&str>) -> Result<PrivateKey, Undecoded> {
    let key = if is_ppk(text) {
        ppk(text, passphrase)?
    } else if let Ok(key) = PrivateKey::from_openssh(text.trim_start()) {
        match (key.is_encrypted(), passphrase) {
            (true, None) => return Err(Undecoded::NeedsPassphrase),
            (true, Some(passphrase)) => {
                let open = key.decrypt(passphrase);
                open.map_err(|_| Undecoded::WrongPassphrase)?
            }
            (false, _) => key,
        }
    } else {
        of_pem(text, passphrase)?
    };
    if key.public_key().key_data().is_dsa() {
        return Err(Undecoded::NotAKey(DSA.to_owned()));
    }
    Ok(key)
}

const DSA: &str = "it is a DSA key, which is not safe any more and which servers no longer take";

fn of_pem(text: &str, passphrase: Option<&str>) -> Result<PrivateKey, Undecoded> {
    let not_a_key = |reason: &str| Undecoded::NotAKey(reason.to_owned());
    let block = pem::read(text).map_err(Undecoded::NotAKey)?;
    let Some(block) = block else {
        return Err(not_a_key("it is not a private key in a form that is known"));
    };
    // Every wrong passphrase shows as one of many errors.
    let unlocked = |key: Result<PrivateKey, Error>| match (key, passphrase) {
        (Ok(key), _) => Ok(key),
        (Err(_), Some(_)) if block.is_locked() => Err(Undecoded::WrongPassphrase),
        (Err(error), _) => Err(Undecoded::NotAKey(one_line(&error.to_string()))),
    };
    let der = || match passphrase {
        Some(passphrase) => block.unlock(passphrase).map_err(|error| match error {
            pem::Unlock::Wrong => Undecoded::WrongPassphrase,
            pem::Unlock::Unknown(cipher) => Undecoded::NotAKey(format!(
                "it is locked by {}, which is not known here",
                one_line(&cipher)
            )),
        }),
        None if block.is_locked() => Err(Undecoded::NeedsPassphrase),
        None => Ok(block.der.clone()),
    };
    match block.label.as_str() {
        "RSA PRIVATE KEY" => unlocked(pkcs8::decode_pkcs8(&pem::rsa_to_pkcs8(&*der()?), None)),
        "EC PRIVATE KEY" | "PRIVATE KEY" => unlocked(pkcs8::decode_pkcs8(&der()?, None)),
        "ENCRYPTED PRIVATE KEY" => {
            let passphrase = passphrase.ok_or(Undecoded::NeedsPassphrase)?;
            unlocked(pkcs8::decode_pkcs8(&block.der, Some(passphrase.as_bytes())))
        }
        "DSA PRIVATE KEY" => Err(not_a_key(DSA)),
        "OPENSSH PRIVATE KEY" => match PrivateKey::from_openssh(text.trim_start()) {
            Err(error) => Err(Undecoded::NotAKey(one_line(&error.to_string()))),
            Ok(_) => Err(not_a_key("it cannot be read")),
        },
        label => Err(Undecoded::NotAKey(format!(
            "it is a {}, not a private key in a form that is known",
            one_line(label)
        ))),
    }
}

fn is_ppk(text: &str) -> bool {
    text.trim_start().starts_with("PuTTY-User-Key-File-")
}

fn ppk(text: &str, passphrase: Option<&str>) -> Result<PrivateKey, Undecoded> {
    let memory = text
        .lines()
        .find_map(|line| line.strip_prefix("Argon2-Memory: "));
    if memory.is_some_and(|kib| {
        kib.trim()
            .parse()
            .is_ok_and(|kib: u64| kib > PPK_MEMORY_KIB)
    }) {
        let reason = "unlocking it would take more than 1 GiB of memory";
        return Err(Undecoded::NotAKey(reason.to_owned()));
    }
    let is_locked = is_locked_ppk(text);
    if is_locked && passphrase.is_none() {
        return Err(Undecoded::NeedsPassphrase);
    }
    PrivateKey::from_ppk(text.trim_start(), passphrase.map(str::to_owned)).map_err(|error| {
        if is_locked {
            Undecoded::WrongPassphrase
        } else {
            Undecoded::NotAKey(one_line(&error.to_string()))
        }
    })
}

fn is_locked_ppk(text: &str) -> bool {
    let encryption = text
        .lines()
        .find_map(|line| line.strip_prefix("Encryption: "));
    encryption.is_some_and(|cipher| cipher.trim() != "none")
}

/// The public key of a PPK file, which is never locked.
fn ppk_public(text: &str) -> Option<PublicKey> {
    let mut lines = text.trim_start().lines();
    let count = lines.find_map(|line| line.strip_prefix("Public-Lines: "))?;
    let count: usize = count.trim().parse().ok()?;
    let base64: String = lines.take(count).map(str::trim).collect();
    let blob = Base64::decode_vec(&base64).ok()?;
    russh::keys::key::parse_public_key(&blob).ok()
}

impl Block {
    fn is_locked(&self) -> bool {
        self.lock.is_some() || self.label == "ENCRYPTED PRIVATE KEY"
    }

    fn unlock(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, pem::Unlock> {
        match &self.lock {
            Some(lock) => lock.open(&self.der, passphrase.as_bytes()),
            None => Ok(self.der.clone()),
        }
    }
}
