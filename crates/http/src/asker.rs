//! Who asks: a person in the page, or a program that uses the API without it.
//!
//! Invariant: what a request has done is written into the journal as theirs, also what its socket asks
//! for later.

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use engine::{Asker, asked_by};
use std::convert::Infallible;

/// Who made a request. Browsers say where a request or a socket comes from, and the guard has held that
/// to our own page; programs say nothing of it.
fn of(headers: &HeaderMap) -> Asker {
    let from_a_page =
        headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if from_a_page { Asker::Ui } else { Asker::Api }
}

/// Lets a request do what it does as theirs.
pub(crate) async fn named(request: Request, next: Next) -> Response {
    asked_by(of(request.headers()), next.run(request)).await
}

/// The same, for what goes on after the answer.
pub(crate) struct By(Asker);

impl<S: Sync> FromRequestParts<S> for By {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(&parts.headers)))
    }
}

impl By {
    /// Does it as theirs.
    pub(crate) async fn does<F: Future>(self, work: F) -> F::Output {
        asked_by(self.0, work).await
    }
}
