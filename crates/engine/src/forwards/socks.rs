//! The greeting of a SOCKS client: version 5 (RFC 1928) without a login, and 4 with 4a.
//!
//! Invariant: it takes a bounded number of bytes, and never one too many: what follows belongs to the
//! host that is connected to. Names are passed on as they are, for the server to look up.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The longest name or user id that is read.
const TEXT_BYTES: usize = 255;

/// Where a client wants to go, and in which words it is answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) host: String,
    pub(super) port: u16,
    version: Version,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Four,
    Five,
}

/// How a wish went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Granted,
    Failed,
    NotAllowed,
    NoServer,
    Unreachable,
    Refused,
}

/// Reads what a client wants; what cannot be granted is answered here.
///
/// # Errors
/// It is no SOCKS client, wants what there is not, or went away.
pub(super) async fn read_wish<S>(stream: &mut S) -> io::Result<Wish>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match stream.read_u8().await? {
        4 => four(stream).await,
        5 => five(stream).await,
        _ => Err(odd("what connected does not speak SOCKS")),
    }
}

impl Wish {
    /// Tells the client how it went.
    ///
    /// # Errors
    /// It went away.
    pub(super) async fn answer<S: AsyncWrite + Unpin>(
        &self,
        stream: &mut S,
        fate: Fate,
    ) -> io::Result<()> {
        match self.version {
            Version::Four => {
                let code = if fate == Fate::Granted { 90 } else { 91 };
                stream.write_all(&[0, code, 0, 0, 0, 0, 0, 0]).await?;
            }
            Version::Five => reply_five(stream, fate.code()).await?,
        }
        stream.flush().await
    }
}

impl Fate {
    fn code(self) -> u8 {
        match self {
            Self::Granted => 0,
            Self::Failed => 1,
            Self::NotAllowed => 2,
            Self::NoServer => 3,
            Self::Unreachable => 4,
            Self::Refused => 5,
        }
    }
}

const NO_SUCH_COMMAND: u8 = 7;
const NO_SUCH_ADDRESS: u8 = 8;

async fn five<S>(stream: &mut S) -> io::Result<Wish>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let count = usize::from(stream.read_u8().await?);
    let methods = bytes(stream, count).await?;
    if !methods.contains(&0) {
        stream.write_all(&[5, 0xff]).await?;
        return Err(odd(
            "the SOCKS client wants to log in, for which there is no need",
        ));
    }
    stream.write_all(&[5, 0]).await?;
    stream.flush().await?;
    if stream.read_u8().await? != 5 {
        return Err(odd("the SOCKS client changed its version"));
    }
    let command = stream.read_u8().await?;
    let _reserved = stream.read_u8().await?;
    let host = match stream.read_u8().await? {
        1 => Ipv4Addr::from(stream.read_u32().await?).to_string(),
        3 => {
            let length = usize::from(stream.read_u8().await?);
            text(bytes(stream, length).await?)?
        }
        4 => Ipv6Addr::from(stream.read_u128().await?).to_string(),
        _ => {
            reply_five(stream, NO_SUCH_ADDRESS).await?;
            return Err(odd("the SOCKS client gave an address of an unknown kind"));
        }
    };
    let port = stream.read_u16().await?;
    if command != 1 {
        reply_five(stream, NO_SUCH_COMMAND).await?;
        return Err(odd("the SOCKS client wants something else than to connect"));
    }
    Ok(Wish {
        host,
        port,
        version: Version::Five,
    })
}

async fn four<S>(stream: &mut S) -> io::Result<Wish>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let command = stream.read_u8().await?;
    let port = stream.read_u16().await?;
    let address = stream.read_u32().await?;
    let _user = until_nul(stream).await?;
    // 0.0.0.x stands for a name that follows (4a).
    let is_named = (1..256).contains(&address);
    let host = if is_named {
        text(until_nul(stream).await?)?
    } else {
        Ipv4Addr::from(address).to_string()
    };
    let wish = Wish {
        host,
        port,
        version: Version::Four,
    };
    if command != 1 {
        wish.answer(stream, Fate::Failed).await?;
        return Err(odd("the SOCKS client wants something else than to connect"));
    }
    Ok(wish)
}

async fn reply_five<S: AsyncWrite + Unpin>(stream: &mut S, code: u8) -> io::Result<()> {
    // The address it is connected from is nobody's business; clients do not look at it.
    stream.write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    stream.flush().await
}

