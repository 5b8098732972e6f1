//! An SSH agent for tests: keys, certificates and security keys in software, odd entries, and a
//! person who takes their time. Unix only.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use russh::keys::{Certificate, HashAlg, PrivateKey, signature::Signer as _, ssh_key};
use ssh_key::{Algorithm, EcdsaCurve, private::KeypairData};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
    sync::Semaphore,
};

type Sign = Box<dyn Fn(&[u8], u32) -> Option<Vec<u8>> + Send + Sync>;

/// Something an agent has.
pub struct Held {
    blob: Vec<u8>,
    comment: String,
    sign: Sign,
}

/// An agent that ends when it is dropped.
pub struct Agent {
    folder: tempfile::TempDir,
    signatures: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Held {
    /// A key.
    #[must_use]
    pub fn key(key: PrivateKey, comment: &str) -> Self {
        let blob = key.public_key().to_bytes().expect("a key can be encoded");
        Self::with(blob, comment, key)
    }

    /// A certificate and its key.
    #[must_use]
    pub fn certificate(certificate: &Certificate, key: PrivateKey, comment: &str) -> Self {
        let blob = certificate.to_bytes().expect("it can be encoded");
        Self::with(blob, comment, key)
    }

    /// An RSA key of an agent that knows nothing but SHA-1.
    #[must_use]
    pub fn by_sha1(key: PrivateKey) -> Self {
        let held = Self::key(key, "old");
        let sign = held.sign;
        Self {
            sign: Box::new(move |data, _| sign(data, 0)),
            ..held
        }
    }

    /// A key of a kind that nobody knows.
    #[must_use]
    pub fn of_unknown_kind() -> Self {
        let mut blob = string(b"ssh-quantum@example.org");
        blob.extend(string(b"what it is"));
        Self {
            blob,
            comment: "from the future".to_owned(),
            sign: Box::new(|_, _| None),
        }
    }

    /// Bytes that are no key at all.
    #[must_use]
    pub fn of_bytes(blob: &[u8]) -> Self {
        Self {
            blob: blob.to_vec(),
            comment: "\u{1b}[2Jodd".to_owned(),
            sign: Box::new(|_, _| None),
        }
    }

    /// A security key (`sk-ssh-ed25519@openssh.com`, or by ECDSA), which says with each signature
    /// whether it was touched.
    ///
    /// # Panics
    /// Where no key can be made.
    #[must_use]
    pub fn security_key(by_ecdsa: bool, touched: bool) -> Self {
        const APPLICATION: &[u8] = b"ssh:";
        let algorithm = if by_ecdsa {
            Algorithm::Ecdsa {
                curve: EcdsaCurve::NistP256,
            }
        } else {
            Algorithm::Ed25519
        };
        let key = crate::server::fresh_key_of(algorithm);
        let (name, public) = match key.key_data() {
            KeypairData::Ecdsa(pair) => {
                let mut public = string(b"nistp256");
                public.extend(string(pair.public_key_bytes()));
                ("sk-ecdsa-sha2-nistp256@openssh.com", public)
            }
            KeypairData::Ed25519(pair) => ("sk-ssh-ed25519@openssh.com", string(&pair.public.0)),
            _ => unreachable!("made above"),
        };
        let blob = [string(name.as_bytes()), public, string(APPLICATION)].concat();
        // OpenSSH's PROTOCOL.u2f: what is signed, and how it is written.
        let sign = move |data: &[u8], _| {
            let end = [&[u8::from(touched)], &7_u32.to_be_bytes()[..]].concat();
            let sha256 = |bytes: &[u8]| HashAlg::Sha256.digest(bytes);
            let message = [sha256(APPLICATION), end.clone(), sha256(data)].concat();
            let signature = key.key_data().try_sign(&message).ok()?;
            let parts = [string(name.as_bytes()), string(signature.as_bytes()), end];
            Some(parts.concat())
        };
        Self {
            blob,
            comment: "security key".to_owned(),
            sign: Box::new(sign),
        }
    }

    /// Its line for `authorized_keys`.
    ///
    /// # Panics
    /// Where it is no key.
    #[must_use]
    pub fn public_line(&self) -> String {
        let key = ssh_key::PublicKey::from_bytes(&self.blob).expect("a key");
        key.to_openssh().expect("it can be written")
    }

    fn with(blob: Vec<u8>, comment: &str, key: PrivateKey) -> Self {
        let sign = move |data: &[u8], flags: u32| {
            let signature = match (key.key_data(), flags) {
                (KeypairData::Rsa(pair), 2) => (pair, Some(HashAlg::Sha256)).try_sign(data),
                (KeypairData::Rsa(pair), 4) => (pair, Some(HashAlg::Sha512)).try_sign(data),
                (KeypairData::Rsa(pair), _) => (pair, None::<HashAlg>).try_sign(data),
                (pair, _) => pair.try_sign(data),
            };
            Vec::try_from(signature.ok()?).ok()
        };
        Self {
            blob,
            comment: comment.to_owned(),
            sign: Box::new(sign),
        }
    }
}

impl Agent {
    /// An agent that has these, in this order.
    #[must_use]
    pub fn start(held: Vec<Held>) -> Self {
        Self::asking(held, Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)))
    }

    /// One that signs only when the person says so: each permit is one yes.
    ///
    /// # Panics
    /// Where no socket can be made.
    #[must_use]
    pub fn asking(held: Vec<Held>, person: Arc<Semaphore>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join("agent")).expect("a socket");
        let signatures = Arc::new(AtomicUsize::new(0));
        let (held, count) = (Arc::new(held), Arc::clone(&signatures));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (held, count) = (Arc::clone(&held), Arc::clone(&count));
                tokio::spawn(serve(stream, held, Arc::clone(&person), count));
            }
        });
        Self {
            folder,
            signatures,
            task,
        }
    }

    /// Its socket.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        Path::new(self.folder.path()).join("agent")
    }

    /// Signatures that were asked for.
    #[must_use]
    pub fn signatures(&self) -> usize {
        self.signatures.load(Ordering::SeqCst)
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: UnixStream,
    held: Arc<Vec<Held>>,
    person: Arc<Semaphore>,
    signatures: Arc<AtomicUsize>,
) -> io::Result<()> {
    loop {
        let length = stream.read_u32().await?;
        let mut request = vec![0; length as usize];
        stream.read_exact(&mut request).await?;
        let answer = match request.split_first() {
            Some((11, _)) => {
                let mut answer = vec![12];
                answer.extend(u32::try_from(held.len()).unwrap_or(0).to_be_bytes());
                for held in held.iter() {
                    answer.extend(string(&held.blob));
                    answer.extend(string(held.comment.as_bytes()));
                }
                answer
            }
            Some((13, mut rest)) => {
                signatures.fetch_add(1, Ordering::SeqCst);
                if let Ok(yes) = person.acquire().await {
                    yes.forget();
                }
                let (blob, data) = (take(&mut rest), take(&mut rest));
                let flags = rest.try_into().map_or(0, u32::from_be_bytes);
                let key = held.iter().find(|held| held.blob == blob);
                match key.and_then(|key| (key.sign)(&data, flags)) {
                    Some(signature) => [vec![14], string(&signature)].concat(),
                    None => vec![5],
                }
            }
            _ => vec![5],
        };
        stream.write_all(&string(&answer)).await?;
    }
}

fn string(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(0).to_be_bytes();
    [&length, bytes].concat()
}

fn take(rest: &mut &[u8]) -> Vec<u8> {
    let Some((length, tail)) = rest.split_first_chunk::<4>() else {
        return Vec::new();
    };
    let length = (u32::from_be_bytes(*length) as usize).min(tail.len());
    let (head, tail) = tail.split_at(length);
    *rest = tail;
    head.to_vec()
}
