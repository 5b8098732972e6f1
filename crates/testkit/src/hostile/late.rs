//! What goes wrong on a connection that stands: its channels, its commands, its keys.

use std::io;

use aws_lc_rs::signature::Ed25519KeyPair;

use super::{
    Case, Step,
    early::{DRIP, stop_at},
    kex, msg,
    wire::{Fields as _, Wire, take_string, take_u32},
};

/// The server's number of a channel.
const OURS: u32 = 7;
/// What every command prints: what the first look at a server wants to see.
const ANSWER: &[u8] = b"os=Linux\nuid=1000\ninit=systemd\n";
/// Bytes of output in one packet.
const PIECE_BYTES: usize = 16 * 1024;

/// Plays for as long as the client stays.
pub(super) async fn play(wire: &mut Wire, case: Case, key: &Ed25519KeyPair) -> io::Result<()> {
    match case {
        Case::OpenFlood(kind) => {
            wire.ignore_the_client();
            return wire.flood(&open(kind)).await;
        }
        Case::OpenFloodUnread => return wire.flood(&open("session")).await,
        Case::GlobalFlood(name) => {
            wire.ignore_the_client();
            return wire.flood(&global(name)).await;
        }
        Case::GlobalFloodUnread => return wire.flood(&global("keepalive@lie")).await,
        Case::IgnoreFlood => {
            wire.ignore_the_client();
            return wire.flood(&vec![msg::IGNORE].string([0; 1000])).await;
        }
        Case::DebugFlood => {
            wire.ignore_the_client();
            let words = vec![msg::DEBUG].raw([1]).string("so it goes\n").string("");
            return wire.flood(&words).await;
        }
        Case::ReplyFlood => {
            wire.ignore_the_client();
            return wire.flood(&[msg::REQUEST_SUCCESS]).await;
        }
        Case::CompressionBomb => {
            wire.ignore_the_client();
            return wire.flood(&bomb()).await;
        }
        Case::RekeyEndless => loop {
            wire.agree(key).await?;
        },
        Case::RekeyStalled => {
            wire.send(&kex::init("none")).await?;
            loop {
                wire.send(&vec![msg::IGNORE].string("")).await?;
                tokio::time::sleep(DRIP).await;
            }
        }
        Case::ChangedKey => {
            // As OpenSSH does after every login.
            let announced = vec![msg::GLOBAL_REQUEST]
                .string("hostkeys-00@openssh.com")
                .raw([0])
                .string(kex::blob(key));
            wire.send(&announced).await?;
            wire.agree(&kex::host_key()).await?;
        }
        _ => {}
    }
    loop {
        let wish = wire.until(msg::CHANNEL_OPEN).await?;
        command(wire, case, &wish).await?;
    }
}

fn open(kind: &str) -> Vec<u8> {
    let begun = vec![msg::CHANNEL_OPEN].string(kind).u32(1).u32(1 << 20);
    let packets = begun.u32(32 << 10);
    match kind {
        "x11" => packets.string("10.0.0.1").u32(1),
        "forwarded-tcpip" | "direct-tcpip" => {
            packets.string("10.0.0.1").u32(1).string("10.0.0.2").u32(2)
        }
        _ => packets,
    }
}

fn global(name: &str) -> Vec<u8> {
    let asked = vec![msg::GLOBAL_REQUEST].string(name).raw([1]);
    match name {
        "hostkeys-00@openssh.com" => asked.string(kex::blob(&kex::host_key())),
        _ => asked,
    }
}

/// A zlib stream of very many zeros, as OpenSSH sends one (RFC 1950, 1951).
fn bomb() -> Vec<u8> {
    /// The longest copy of one byte, each time: 258 bytes for 13 bits.
    const COPIES: usize = 60_000;
    // A block of fixed codes that is not the last; the byte 0; then copies from one byte before.
    let begin = "010".chars().chain("00110000".chars());
    let copy = "1100010100000";
    let bits = begin.chain(copy.chars().cycle().take(copy.len() * COPIES));
    let mut stream = vec![0x78, 0x9c];
    for (index, bit) in bits.enumerate() {
        if index % 8 == 0 {
            stream.push(0);
        }
        if let (Some(last), '1') = (stream.last_mut(), bit) {
            *last |= 1 << (index % 8);
        }
    }
    stream
}

