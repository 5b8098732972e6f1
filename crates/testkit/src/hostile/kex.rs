//! The server's side of agreeing on keys: curve25519, an ed25519 host key, AES-128-GCM (RFC 4253,
//! 7 and 8; RFC 8731), the first time and again.

use std::io;

use aws_lc_rs::{
    agreement::{EphemeralPrivateKey, UnparsedPublicKey, X25519, agree_ephemeral},
    digest::{Context, SHA256},
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair as _},
};

use super::{
    msg,
    wire::{Fields as _, Wire, take_string},
};

/// What the server says it is.
pub(super) const VERSION: &[u8] = b"SSH-2.0-hostile";

/// What both sides know after the first agreement.
#[derive(Default)]
pub(super) struct Agreed {
    /// Of the first exchange; it stays.
    session_id: Vec<u8>,
    client_version: Vec<u8>,
}

/// One direction's key material.
pub(super) struct Key {
    pub(super) key: [u8; 16],
    pub(super) iv: [u8; 12],
}

/// The server's names for what it can, with this compression.
pub(super) fn init(compression: &str) -> Vec<u8> {
    let mut names = vec![msg::KEXINIT].raw([0x5a; 16]);
    for list in [
        "curve25519-sha256",
        "ssh-ed25519",
        "aes128-gcm@openssh.com",
        "aes128-gcm@openssh.com",
        "hmac-sha2-256",
        "hmac-sha2-256",
        compression,
        compression,
        "",
        "",
    ] {
        names = names.string(list);
    }
    names.raw([0; 5])
}

/// A fresh host key.
pub(super) fn host_key() -> Ed25519KeyPair {
    Ed25519KeyPair::generate().expect("randomness")
}

/// The key as it stands in a packet.
pub(super) fn blob(key: &Ed25519KeyPair) -> Vec<u8> {
    Vec::new().string("ssh-ed25519").string(key.public_key())
}

impl Wire {
    /// Exchanges the first lines.
    pub(super) async fn greet(&mut self) -> io::Result<()> {
        self.raw(&[VERSION, b"\r\n"].concat()).await?;
        self.agreed.client_version = self.line().await?;
        Ok(())
    }

    /// Agrees on keys, from the server's names on.
    pub(super) async fn agree(&mut self, key: &Ed25519KeyPair) -> io::Result<()> {
        let ours = init("none");
        self.send(&ours).await?;
        self.go_on_agreeing(key, &ours).await
    }

    /// The same, once our names were sent.
    pub(super) async fn go_on_agreeing(
        &mut self,
        key: &Ed25519KeyPair,
        ours: &[u8],
    ) -> io::Result<()> {
        let from_client = self.show_key(key, ours).await?;
        self.until(msg::NEWKEYS).await?;
        self.open_by(&from_client);
        Ok(())
    }

    /// The same until the host key has been shown; gives the key of what the client will send.
    pub(super) async fn show_key(&mut self, key: &Ed25519KeyPair, ours: &[u8]) -> io::Result<Key> {
        let theirs = self.until(msg::KEXINIT).await?;
        let begun = self.until(msg::KEX_ECDH_INIT).await?;
        let their_point = take_string(&mut begun.get(1..).unwrap_or_default()).to_vec();
        let private = EphemeralPrivateKey::generate(&X25519, &SystemRandom::new());
        let private = private.expect("randomness");
        let our_point = private.compute_public_key().expect("a point");
        let peer = UnparsedPublicKey::new(&X25519, &their_point);
        let secret = agree_ephemeral(private, peer, io::ErrorKind::InvalidData, |secret| {
            Ok(positive(secret))
        })?;
        let exchange = Vec::new()
            .string(&self.agreed.client_version)
            .string(VERSION)
            .string(&theirs)
            .string(ours)
            .string(blob(key))
            .string(&their_point)
            .string(our_point.as_ref())
            .raw(&secret);
        let hash = sha256(&[&exchange]);
        let signature = Vec::new()
            .string("ssh-ed25519")
            .string(key.sign(&hash).as_ref());
        let reply = vec![msg::KEX_ECDH_REPLY]
            .string(blob(key))
            .string(our_point.as_ref())
            .string(signature);
        self.push(&reply).await?;
        self.send(&[msg::NEWKEYS]).await?;
        if self.agreed.session_id.is_empty() {
            self.agreed.session_id.clone_from(&hash);
        }
        let derived = |letter: u8| {
            let id = &self.agreed.session_id;
            sha256(&[&secret, &hash, &[letter], id])
        };
        let key_of = |iv: u8, key: u8| Key {
            key: derived(key)[..16].try_into().expect("16 of 32 bytes"),
            iv: derived(iv)[..12].try_into().expect("12 of 32 bytes"),
        };
        let (from_client, to_client) = (key_of(b'A', b'C'), key_of(b'B', b'D'));
        self.seal_by(&to_client);
        Ok(from_client)
    }
}

/// A positive number (RFC 4251, 5: mpint), with its length.
fn positive(bytes: &[u8]) -> Vec<u8> {
    let from = bytes.iter().position(|byte| *byte != 0);
    let digits = &bytes[from.unwrap_or(bytes.len())..];
    let sign: &[u8] = match digits.first() {
        Some(first) if *first >= 0x80 => &[0],
        _ => &[],
    };
    Vec::new().string([sign, digits].concat())
}

fn sha256(pieces: &[&[u8]]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    for piece in pieces {
        context.update(piece);
    }
    context.finish().as_ref().to_vec()
}
