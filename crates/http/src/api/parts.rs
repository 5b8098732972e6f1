//! A file's bytes as HTTP has them: whole, a range, to be saved by the browser.
//!
//! Invariant: whatever the file is, the browser is told that it may do nothing (an opaque origin,
//! no script, no other content), and takes it for nothing but the type that is named here.

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use catalog::arguments::RemotePath;
use engine::Content;
use futures::stream;
use serde::Deserialize;

use super::{Result, body::Parameters};
use crate::{App, error::ApiError};

/// What a file may do in a page: nothing. The sandbox makes its origin opaque.
pub(super) const SANDBOX: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const VERSION: HeaderName = HeaderName::from_static("x-file-version");
const WRITABLE: HeaderName = HeaderName::from_static("x-file-writable");
const SIZE: HeaderName = HeaderName::from_static("x-file-size");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    path: RemotePath,
    download: Option<u8>,
}

/// A file's bytes, whole or a range (RFC 9110, section 14; one range alone).
pub(super) async fn content(
    State(app): State<App>,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut content = app.engine.files(&id).await?.content(&asked.path).await?;
    let size = content.size_bytes();
    let tag = format!("\"{size}-{}\"", content.modified_at().unwrap_or(0));
    let same = |name| match headers.get(name) {
        Some(value) => value.as_bytes() == tag.as_bytes(),
        None => true,
    };
    let range = headers
        .get(header::RANGE)
        .filter(|_| same(header::IF_RANGE))
        .and_then(|range| range.to_str().ok())
        .and_then(|range| parse_range(range, size));
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, media_type(&asked.path))
        .header(header::CONTENT_SECURITY_POLICY, SANDBOX)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, &tag);
    if asked.download == Some(1) {
        response = response.header(
            header::CONTENT_DISPOSITION,
            attachment(&name_of(&asked.path)),
        );
    }
    let (start, end) = match range {
        Some(Err(Unsatisfiable)) => {
            let response = response
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .header(header::CONTENT_RANGE, format!("bytes */{size}"));
            return built(response.body(Body::empty()));
        }
        Some(Ok((start, end))) => {
            response = response.status(StatusCode::PARTIAL_CONTENT).header(
                header::CONTENT_RANGE,
                format!("bytes {start}-{}/{size}", end - 1),
            );
            (start, end)
        }
        None => (0, size),
    };
    content.range(start, end);
    let response = response.header(header::CONTENT_LENGTH, end - start);
    built(response.body(Body::from_stream(bytes_of(content))))
}

fn built(response: std::result::Result<Response, axum::http::Error>) -> Result<Response> {
    response.map_err(|_| {
        let words = "The answer could not be made.";
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", words)
    })
}

/// The bytes, no faster than they are taken.
fn bytes_of(
    content: Content,
) -> impl futures::Stream<Item = std::result::Result<Bytes, std::io::Error>> {
    stream::unfold(Some(content), |content| async {
        let mut content = content?;
        match content.next().await {
            Ok(bytes) => Some((Ok(bytes?), Some(content))),
            Err(error) => {
                tracing::warn!(%error, "a file's bytes broke off");
                // The connection is cut, so that nobody takes the part for the whole.
                Some((Err(std::io::Error::other(error)), None))
            }
        }
    })
}

/// A text's bytes with its version.
pub(super) async fn text(
    State(app): State<App>,
    Path(id): Path<String>,
    Parameters(asked): Parameters<Asked>,
) -> Result<Response> {
    let text = app.engine.files(&id).await?.text(&asked.path).await?;
    // Without the capability nothing is asked.
    let writable = match app.engine.files_to_change(&id).await {
        Ok(files) if files.is_writable(&asked.path).await => "true",
        _ => "false",
    };
    let version = HeaderValue::from_str(&text.version).unwrap_or(HeaderValue::from_static(""));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(SANDBOX),
        ),
        (SIZE, HeaderValue::from(text.bytes.len())),
        (VERSION, version),
        (WRITABLE, HeaderValue::from_static(writable)),
    ];
    Ok((headers, text.bytes).into_response())
}

struct Unsatisfiable;

/// `None`: to be ignored (several ranges, or none that is understood), as RFC 9110 allows.
fn parse_range(text: &str, size: u64) -> Option<std::result::Result<(u64, u64), Unsatisfiable>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let (start, end) = if first.is_empty() {
        let length: u64 = last.parse().ok()?;
        (size.saturating_sub(length), size)
    } else {
        let end = match last {
            "" => size,
            last => last.parse::<u64>().ok()?.saturating_add(1).min(size),
        };
        (first.parse().ok()?, end)
    };
    Some(if start < end {
        Ok((start, end))
    } else {
        Err(Unsatisfiable)
    })
}

/// By the name's ending: only what a browser shows by itself; all else is mere bytes.
fn media_type(path: &RemotePath) -> &'static str {
    let name = path.to_string().to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "png" | "apng" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "svg" => "image/svg+xml",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "m4a" | "aac" => "audio/mp4",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        _ => "application/octet-stream",
    }
}

fn name_of(path: &RemotePath) -> String {
    path.split()
        .map_or_else(|| "root".to_owned(), |(_, name)| name.to_string())
}

/// The name for the browser's own dialogue (RFC 6266, RFC 8187).
pub(super) fn attachment(name: &str) -> String {
    let mut encoded = String::new();
    for byte in catalog::arguments::exact::bytes(name) {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        let ok = |text| parse_range(text, 100).and_then(std::result::Result::ok);
        assert_eq!(ok("bytes=0-9"), Some((0, 10)));
        assert_eq!(ok("bytes=90-"), Some((90, 100)));
        assert_eq!(ok("bytes=-10"), Some((90, 100)));
        assert_eq!(ok("bytes=50-1000"), Some((50, 100)));
        assert_eq!(ok("bytes=-1000"), Some((0, 100)));
        assert!(matches!(parse_range("bytes=100-", 100), Some(Err(_))));
        assert!(matches!(parse_range("bytes=9-3", 100), Some(Err(_))));
        assert!(parse_range("bytes=0-1,5-6", 100).is_none());
        assert!(parse_range("lines=0-1", 100).is_none());
    }

    #[test]
    fn any_name_fits_a_header() {
        let path = RemotePath::from_bytes(b"/a/x\"\r\n \xff.txt").unwrap();
        assert_eq!(
            attachment(&name_of(&path)),
            "attachment; filename*=UTF-8''x%22%0D%0A%20%FF.txt"
        );
    }
}
