//! The HTTP form of an error: made here and nowhere else.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    Json,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use engine::ErrorBody;
use schemars::JsonSchema;
use serde::Serialize;

/// The body of every answer that is not a success.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ErrorAnswer {
    /// What failed, and what to try.
    error: ErrorBody,
}

/// An error on its way out.
pub(crate) struct ApiError {
    status: StatusCode,
    body: Box<ErrorBody>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let body = ErrorBody {
            code: code.to_owned(),
            message: message.into(),
            hint: None,
            server: None,
            command: None,
            request_id: None,
        };
        Self {
            status,
            body: Box::new(body),
        }
    }

    pub(crate) fn hint(mut self, hint: &str) -> Self {
        self.body.hint = Some(hint.to_owned());
        self
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", message)
    }

    /// The session was locked or ended while it asked.
    pub(crate) fn over() -> Self {
        let words = "The session was locked or ended.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", words)
    }

    /// A plain request to a route that is a WebSocket.
    pub(crate) fn not_a_socket() -> Self {
        let words = "This route is a WebSocket.";
        Self::new(StatusCode::UPGRADE_REQUIRED, "invalid", words)
    }

    /// The wire form, for the live socket.
    pub(crate) fn into_body(self) -> ErrorBody {
        *self.body
    }
}

impl From<engine::Error> for ApiError {
    fn from(error: engine::Error) -> Self {
        let body = error.body();
        let status = match body.code.as_str() {
            "notFound" | "noSuchFile" => StatusCode::NOT_FOUND,
            "invalid" | "intoItself" | "notAFile" | "isAFolder" | "notAFolder" | "nameTooLong" => {
                StatusCode::BAD_REQUEST
            }
            "conflict" | "notConnected" | "alreadyExists" | "fileChanged" | "hardLinked"
            | "notEmpty" => StatusCode::CONFLICT,
            "denied" | "permissionDenied" | "notAdministrator" | "passwordNeeded"
            | "passwordRefused" | "limited" => StatusCode::FORBIDDEN,
            "unconfirmed" => StatusCode::UNPROCESSABLE_ENTITY,
            "tooLarge" => StatusCode::PAYLOAD_TOO_LARGE,
            "internal" => StatusCode::INTERNAL_SERVER_ERROR,
            "timeout" => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        };
        Self {
            status,
            body: Box::new(body),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(*self.body);
        response
    }
}

/// Gives each request its id and each refusal its typed body; logs what went wrong, once.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = format!("r{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let is_api = request.uri().path().starts_with("/api");
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let typed = response.extensions_mut().remove::<ErrorBody>();
        let body = match typed {
            Some(body) => Some(body),
            None if is_api => Some(plain(status)),
            None => None,
        };
        if let Some(mut body) = body {
            // The message may quote what a server printed.
            let message = catalog::redact::text(&body.message).text;
            tracing::warn!(%method, path, %status, id, code = body.code, "refused: {message}");
            body.request_id = Some(id.clone());
            let headers = std::mem::take(response.headers_mut());
            response = (status, Json(ErrorAnswer { error: body })).into_response();
            for (name, value) in &headers {
                if name != axum::http::header::CONTENT_TYPE
                    && name != axum::http::header::CONTENT_LENGTH
                {
                    response.headers_mut().insert(name, value.clone());
                }
            }
        }
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// The words for refusals that the HTTP library makes by itself.
fn plain(status: StatusCode) -> ErrorBody {
    let (code, message) = match status {
        StatusCode::NOT_FOUND => ("notFound", "There is no such route."),
        StatusCode::METHOD_NOT_ALLOWED => ("invalid", "This route does not take that method."),
        StatusCode::PAYLOAD_TOO_LARGE => ("invalid", "The request is too large."),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("invalid", "The body must be application/json."),
        status if status.is_server_error() => ("internal", "HeadlessOS failed."),
        _ => ("invalid", "The request was not understood."),
    };
    ApiError::new(status, code, message).into_body()
}
