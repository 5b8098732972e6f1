//! The protocol of SSH agents (draft-ietf-sshm-ssh-agent), as much of it as a login needs.
//!
//! Invariant: an answer is bounded whatever length it claims. A key of a kind that is not known here
//! is passed over, and hides none of the others.

use std::io;

use russh::keys::agent::AgentSessionBinding;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;
const EXTENSION: u8 = 27;

/// One answer is never larger than this.
const ANSWER_BYTES: u32 = 1 << 20;
/// Keys that are looked at.
const KEYS: usize = 1000;

/// Something an agent listens at.
pub(super) type Stream = Box<dyn russh::keys::agent::client::AgentStream + Send + Unpin>;

/// A connection to an agent. After an error it is of no more use.
pub(super) struct Wire {
    stream: Stream,
}

/// An entry of an agent: a key or a certificate in SSH's encoding, and its comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) blob: Vec<u8>,
    pub(super) comment: String,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream }
    }

    /// All that the agent has, in its order.
    pub(super) async fn list(&mut self) -> io::Result<Vec<Entry>> {
        let answer = self.ask(&[REQUEST_IDENTITIES]).await?;
        entries(&answer).ok_or_else(garbled)
    }

    /// A signature in SSH's encoding: a string with its algorithm, a string with its bytes and, of a
    /// security key, flags and counter. `None`: the agent, or the person it asked, would not.
    pub(super) async fn sign(
        &mut self,
        blob: &[u8],
        data: &[u8],
        flags: u32,
    ) -> io::Result<Option<Vec<u8>>> {
        let mut request = vec![SIGN_REQUEST];
        put(&mut request, blob);
        put(&mut request, data);
        request.extend(flags.to_be_bytes());
        let answer = self.ask(&request).await?;
        match answer.split_first() {
            Some((&SIGN_RESPONSE, mut rest)) => {
                let signature = string(&mut rest).ok_or_else(garbled)?;
                Ok(Some(signature.to_vec()))
            }
            Some((&FAILURE, _)) => Ok(None),
            _ => Err(garbled()),
        }
    }

    /// Tells the agent which server the signatures are for, so that it can use keys that are for
    /// certain servers only (`ssh-add -h`). Many agents do not know this, which is no error.
    pub(super) async fn bind(&mut self, binding: &AgentSessionBinding) -> io::Result<()> {
        let mut request = vec![EXTENSION];
        put(&mut request, b"session-bind@openssh.com");
        put(&mut request, binding.host_key());
        put(&mut request, binding.session_id());
        put(&mut request, binding.signature());
        request.push(0);
        self.ask(&request).await.map(drop)
    }

    async fn ask(&mut self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut framed = Vec::with_capacity(request.len() + 4);
        put(&mut framed, request);
        self.stream.write_all(&framed).await?;
        self.stream.flush().await?;
        let length = self.stream.read_u32().await?;
        if length > ANSWER_BYTES {
            return Err(io::Error::other("its answer is too long"));
        }
        let mut answer = Vec::new();
        let mut body = (&mut self.stream).take(length.into());
        body.read_to_end(&mut answer).await?;
        if answer.len() < length as usize {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(answer)
    }
}

/// `None`: it is no list of keys.
fn entries(answer: &[u8]) -> Option<Vec<Entry>> {
    let (&IDENTITIES_ANSWER, mut rest) = answer.split_first()? else {
        return None;
    };
    let count = number(&mut rest)? as usize;
    (0..count.min(KEYS))
        .map(|_| {
            let blob = string(&mut rest)?.to_vec();
            let comment = String::from_utf8_lossy(string(&mut rest)?).into_owned();
            Some(Entry { blob, comment })
        })
        .collect()
}

/// The algorithm a signature names; `None`: it is no signature.
pub(super) fn algorithm(signature: &[u8]) -> Option<&str> {
    let mut rest = signature;
    std::str::from_utf8(string(&mut rest)?).ok()
}

/// Appends a string: its length in four bytes, then itself.
pub(in crate::auth) fn put(to: &mut Vec<u8>, bytes: &[u8]) {
    // What is sent here is far below 4 GiB.
    to.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    to.extend(bytes);
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (head, tail) = rest.split_first_chunk::<4>()?;
    *rest = tail;
    Some(u32::from_be_bytes(*head))
}

fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)? as usize;
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(head)
}

fn garbled() -> io::Error {
    io::Error::other("its answer is not understood")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Answers each request with these bytes.
    fn answering(bytes: Vec<u8>) -> Wire {
        let (near, mut far) = tokio::io::duplex(1 << 16);
        tokio::spawn(async move {
            let length = far.read_u32().await?;
            let mut request = vec![0; length as usize];
            far.read_exact(&mut request).await?;
            far.write_all(&bytes).await
        });
        Wire::new(Box::new(near))
    }

    #[tokio::test]
    async fn an_answer_that_claims_too_much_or_ends_early_is_an_error() {
        for answer in [
            u32::MAX.to_be_bytes().to_vec(),
            vec![0, 0, 0, 9, IDENTITIES_ANSWER, 0],
            vec![0, 0, 0, 0],
            vec![0, 0, 0, 1, FAILURE],
            vec![0, 0, 0, 5, IDENTITIES_ANSWER, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert!(
                answering(answer.clone()).list().await.is_err(),
                "{answer:?}"
            );
        }
        let none = vec![0, 0, 0, 5, IDENTITIES_ANSWER, 0, 0, 0, 0];
        assert_eq!(answering(none).list().await.unwrap(), []);
        let no = vec![0, 0, 0, 1, FAILURE];
        assert_eq!(answering(no).sign(b"", b"", 0).await.unwrap(), None);
    }

    #[test]
    fn no_more_than_a_thousand_keys_are_looked_at() {
        let mut answer = vec![IDENTITIES_ANSWER];
        answer.extend(2000_u32.to_be_bytes());
        for _ in 0..2000 {
            put(&mut answer, b"key");
            put(&mut answer, b"comment");
        }
        assert_eq!(entries(&answer).unwrap().len(), KEYS);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = entries(&bytes);
            let _ = algorithm(&bytes);
        }
    }
}
