//! The headers behind every answer: what a browser may do with it.
//!
//! Invariant: every answer has them; only a server's file has a content policy of its own, which is
//! stricter.

use axum::http::{HeaderName, HeaderValue, Response, header};

/// Puts them on an answer.
pub(crate) fn apply<B>(response: &mut Response<B>, is_api: bool) {
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
}

/// The policy lets the page run its own files and nothing else, and
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
