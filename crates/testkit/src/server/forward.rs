//! Connections that a test server makes for its clients (`direct-tcpip`), from this process.

use std::sync::Arc;

use russh::{Channel, ChannelOpenFailure, server::ChannelOpenHandle, server::Msg};
use tokio::{io::copy_bidirectional, net::TcpStream};

use super::{Seen, seen::Forwarded};

/// Connects, answers and carries until both sides are done or the channel is closed.
pub(super) async fn run(
    seen: Arc<Seen>,
    (host, port): (String, u16),
    channel: Channel<Msg>,
    reply: ChannelOpenHandle,
) {
    let mut far = match TcpStream::connect((host.as_str(), port)).await {
        Ok(far) => far,
        Err(_) => {
            reply.reject(ChannelOpenFailure::ConnectFailed).await;
            return;
        }
    };
    let _open = Forwarded::new(&seen);
    reply.accept().await;
    let mut near = channel.into_stream();
    // Either side may go away at any time.
    let _ = copy_bidirectional(&mut near, &mut far).await;
}