async fn bytes<S: AsyncRead + Unpin>(stream: &mut S, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn until_nul<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        match stream.read_u8().await? {
            0 => return Ok(bytes),
            byte if bytes.len() < TEXT_BYTES => bytes.push(byte),
            _ => return Err(odd("the SOCKS client sent a text that is too long")),
        }
    }
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| odd("the SOCKS client sent a name that is no text"))
}

fn odd(words: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use tokio::io::duplex;

    use super::*;

    /// What is made of these bytes, what is left of them, and what was answered.
    fn greeted(sent: &[u8]) -> (Option<io::Result<Wish>>, Vec<u8>, Vec<u8>) {
        let (mut client, mut server) = duplex(1 << 16);
        client.write_all(sent).now_or_never().unwrap().unwrap();
        let wish = read_wish(&mut server).now_or_never();
        drop(client.shutdown().now_or_never());
        let mut left = Vec::new();
        let reading = server.read_to_end(&mut left).now_or_never();
        reading.unwrap().unwrap();
        drop(server);
        let mut answered = Vec::new();
        let reading = client.read_to_end(&mut answered).now_or_never();
        reading.unwrap().unwrap();
        (wish, left, answered)
    }

    fn wished(sent: &[u8]) -> (String, u16) {
        let (wish, left, _) = greeted(&[sent, b"GET /"].concat());
        assert_eq!(left, b"GET /", "what follows is not touched");
        let wish = wish.unwrap().unwrap();
        (wish.host, wish.port)
    }

    #[test]
    fn addresses_and_names_are_read_from_every_version() {
        let name = b"\x05\x01\x00\x05\x01\x00\x03\x05intra\x00\x50";
        assert_eq!(wished(name), ("intra".to_owned(), 80));
        let v4 = b"\x05\x02\x02\x00\x05\x01\x00\x01\x0a\x00\x00\x07\x1f\x90";
        assert_eq!(wished(v4), ("10.0.0.7".to_owned(), 8080));
        let v6 = [
            &b"\x05\x01\x00\x05\x01\x00\x04"[..],
            &Ipv6Addr::LOCALHOST.octets(),
            b"\x00\x16",
        ]
        .concat();
        assert_eq!(wished(&v6), ("::1".to_owned(), 22));
        let four = b"\x04\x01\x00\x50\x7f\x00\x00\x01me\x00";
        assert_eq!(wished(four), ("127.0.0.1".to_owned(), 80));
        let four_a = b"\x04\x01\x00\x50\x00\x00\x00\x01\x00intra.example\x00";
        assert_eq!(wished(four_a), ("intra.example".to_owned(), 80));
    }

    #[test]
    fn what_is_not_offered_is_refused_in_the_clients_words() {
        for (sent, answer) in [
            (&b"GET / HTTP/1.1\r\n\r\n"[..], &b""[..]),
            (b"\x05\x01\x02", b"\x05\xff"),
            (
                b"\x05\x01\x00\x05\x02\x00\x01\x0a\x00\x00\x07\x1f\x90",
                b"\x05\x00\x05\x07\x00\x01\x00\x00\x00\x00\x00\x00",
            ),
            (
                b"\x05\x01\x00\x05\x01\x00\x09",
                b"\x05\x00\x05\x08\x00\x01\x00\x00\x00\x00\x00\x00",
            ),
            (
                b"\x04\x02\x00\x50\x7f\x00\x00\x01\x00",
                b"\x00\x5b\x00\x00\x00\x00\x00\x00",
            ),
        ] {
            let (wish, _, answered) = greeted(sent);
            assert!(wish.unwrap().is_err(), "{sent:?}");
            assert_eq!(answered, answer, "{sent:?}");
        }
    }

    #[test]
    fn a_text_without_end_is_given_up() {
        let endless = [&b"\x04\x01\x00\x50\x7f\x00\x00\x01"[..], &[b'a'; 4000]].concat();
        assert!(greeted(&endless).0.unwrap().is_err());
        assert!(
            greeted(b"\x05\x01\x00\x05\x01").0.is_none(),
            "it waits for more"
        );
    }

    #[tokio::test]
    async fn the_answer_says_how_it_went() {
        let wish = |version| Wish {
            host: "a".to_owned(),
            port: 1,
            version,
        };
        let mut told = Vec::new();
        let five = wish(Version::Five);
        five.answer(&mut told, Fate::Refused).await.unwrap();
        assert_eq!(told, b"\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00");
        told.clear();
        let four = wish(Version::Four);
        four.answer(&mut told, Fate::Granted).await.unwrap();
        assert_eq!(told, b"\x00\x5a\x00\x00\x00\x00\x00\x00");
    }
}
