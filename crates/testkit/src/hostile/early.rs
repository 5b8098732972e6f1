//! What goes wrong before anybody logs in: the first lines and the agreement on keys.

use std::{io, time::Duration};

use aws_lc_rs::signature::Ed25519KeyPair;

use super::{
    Case, Step, kex, msg,
    wire::{Fields as _, Wire},
};

/// Between two bytes of a drip.
pub(super) const DRIP: Duration = Duration::from_millis(50);

/// Hangs up when it is time for that.
pub(super) fn stop_at(case: Case, step: Step) -> io::Result<()> {
    if case == Case::HangsUp(step) {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    Ok(())
}

/// Plays up to the agreed keys.
pub(super) async fn play(wire: &mut Wire, case: Case, key: &Ed25519KeyPair) -> io::Result<()> {
    stop_at(case, Step::Accept)?;
    match case {
        Case::BannerLines => loop {
            wire.raw(b"Welcome to a server that likes to talk.\r\n")
                .await?;
        },
        Case::BannerLine => loop {
            wire.raw(&[b'x'; 4096]).await?;
        },
        Case::BannerDrip => return wire.drip(&[kex::VERSION, &[b'-'; 200]].concat()).await,
        Case::HangsUp(Step::MidBanner) => {
            wire.raw(b"SSH-2.0-hos").await?;
            return stop_at(case, Step::MidBanner);
        }
        _ => wire.greet().await?,
    }
    stop_at(case, Step::Banner)?;
    let ours = kex::init("none");
    match case {
        Case::KexInitDrip => return wire.drip_packet(&ours).await,
        Case::HugePacket => {
            wire.raw(&[0xff; 64]).await?;
            std::future::pending().await
        }
        Case::HugeKexInit => {
            let lying = vec![msg::KEXINIT].raw([0; 16]).u32(0xffff_fff0);
            wire.send(&lying.raw([b'a'; 1000])).await?;
            std::future::pending().await
        }
        Case::KexInitFlood => wire.flood(&ours).await,
        Case::IgnoreInKex => wire.flood(&vec![msg::IGNORE].string([0; 100])).await,
        Case::BadGroup => bad_group(wire).await,
        Case::HugeHostKey => huge_host_key(wire, &ours).await,
        Case::UntrustedFlood => {
            wire.send(&ours).await?;
            wire.show_key(key, &ours).await?;
            wire.flood(&vec![msg::IGNORE].string([0; 100])).await
        }
        Case::CompressionForced => {
            let ours = kex::init("zlib,zlib@openssh.com");
            wire.send(&ours).await?;
            wire.go_on_agreeing(key, &ours).await
        }
        Case::CompressionOffered => {
            let ours = kex::init("zlib@openssh.com,zlib,none");
            wire.send(&ours).await?;
            wire.go_on_agreeing(key, &ours).await
        }
        Case::HangsUp(Step::MidKexInit) => {
            wire.raw(&[0, 0, 1, 0, 4, msg::KEXINIT, 1, 2, 3]).await?;
            stop_at(case, Step::MidKexInit)
        }
        Case::HangsUp(Step::KexInit) => {
            wire.send(&ours).await?;
            stop_at(case, Step::KexInit)
        }
        Case::HangsUp(Step::MidKexReply) => {
            wire.send(&ours).await?;
            wire.until(msg::KEX_ECDH_INIT).await?;
            wire.raw(&[0, 0, 1, 0, 4, msg::KEX_ECDH_REPLY, 0, 0])
                .await?;
            stop_at(case, Step::MidKexReply)
        }
        _ => wire.agree(key).await,
    }?;
    stop_at(case, Step::NewKeys)
}

/// Offers a group for Diffie-Hellman (RFC 4419) that is an even number.
async fn bad_group(wire: &mut Wire) -> io::Result<()> {
    let ours = kex::init("none");
    let usual = b"curve25519-sha256";
    let mut other = vec![msg::KEXINIT].raw([0x5a; 16]);
    other = other.string("diffie-hellman-group-exchange-sha256");
    let rest = ours.get(17 + 4 + usual.len()..).unwrap_or_default();
    wire.send(&other.raw(rest)).await?;
    wire.until(msg::KEX_DH_GEX_REQUEST).await?;
    let mut prime = vec![0; 1024];
    prime[0] = 0x40;
    let group = vec![msg::KEX_DH_GEX_GROUP].string(prime).string([2]);
    wire.send(&group).await?;
    std::future::pending().await
}

async fn huge_host_key(wire: &mut Wire, ours: &[u8]) -> io::Result<()> {
    wire.send(ours).await?;
    wire.until(msg::KEX_ECDH_INIT).await?;
    let blob = Vec::new().string("ssh-ed25519").string(vec![7; 200 << 10]);
    let signature = Vec::new().string("ssh-ed25519").string([7; 64]);
    let reply = vec![msg::KEX_ECDH_REPLY].string(blob).string([7; 32]);
    wire.send(&reply.string(signature)).await?;
    std::future::pending().await
}

impl Wire {
    /// Sends bytes one by one, over and over.
    async fn drip(&mut self, bytes: &[u8]) -> io::Result<()> {
        loop {
            for byte in bytes {
                self.raw(&[*byte]).await?;
                tokio::time::sleep(DRIP).await;
            }
        }
    }

    /// Sends a packet one by one, in the clear.
    async fn drip_packet(&mut self, payload: &[u8]) -> io::Result<()> {
        let length = u32::try_from(payload.len() + 8).expect("a packet");
        let head = Vec::new().u32(length).raw([7]);
        self.drip(&[head, payload.to_vec()].concat()).await
    }
}
