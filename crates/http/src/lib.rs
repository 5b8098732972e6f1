//! The loopback API and the embedded desktop.
//!
//! Invariant: it listens on loopback addresses only; every request passes the guard; handlers
//! decode, ask the engine and encode, nothing else.

mod access;
mod api;
mod asker;
mod assets;
mod error;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod guard;
mod live;
mod loopback;
mod openapi;
mod policy;
mod secret_bodies;
mod session_end;
mod terminal_socket;

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use engine::Engine;

pub use access::{ASKED_FOR, Access, draw_secret, equal};
pub use loopback::Loopback;

/// The largest request body, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// What every handler has at hand.
#[derive(Clone)]
struct App {
    engine: Arc<Engine>,
    access: Arc<Access>,
    document: Arc<str>,
    port: u16,
}

/// The OpenAPI 3.1 document, as it is served at `/api/openapi.json`.
#[must_use]
pub fn openapi() -> String {
    api::routes().document
}

/// The catalog as it is served at `/api/catalog`.
#[must_use]
pub fn catalog() -> impl serde::Serialize {
    api::whole_catalog()
}

/// Serves. Never ends; when it is dropped nothing is answered any more, and the port is still held.
pub async fn serve(loopback: &Loopback, engine: Arc<Engine>, access: Arc<Access>) {
    let api = api::routes();
    if let Ok(preferences) = engine.preferences() {
        access.lock_after(api::idle_of(&preferences), None);
    }
    let app = App {
        engine,
        access: Arc::clone(&access),
        document: api.document.into(),
        port: loopback.port(),
    };
    let guard = guard::Guard::new(app.clone());
    let router: Router = api
        .router
        .with_state(app)
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(asker::named))
        .layer(middleware::from_fn_with_state(guard, guard::check))
        .layer(middleware::from_fn(error::finish))
        .layer(middleware::from_fn(secret_bodies::forget));
    tokio::select! {
        () = loopback.serve(router) => {}
        () = access.lock_idle_sessions() => {}
    }
}
