//! One request over HTTP, bounded in size and time.
//!
//! Invariant: it goes to the address that was chosen and follows no redirect; a body is read only as
//! far as it may go; the key is in no error.

use reqwest::{Client, StatusCode, header, redirect::Policy};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use crate::{Error, Limits, Model, Wire};

/// How much of a provider's own words about an error is shown, in characters.
const MOST_WORDS: usize = 300;

/// Posts a body of JSON and gives the JSON that comes back.
pub(crate) async fn post(
    model: &Model,
    route: &str,
    body: &Value,
    limits: &Limits,
) -> Result<Value, Error> {
    tokio::time::timeout(limits.time, exchange(model, route, body, limits))
        .await
        .map_err(|_| Error::TooSlow {
            seconds: limits.time.as_secs(),
        })?
}

async fn exchange(
    model: &Model,
    route: &str,
    body: &Value,
    limits: &Limits,
) -> Result<Value, Error> {
    let unreachable = |error: reqwest::Error| Error::Unreachable(reason(&error));
    let mut client = Client::builder()
        .redirect(Policy::none())
        .connect_timeout(limits.time)
        .user_agent(concat!("headlessos/", env!("CARGO_PKG_VERSION")));
    if model.address.is_loopback() {
        client = client.no_proxy();
    }
    let client = client.build().map_err(unreachable)?;
    let mut request = client
        .post(model.address.route(route))
        .header(header::CONTENT_TYPE, "application/json")
        .body(body.to_string());
    if let Some(key) = &model.key {
        request = match model.wire {
            Wire::Anthropic => request.header("x-api-key", sensitive(key.expose_secret())?),
            Wire::OpenAi | Wire::Compatible | Wire::Ollama => request.header(
                header::AUTHORIZATION,
                sensitive(&format!("Bearer {}", key.expose_secret()))?,
            ),
        };
    }
    if model.wire == Wire::Anthropic {
        request = request.header("anthropic-version", "2023-06-01");
    }
    let mut response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    if status.is_redirection() {
        return Err(Error::Redirected);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if bytes.len() + chunk.len() > limits.reply_bytes {
            return Err(Error::TooLarge {
                bytes: limits.reply_bytes,
            });
        }
        bytes.extend_from_slice(&chunk);
    }
    let json = serde_json::from_slice::<Value>(&bytes);
    if status == StatusCode::OK {
        return json.map_err(|_| Error::Odd("what came back is no JSON".to_owned()));
    }
    Err(Error::Refused {
        status: status.as_u16(),
        said: said(&json.unwrap_or_default(), model.key.as_ref()),
    })
}

fn sensitive(text: &str) -> Result<header::HeaderValue, Error> {
    let mut value = header::HeaderValue::from_str(text)
        .map_err(|_| Error::Odd("the key holds characters that no key has".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// A provider's own words: `{"error":{"message":..}}`, `{"error":".."}`, or nothing.
fn said(body: &Value, key: Option<&SecretString>) -> String {
    let error = body.get("error").unwrap_or(&Value::Null);
    let words = error.get("message").unwrap_or(error);
    let mut words = words.as_str().unwrap_or_default().to_owned();
    if let Some(key) = key.map(SecretString::expose_secret)
        && !key.is_empty()
    {
        words = words.replace(key, "[removed]");
    }
    let words = words.chars().filter(|each| !each.is_control());
    words.take(MOST_WORDS).collect()
}

/// Why a request failed, without its address: it is known, and may be long.
fn reason(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string().chars().take(MOST_WORDS).collect()
}