/// The client's number in its wish for a channel.
pub(super) fn number_of(wish: &[u8]) -> u32 {
    let mut rest = wish.get(1..).unwrap_or_default();
    take_string(&mut rest);
    take_u32(&mut rest)
}

/// Yes to a wish for a channel, on which packets may have so many bytes.
pub(super) fn opened(theirs: u32, most_bytes: u32) -> Vec<u8> {
    vec![msg::CHANNEL_OPEN_CONFIRMATION]
        .u32(theirs)
        .u32(OURS)
        .u32(2 << 20)
        .u32(most_bytes)
}

/// One command on a channel of its own.
async fn command(wire: &mut Wire, case: Case, wish: &[u8]) -> io::Result<()> {
    let theirs = number_of(wish);
    stop_at(case, Step::ChannelOpen)?;
    let most_bytes = if case == Case::NoPackets { 0 } else { 32 << 10 };
    let yes = opened(theirs, most_bytes);
    match case {
        Case::OpenNever => return Ok(()),
        Case::ConfirmFlood => {
            wire.ignore_the_client();
            return wire.flood(&yes).await;
        }
        _ => wire.send(&yes).await?,
    }
    let about = |kind: u8| vec![kind].u32(theirs);
    wire.until(msg::CHANNEL_REQUEST).await?;
    wire.send(&about(msg::CHANNEL_SUCCESS)).await?;
    let marker = wire.marker().await?;
    stop_at(case, Step::MidExec)?;
    let data = |bytes: &[u8]| about(msg::CHANNEL_DATA).string(bytes);
    let errors = |kind: u32, bytes: &[u8]| {
        let begun = about(msg::CHANNEL_EXTENDED_DATA).u32(kind);
        begun.string(bytes)
    };
    if case == Case::Disconnects {
        let words = "too many \x1b[31mfriends\x07\r\nhere".repeat(100);
        let goodbye = vec![msg::DISCONNECT].u32(12).string(words).string("");
        wire.send(&goodbye).await?;
        return std::future::pending().await;
    }
    if case == Case::Noise {
        wire.ignore_the_client();
        return wire.flood(&data(&[b'n'; PIECE_BYTES])).await;
    }
    wire.push(&data(format!("\n{marker} 4242\n").as_bytes()))
        .await?;
    wire.send(&errors(1, format!("\n{marker}\n").as_bytes()))
        .await?;
    let exit = about(msg::CHANNEL_REQUEST)
        .string("exit-status")
        .raw([0])
        .u32(0);
    let flood = match case {
        Case::Stdout => data(&[b'o'; PIECE_BYTES]),
        Case::Stderr => errors(1, &[b'e'; PIECE_BYTES]),
        Case::ThirdStream => errors(7, &[b't'; PIECE_BYTES]),
        Case::WindowFlood => about(msg::CHANNEL_WINDOW_ADJUST).u32(u32::MAX),
        Case::RequestFlood => about(msg::CHANNEL_REQUEST)
            .string("lie@example.org")
            .raw([1]),
        Case::ExitFlood => exit,
        Case::NoEnd => return Ok(()),
        Case::HugeData => {
            let lying = about(msg::CHANNEL_DATA).u32(0xffff_fff0).raw("abc");
            return wire.send(&lying).await;
        }
        _ => {
            wire.push(&data(ANSWER)).await?;
            wire.push(&exit).await?;
            wire.push(&about(msg::CHANNEL_EOF)).await?;
            wire.push(&about(msg::CHANNEL_CLOSE)).await?;
            if case == Case::CloseTwice {
                wire.push(&about(msg::CHANNEL_CLOSE)).await?;
                wire.push(&data(b"late")).await?;
                wire.push(&about(msg::CHANNEL_EOF)).await?;
            }
            return wire.flush().await;
        }
    };
    wire.ignore_the_client();
    wire.flood(&flood).await
}

impl Wire {
    /// Reads the command's script up to its end, and gives the marker that it is to print.
    async fn marker(&mut self) -> io::Result<String> {
        let mut script = Vec::new();
        while !script.contains(&b'\n') {
            let data = self.until(msg::CHANNEL_DATA).await?;
            let mut rest = data.get(5..).unwrap_or_default();
            script.extend_from_slice(take_string(&mut rest));
        }
        let text = String::from_utf8_lossy(&script).into_owned();
        let from = text.find("headlessos-").unwrap_or(text.len());
        let word = text[from..].split_whitespace().next();
        Ok(word.unwrap_or_default().to_owned())
    }
}
