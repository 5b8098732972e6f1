//! The guard in front of every request: which names it may come under, from which page, with
//! which cookie; and the policy headers behind every answer.
//!
//! Invariant: nothing under `/api` but the exchange of the launch secret is reached without the
//! cookie; no request of another site, under another name, reaches anything at all.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{App, error::ApiError};

/// Where the launch secret is exchanged.
pub(crate) const EXCHANGE: &str = "/api/session";

/// What the guard compares with.
#[derive(Clone)]
pub(crate) struct Guard {
    hosts: Arc<[String]>,
    cookie: Arc<str>,
    app: App,
}

impl Guard {
    pub(crate) fn new(port: u16, app: App) -> Self {
        let mut hosts: Vec<String> = ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .map(|name| format!("{name}:{port}"))
            .collect();
        if port == 80 {
            hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(str::to_owned));
        }
        Self {
            hosts: hosts.into(),
            cookie: cookie_name(port).into(),
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

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == &*self.cookie && self.app.access.admits(value))
    }
}

/// Cookies know no ports, so the port is in the name.
pub(crate) fn cookie_name(port: u16) -> String {
    format!("headlessos_{port}")
}

const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request through, or refuses it.
pub(crate) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let path = request.uri().path();
    let is_api = path == "/api" || path.starts_with("/api/");
    let verdict = match guard.host_is_ours(request.uri(), headers) {
        None => Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "This address is not one that HeadlessOS answers to.",
        )),
        Some(host) if !Guard::page_is_ours(headers, host, Guard::opens_the_page(&request)) => {
            Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "forbidden",
                "Another page may not speak to HeadlessOS.",
            ))
        }
        Some(_) if is_api && path != EXCHANGE && !guard.has_cookie(headers) => Err(ApiError::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "This page has no session with HeadlessOS.",
        )
        .hint("Open the address that headlessos printed when it was started.")),
        Some(_) => Ok(()),
    };
    let mut response = match verdict {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    let answer = response.headers_mut();
    for (name, value) in POLICY {
        // A file of a server has a policy of its own, which allows nothing.
        if name != header::CONTENT_SECURITY_POLICY || !answer.contains_key(&name) {
            answer.insert(name, HeaderValue::from_static(value));
        }
    }
    if is_api || !answer.contains_key(header::CACHE_CONTROL) {
        answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The headers of every answer. The policy lets the page run its own files and nothing else, and
/// makes text the only thing that can be put into it.
const POLICY: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         media-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        "require-corp",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()",
    ),
];
