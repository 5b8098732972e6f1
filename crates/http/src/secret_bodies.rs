//! Requests that carry a secret: their bytes are gone when they are answered.
//!
//! Invariant: the connection of such a request is closed behind the answer, since the HTTP library
//! keeps what it has read in the connection's buffer until it needs the room.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Whether a request was found to carry a secret.
#[derive(Clone, Default)]
struct Carries(Arc<AtomicBool>);

/// Notes that the request carries a secret.
pub(crate) fn mark(request: &Request) {
    if let Some(Carries(secret)) = request.extensions().get() {
        secret.store(true, Ordering::Relaxed);
    }
}

/// Closes the connection behind the answer to a request that was marked.
pub(crate) async fn forget(mut request: Request, next: Next) -> Response {
    let carries = Carries::default();
    request.extensions_mut().insert(carries.clone());
    let mut response = next.run(request).await;
    if carries.0.load(Ordering::Relaxed) {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
