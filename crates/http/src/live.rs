//! The live socket: servers as they change, and the readings a page has subscribed to.
//!
//! Invariant: a page that reads slowly gets the newest value later, never a backlog; it can do
//! here only what the routes let it do.

use std::{collections::HashMap, time::Duration};

use axum::{
    Extension,
    extract::{
        State,
        ws::{Message, WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    response::Response,
};
use engine::{ErrorBody, LiveValue, Reading, Server, Subscription, TerminalInfo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{App, access::Pass, asker::By, error::ApiError, session_end};

/// How much a page may have subscribed to at once.
const MOST_SUBSCRIPTIONS: usize = 200;
/// The largest message a page may send, in bytes.
const LARGEST_MESSAGE: usize = 64 * 1024;

/// What a page says.
#[derive(Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum ClientMessage {
    /// Ask this every so often and tell what changes.
    Subscribe {
        /// The page's own number for it; one that is in use is replaced.
        id: u32,
        /// The server's id.
        server: String,
        /// The query's id.
        query: String,
        /// Its arguments.
        #[serde(default)]
        args: Value,
        /// The interval in seconds, at least 1.
        every_seconds: f64,
    },
    /// No more of it.
    Unsubscribe {
        /// The number it was given.
        id: u32,
    },
}

/// What a page is told.
#[derive(Serialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum ServerMessage {
    /// All servers: at the start, and when any changed.
    Servers {
        /// In the order they were added.
        servers: Vec<Server>,
    },
    /// All open terminals: at the start, and when what is told of any changed.
    Terminals {
        /// By server and number.
        terminals: Vec<TerminalInfo>,
    },
    /// A new value.
    Reading {
        /// The subscription's number.
        id: u32,
        /// The value and where it came from.
        reading: Box<Reading>,
    },
    /// The server was asked again and gave the same.
    Checked {
        /// The subscription's number.
        id: u32,
        /// When, RFC 3339 in UTC.
        taken_at: String,
    },
    /// There is no newer value for now; the subscription goes on.
    Error {
        /// The subscription's number; `null`: the message it answers had none.
        id: Option<u32>,
        /// Why.
        error: ErrorBody,
    },
}

/// Makes the request a WebSocket.
pub(crate) async fn upgrade(
    State(app): State<App>,
    by: By,
    Extension(pass): Extension<Pass>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| ApiError::not_a_socket())?;
    Ok(upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(|socket| {
            by.does(session_end::run_socket(pass, socket, async move |socket| {
                run(app, socket).await;
                None
            }))
        }))
}

async fn run(app: App, socket: &mut WebSocket) {
    let (news, mut outgoing) = mpsc::channel::<ServerMessage>(16);
    let mut subscriptions = Subscriptions {
        tasks: HashMap::new(),
        news,
    };
    let mut changes = app.engine.changes();
    changes.mark_changed();
    let mut terminal_changes = app.engine.terminal_changes();
    terminal_changes.mark_changed();
    loop {
        let message = tokio::select! {
            changed = changes.changed() => match changed {
                Ok(()) => servers(&app),
                Err(_) => return,
            },
            changed = terminal_changes.changed() => match changed {
                Ok(()) => ServerMessage::Terminals { terminals: app.engine.terminals() },
                Err(_) => return,
            },
            Some(message) = outgoing.recv() => message,
            received = socket.recv() => match received {
                Some(Ok(Message::Text(text))) => {
                    match subscriptions.take(&app, text.as_str()) {
                        None => continue,
                        Some(refusal) => refusal,
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                _ => return,
            },
        };
        let Ok(text) = serde_json::to_string(&message) else {
            return;
        };
        if socket.send(Message::Text(text.into())).await.is_err() {
            return;
        }
    }
}

fn servers(app: &App) -> ServerMessage {
    match app.engine.servers() {
        Ok(servers) => ServerMessage::Servers { servers },
        Err(error) => ServerMessage::Error {
            id: None,
            error: error.body(),
        },
    }
}

/// One page's subscriptions; they end with it.
struct Subscriptions {
    tasks: HashMap<u32, JoinHandle<()>>,
    news: mpsc::Sender<ServerMessage>,
}

impl Drop for Subscriptions {
    fn drop(&mut self) {
        for task in self.tasks.values() {
            task.abort();
        }
    }
}

impl Subscriptions {
    /// Does what the page says; the refusal where that cannot be done.
    fn take(&mut self, app: &App, text: &str) -> Option<ServerMessage> {
        let refusal = |id, error: ApiError| {
            Some(ServerMessage::Error {
                id,
                error: error.into_body(),
            })
        };
        match serde_json::from_str(text) {
            Err(error) => refusal(None, ApiError::invalid(format!("not a message: {error}"))),
            Ok(ClientMessage::Unsubscribe { id }) => {
                self.end(id);
                None
            }
            Ok(ClientMessage::Subscribe {
                id,
                server,
                query,
                args,
                every_seconds,
            }) => {
                self.end(id);
                if self.tasks.len() >= MOST_SUBSCRIPTIONS {
                    return refusal(Some(id), ApiError::invalid("too many subscriptions"));
                }
                let Some(every) = interval(every_seconds) else {
                    return refusal(
                        Some(id),
                        ApiError::invalid("everySeconds is no length of time"),
                    );
                };
                match app.engine.subscribe(&server, &query, args, every) {
                    Err(error) => refusal(Some(id), error.into()),
                    Ok(subscription) => {
                        let task = tokio::spawn(forward(id, subscription, self.news.clone()));
                        self.tasks.insert(id, task);
                        None
                    }
                }
            }
        }
    }

    fn end(&mut self, id: u32) {
        if let Some(task) = self.tasks.remove(&id) {
            task.abort();
        }
    }
}

/// So many seconds; `None`: no length of time.
pub(crate) fn interval(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

/// Tells the page what is new about one question.
async fn forward(id: u32, mut subscription: Subscription, news: mpsc::Sender<ServerMessage>) {
    let mut told = LiveValue::default();
    loop {
        let now = subscription.values.borrow_and_update().clone();
        if let Some(message) = difference(id, &told, &now)
            && news.send(message).await.is_err()
        {
            return;
        }
        told = now;
        if subscription.values.changed().await.is_err() {
            return;
        }
    }
}

fn difference(id: u32, told: &LiveValue, now: &LiveValue) -> Option<ServerMessage> {
    if let Some(error) = &now.error {
        return (told.error.as_ref() != Some(error)).then(|| ServerMessage::Error {
            id: Some(id),
            error: error.clone(),
        });
    }
    let reading = now.reading.as_ref()?;
    let same = told
        .reading
        .as_ref()
        .is_some_and(|told| std::sync::Arc::ptr_eq(told, reading));
    if !same {
        return Some(ServerMessage::Reading {
            id,
            reading: Box::new(reading.as_ref().clone()),
        });
    }
    let taken_at = now.checked_at.clone()?;
    Some(ServerMessage::Checked { id, taken_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_a_length_of_time() {
        for odd in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(interval(odd), None, "{odd}");
        }
        assert_eq!(interval(2.5), Some(Duration::from_millis(2500)));
    }
}
