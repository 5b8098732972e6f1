//! What goes on in a session ends with it: requests under way, answers that come bit by bit, sockets.
//!
//! Invariant: nothing that a session began tells or takes anything once it is locked or ended.

use std::{future::Future, io, time::Duration};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::ws::{CloseFrame, Message, WebSocket},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt, stream};
use tokio::sync::mpsc;

use crate::{access::Pass, error::ApiError};

/// What a socket is closed with when its session is locked or ended.
const OVER: u16 = 4401;
/// How long a socket may take to say why it is closed; then it is cut.
const FAREWELL: Duration = Duration::from_secs(1);

/// Answers a request for as long as the session lasts.
pub(crate) async fn run(mut pass: Pass, answering: impl Future<Output = Response>) -> Response {
    let response = tokio::select! {
        // The request that ends its own session is answered.
        biased;
        response = answering => response,
        () = pass.over() => {
            return ApiError::over().into_response();
        }
    };
    let is_whole = response.body().size_hint().exact().is_some();
    if is_whole || response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return response;
    }
    response.map(|body| Body::from_stream(carry(body, pass)))
}

/// The parts of an answer, as they come. Whoever takes them may be slow, or stop: what they are made of is
/// held by a task of its own, and ends with the session all the same.
fn carry(body: Body, mut pass: Pass) -> impl Stream<Item = io::Result<Bytes>> + use<> {
    // Without a last word the answer is cut, so that nobody takes the part for the whole.
    let (sender, receiver) = mpsc::channel::<Option<io::Result<Bytes>>>(1);
    tokio::spawn(async move {
        let mut body = body.into_data_stream();
        let carrying = async {
            while let Some(part) = body.next().await {
                let sent = sender.send(Some(part.map_err(io::Error::other))).await;
                if sent.is_err() {
                    return;
                }
            }
            let _gone = sender.send(None).await;
        };
        tokio::select! {
            () = pass.over() => {}
            // Nobody takes them any more; they may be long in coming.
            () = sender.closed() => {}
            () = carrying => {}
        }
    });
    stream::unfold(Some(receiver), |receiver| async {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Some(part)) => Some((part, Some(receiver))),
            Some(None) => None,
            None => Some((Err(io::Error::other("the session is over")), None)),
        }
    })
}

/// Does what a socket is for, for as long as the session lasts; a number is what it is then closed with.
pub(crate) async fn run_socket(
    mut pass: Pass,
    mut socket: WebSocket,
    work: impl AsyncFnOnce(&mut WebSocket) -> Option<u16>,
) {
    let code = tokio::select! {
        code = work(&mut socket) => code,
        () = pass.over() => Some(OVER),
    };
    if let Some(code) = code {
        let reason = "".into();
        let close = socket.send(Message::Close(Some(CloseFrame { code, reason })));
        // A page that is gone, or takes nothing, need not be told.
        let _ = tokio::time::timeout(FAREWELL, close).await;
    }
}

#[cfg(test)]
mod tests {
    use secrecy::{ExposeSecret, SecretString};
    use tokio::sync::oneshot;

    use super::*;
    use crate::access::{Access, Admission};

    fn session() -> (Access, Pass) {
        let kept = SecretString::from("kept");
        let (access, launch) = Access::new(&kept, 1, |_| false).unwrap();
        let cookie = access.exchange(&launch, &[], None).unwrap();
        match access.admit(&[cookie.expose_secret()]) {
            Admission::Open(pass) => (access, pass),
            _ => panic!("not let in"),
        }
    }

    /// An answer of so many parts and, where it has no end, then nothing more; and word of when what it is
    /// made of is gone.
    fn answer(parts: usize, has_end: bool) -> (Response, oneshot::Receiver<()>) {
        let (held, gone) = oneshot::channel();
        let parts = stream::iter((0..parts).map(|_| Ok::<_, io::Error>("part")));
        let rest = stream::once(async move {
            if !has_end {
                std::future::pending::<()>().await;
            }
            drop(held);
            Ok("end")
        });
        (Body::from_stream(parts.chain(rest)).into_response(), gone)
    }

    /// By the time that nothing else is to be done.
    async fn is_gone(gone: oneshot::Receiver<()>) -> bool {
        let patience = Duration::from_secs(60);
        let gone = tokio::time::timeout(patience, gone).await;
        matches!(gone, Ok(Err(_)))
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_stalled_reader_is_sent_ends_with_the_session() {
        for parts in [0, 1000] {
            let (access, pass) = session();
            let id = pass.id.to_string();
            let (response, gone) = answer(parts, false);
            // Nobody reads it, nor hangs up.
            let response = run(pass, async { response }).await;
            assert!(access.end(&id));
            assert!(is_gone(gone).await, "{parts}");
            let whole = axum::body::to_bytes(response.into_body(), usize::MAX).await;
            assert!(whole.is_err(), "a part was taken for the whole");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_reads_any_more_ends_and_what_is_read_is_whole() {
        let (_access, pass) = session();
        let (response, gone) = answer(0, false);
        drop(run(pass.clone(), async { response }).await);
        assert!(is_gone(gone).await);
        let (response, _) = answer(1000, true);
        let response = run(pass, async { response }).await;
        let whole = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        assert_eq!(whole.unwrap().len(), 4 * 1000 + 3);
    }
}
