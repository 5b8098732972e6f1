//! Connections that a test server makes for its clients (`direct-tcpip`), from this process.

use std::sync::Arc;

use bytes::BytesMut;
use russh::{Channel, ChannelMsg, ChannelOpenFailure, server::ChannelOpenHandle, server::Msg};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Seen, seen::Forwarded};

/// Connects, answers and carries until both sides are done or the channel is closed.
pub(super) async fn run(
    seen: Arc<Seen>,
    (host, port): (String, u16),
    channel: Channel<Msg>,
    reply: ChannelOpenHandle,
) {
    let Ok(far) = TcpStream::connect((host.as_str(), port)).await else {
        reply.reject(ChannelOpenFailure::ConnectFailed).await;
        return;
    };
    let _open = Forwarded::new(&seen);
    reply.accept().await;
    let (mut from_far, mut to_far) = far.into_split();
    let (mut from_client, to_client) = channel.split();
    let down = async {
        let mut piece = BytesMut::with_capacity(1 << 15);
        while let Ok(1..) = from_far.read_buf(&mut piece).await {
            if to_client.data_bytes(piece.split().freeze()).await.is_err() {
                return;
            }
        }
        // A failure means that the client is gone.
        let _ = to_client.eof().await;
    };
    tokio::pin!(down);
    let (mut sends, mut receives) = (true, true);
    while sends || receives {
        tokio::select! {
            () = &mut down, if receives => receives = false,
            message = from_client.wait() => match message {
                Some(ChannelMsg::Data { data }) => {
                    // Whoever does not take it any more may still send.
                    let _ = to_far.write_all(&data).await;
                }
                Some(ChannelMsg::Eof) => {
                    let _ = to_far.shutdown().await;
                    sends = false;
                }
                Some(ChannelMsg::Close) | None => break,
                Some(_) => {}
            },
        }
    }
    let _ = to_client.close().await;
}
