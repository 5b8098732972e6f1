//! PEM as OpenSSL and older versions of ssh-keygen write private keys (RFC 1421 as far as OpenSSL has
//! it): the text form, and the lock that its `DEK-Info` line names.
//!
//! Invariant: pure; what is decoded is wiped when it is dropped.

use aes::{
    Aes128, Aes192, Aes256,
    cipher::{BlockModeDecrypt, KeyIvInit, block_padding::Pkcs7},
};
use cbc::Decryptor;
use des::TdesEde3;
use russh::keys::ssh_encoding::base64::{Base64, Encoding as _};
use zeroize::Zeroizing;

/// The first block of a PEM file that is no list of parameters.
pub(super) struct Block {
    /// What it is, for example `RSA PRIVATE KEY`.
    pub(super) label: String,
    /// Its bytes: DER, locked where there is a lock.
    pub(super) der: Zeroizing<Vec<u8>>,
    pub(super) lock: Option<Lock>,
}

/// What `DEK-Info` says.
pub(super) struct Lock {
    cipher: String,
    iv: Vec<u8>,
}

/// Why a block was not unlocked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unlock {
    /// The passphrase is wrong.
    Wrong,
    /// This cipher is not known here.
    Unknown(String),
}

/// `None`: there is no PEM. The error says what is wrong with it.
pub(super) fn read(text: &str) -> Result<Option<Block>, String> {
    let mut lines = text.lines().map(str::trim);
    loop {
        let begin = lines.find_map(|line| line.strip_prefix("-----BEGIN ")?.strip_suffix("-----"));
        let Some(label) = begin else {
            return Ok(None);
        };
        let end = format!("-----END {label}-----");
        let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
        let mut lock = None;
        loop {
            let line = lines.next().ok_or("it is not complete")?;
            if line == end {
                break;
            }
            match line.split_once(':') {
                Some(("DEK-Info", info)) => lock = Some(Lock::of(info.trim())?),
                Some(_) => {}
                None => base64.push_str(line),
            }
        }
        // `openssl ecparam -genkey` writes the curve before the key.
        if label.ends_with("PARAMETERS") {
            continue;
        }
        let der = Base64::decode_vec(&base64).map_err(|_| "it is not in base64")?;
        return Ok(Some(Block {
            label: label.to_owned(),
            der: Zeroizing::new(der),
            lock,
        }));
    }
}

impl Lock {
    fn of(info: &str) -> Result<Self, String> {
        let (cipher, iv) = info.split_once(',').ok_or("its DEK-Info is not known")?;
        let iv: Option<Vec<u8>> = iv
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        Ok(Self {
            cipher: cipher.to_owned(),
            iv: iv.ok_or("its DEK-Info is not known")?,
        })
    }

    /// Unlocks. Some wrong passphrases give bytes without meaning rather than an error.
    pub(super) fn open(
        &self,
        locked: &[u8],
        passphrase: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unlock> {
        match self.cipher.as_str() {
            "AES-128-CBC" => self.decrypt::<Decryptor<Aes128>>(16, locked, passphrase),
            "AES-192-CBC" => self.decrypt::<Decryptor<Aes192>>(24, locked, passphrase),
            "AES-256-CBC" => self.decrypt::<Decryptor<Aes256>>(32, locked, passphrase),
            "DES-EDE3-CBC" => self.decrypt::<Decryptor<TdesEde3>>(24, locked, passphrase),
            other => Err(Unlock::Unknown(other.to_owned())),
        }
    }

    fn decrypt<C: BlockModeDecrypt + KeyIvInit>(
        &self,
        key_bytes: usize,
        locked: &[u8],
        passphrase: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unlock> {
        let key = self.key(key_bytes, passphrase);
        let cipher = C::new_from_slices(&key, &self.iv).map_err(|_| Unlock::Wrong)?;
        let mut open = Zeroizing::new(locked.to_vec());
        let length = cipher
            .decrypt_padded::<Pkcs7>(&mut open)
            .map_err(|_| Unlock::Wrong)?
            .len();
        open.truncate(length);
        Ok(open)
    }

    /// OpenSSL's `EVP_BytesToKey` with MD5 and one round; the salt is the first half of the IV.
    fn key(&self, bytes: usize, passphrase: &[u8]) -> Zeroizing<Vec<u8>> {
        let salt = self.iv.get(..8).unwrap_or_default();
        let mut key = Zeroizing::new(Vec::with_capacity(48));
        let mut last = Zeroizing::new(Vec::new());
        while key.len() < bytes {
            let mut hash = md5::Context::new();
            hash.consume(last.as_slice());
            hash.consume(passphrase);
            hash.consume(salt);
            last = Zeroizing::new(hash.finalize().0.to_vec());
            key.extend_from_slice(&last);
        }
        key.truncate(bytes);
        key
    }
}

/// Puts an RSA key of PKCS#1 into the frame of PKCS#8 (RFC 5208), which is what can be read on.
pub(super) fn rsa_to_pkcs8(pkcs1: &[u8]) -> Zeroizing<Vec<u8>> {
    // INTEGER 0, and the algorithm: rsaEncryption, NULL.
    const HEAD: [u8; 18] = [
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1, 5, 0,
    ];
    let octets = tagged(4, &[pkcs1]);
    tagged(0x30, &[&HEAD, &octets])
}

/// A DER value: tag, length, content.
fn tagged(tag: u8, content: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let length: usize = content.iter().map(|part| part.len()).sum();
    let mut der = Zeroizing::new(Vec::with_capacity(length + 6));
    der.push(tag);
    match u8::try_from(length) {
        Ok(short) if short < 128 => der.push(short),
        _ => {
            let bytes = length.to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            let bytes = bytes.get(zeros..).unwrap_or_default();
            der.push(0x80 | u8::try_from(bytes.len()).unwrap_or_default());
            der.extend_from_slice(bytes);
        }
    }
    for part in content {
        der.extend_from_slice(part);
    }
    der
}
