//! The guard in front of every request: how it is framed, which names it may come under, from which
//! page, with which cookie and kind of body.
//!
//! Invariant: nothing under `/api` but the exchange of the launch secret and the program's proof of
//! itself is reached without the cookie; no request of another site, under another name, reaches anything at all. The connection of
//! whoever is refused is closed, so that nothing behind the refusal is read as a request.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    App,
    access::{Admission, Pass},
    error::ApiError,
    policy, session_end,
};

/// Where the launch secret is exchanged.
pub(crate) const EXCHANGE: &str = "/api/session";

/// Where the program proves to be itself, to a page that does not know yet whether to send its cookie.
pub(crate) const PROOF: &str = "/api/session/proof";

/// How long a request may take that needs no session: anybody can begin one.
const WITHOUT_SESSION: Duration = Duration::from_secs(30);

/// What the guard compares with.
#[derive(Clone)]
pub(crate) struct Guard {
    hosts: Arc<[String]>,
    app: App,
}

impl Guard {
    pub(crate) fn new(app: App) -> Self {
        let port = app.port;
        let mut hosts: Vec<String> = ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .map(|name| format!("{name}:{port}"))
            .collect();
        if port == 80 {
            hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(str::to_owned));
        }
        Self {
            hosts: hosts.into(),
            app,
        }
    }

    /// DNS rebinding: the name the browser thinks it speaks to must be a loopback name.
    fn host_is_ours<'h>(&self, uri: &Uri, headers: &'h HeaderMap) -> Option<&'h str> {
        let ours = |host: &str| {
            self.hosts
                .iter()
                .any(|ours| ours.eq_ignore_ascii_case(host))
        };
        // A target in absolute form stands above the header (RFC 9112, 3.2.2).
        if uri
            .authority()
            .is_some_and(|authority| !ours(authority.as_str()))
        {
            return None;
        }
        let mut all = headers.get_all(header::HOST).iter();
        let host = all.next()?.to_str().ok()?;
        let single = all.next().is_none();
        (single && ours(host)).then_some(host)
    }

    /// Another page: where a browser names the page or says how far it is, it must be our own.
    fn page_is_ours(headers: &HeaderMap, host: &str, opens_the_page: bool) -> bool {
        let origin_fits = headers.get_all(header::ORIGIN).iter().all(|origin| {
            origin
                .to_str()
                .ok()
                .and_then(|origin| origin.strip_prefix("http://"))
                == Some(host)
        });
        let site_fits = headers
            .get_all(SEC_FETCH_SITE)
            .iter()
            .all(|site| site == "same-origin" || site == "none");
        origin_fits && (site_fits || opens_the_page)
    }

    /// Whether a link leads to the page itself, which holds nothing secret and cannot be framed. The
    /// launch page is such a link: a file, so of another site.
    fn opens_the_page(request: &Request) -> bool {
        let says = |name, value| {
            request
                .headers()
                .get(name)
                .is_some_and(|found| found == value)
        };
        request.method() == Method::GET
            && request.uri().path() == "/"
            && says(SEC_FETCH_MODE, "navigate")
            && says(SEC_FETCH_DEST, "document")
    }
}

/// Cookies know no ports, so the port is in the name.
pub(crate) fn cookie_name(port: u16) -> String {
    format!("headlessos_{port}")
}

/// What a request has under our cookie's name: more than one where somebody else set one too.
pub(crate) fn cookies(headers: &HeaderMap, port: u16) -> Vec<&str> {
    let ours = cookie_name(port);
    headers
        .get_all(header::COOKIE)
        .iter()
        // Whatever else this host has set comes in the same line, in any encoding.
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| str::from_utf8(pair).ok()?.trim().split_once('='))
        .filter_map(|(name, value)| (name == ours).then_some(value))
        .collect()
}

const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request through, or refuses it. What is let through ends with its session.
pub(crate) async fn check(
    State(guard): State<Guard>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_api = path == "/api" || path.starts_with("/api/");
    let mut response = match guard.verdict(&request, is_api) {
        Ok(None) => match tokio::time::timeout(WITHOUT_SESSION, next.run(request)).await {
            Ok(response) => response,
            Err(_) => refusal(ApiError::new(
                StatusCode::REQUEST_TIMEOUT,
                "timeout",
                "The request did not come in time.",
            )),
        },
        Ok(Some(pass)) => {
            request.extensions_mut().insert(pass.clone());
            session_end::run(pass, next.run(request)).await
        }
        Err(error) => refusal(error),
    };
    policy::apply(&mut response, is_api);
    response
}

fn refusal(error: ApiError) -> Response {
    let mut refusal = error.into_response();
    let close = HeaderValue::from_static("close");
    refusal.headers_mut().insert(header::CONNECTION, close);
    refusal
}

impl Guard {
    fn needs_no_session(request: &Request) -> bool {
        request.method() == Method::POST && [EXCHANGE, PROOF].contains(&request.uri().path())
    }

    /// In this order: what cannot be told apart from another request, who asks, what is asked.
    fn verdict(&self, request: &Request, is_api: bool) -> Result<Option<Pass>, ApiError> {
        let headers = request.headers();
        if headers.contains_key(header::TRANSFER_ENCODING) {
            // Beside a length, where the request ends is a matter of opinion (RFC 9112, 6.1), and the
            // HTTP library hides that there was one. No browser sends a body of unknown length here.
            return Err(ApiError::new(
                StatusCode::LENGTH_REQUIRED,
                "invalid",
                "A request must say how long its body is.",
            ));
        }
        let Some(host) = self.host_is_ours(request.uri(), headers) else {
            let words = "This address is not one that HeadlessOS answers to.";
            return Err(forbidden(words));
        };
        if !Self::page_is_ours(headers, host, Self::opens_the_page(request)) {
            return Err(forbidden("Another page may not speak to HeadlessOS."));
        }
        let is_open = !is_api || Self::needs_no_session(request);
        let pass = match is_open {
            true => None,
            false => Some(self.pass(headers)?),
        };
        if is_api && request.method() == Method::POST && any_page_may_send(headers) {
            let words = "The body must be of a type that only this page can send.";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(ApiError::new(status, "invalid", words));
        }
        Ok(pass)
    }

    fn pass(&self, headers: &HeaderMap) -> Result<Pass, ApiError> {
        let presented = cookies(headers, self.app.port);
        let refusal = |code, words: &str| ApiError::new(StatusCode::UNAUTHORIZED, code, words);
        match self.app.access.admit(&presented) {
            Admission::Open(pass) => Ok(pass),
            Admission::Locked => {
                Err(refusal("locked", "This session is locked.").hint(HOW_TO_OPEN))
            }
            Admission::Unknown => {
                let words = "This page has no session with HeadlessOS.";
                Err(refusal("unauthorized", words).hint(HOW_TO_OPEN))
            }
        }
    }
}

/// For whoever has no session, or none that is open.
pub(crate) const HOW_TO_OPEN: &str =
    "Run `headlessos unlock` on this computer, and open the address that it prints.";

fn forbidden(words: &str) -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, "forbidden", words)
}

/// Whether a form or a script of another site could send a body of this type without a browser's asking
/// first: the three types of forms, and none.
fn any_page_may_send(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let only = types.next().filter(|_| types.next().is_none());
    let Some(Ok(only)) = only.map(HeaderValue::to_str) else {
        return true;
    };
    let essence = only.split(';').next().unwrap_or_default().trim();
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ]
    .iter()
    .any(|simple| essence.eq_ignore_ascii_case(simple))
}
