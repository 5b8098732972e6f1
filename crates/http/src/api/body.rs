//! Request bodies: JSON, with errors that say where they went wrong.

use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
};
use serde::de::DeserializeOwned;

use crate::{error::ApiError, secret_bodies};

/// A JSON body. Of a body that does not fit, the error says where and why; `TERSE` leaves out the
/// why, which may quote the body, on routes that take secrets, and forgets the bytes with the request.
pub(super) struct Body<T, const TERSE: bool = false>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync, const TERSE: bool> FromRequest<S> for Body<T, TERSE> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if TERSE {
            secret_bodies::mark(&request);
        }
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => {
                let message = match &rejection {
                    JsonRejection::JsonDataError(_) | JsonRejection::JsonSyntaxError(_)
                        if TERSE =>
                    {
                        "The body is not what this route takes.".to_owned()
                    }
                    rejection => rejection.body_text(),
                };
                Err(ApiError::new(rejection.status(), "invalid", message))
            }
        }
    }
}

/// The parameters behind `?`, with an error of our own form.
pub(super) struct Parameters<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> axum::extract::FromRequestParts<S> for Parameters<T> {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> Result<Self, ApiError> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(parameters)) => Ok(Self(parameters)),
            Err(rejection) => Err(ApiError::invalid(rejection.body_text())),
        }
    }
}
