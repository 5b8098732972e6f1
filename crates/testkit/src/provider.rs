//! A provider of language models for tests: it records what it is asked and answers as it is told,
//! honestly or not, in HTTP/1.1 on a free loopback port.
//!
//! Invariant: it knows nothing of models; each answer is a [`Reply`] that the test makes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// The path, for example `/v1/messages`.
    pub path: String,
    /// The head, with its line ends.
    pub head: String,
    /// The body, as text.
    pub body: String,
}

impl Request {
    /// The body as JSON; `null` where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A reply in the form of the route that was asked, honest down to the counts of tokens: 11
    /// for the request, 7 for the reply.
    #[must_use]
    pub fn reply(&self, content: &str) -> Reply {
        let body = if self.path.ends_with("/messages") {
            let input: Value = serde_json::from_str(content).unwrap_or_default();
            json!({
                "content": [{ "type": "tool_use", "id": "t", "name": "reply", "input": input }],
                "stop_reason": "tool_use",
                "usage": { "input_tokens": 11, "output_tokens": 7 },
            })
        } else if self.path.ends_with("/api/chat") {
            json!({
                "message": { "role": "assistant", "content": content },
                "done": true, "done_reason": "stop",
                "prompt_eval_count": 11, "eval_count": 7,
            })
        } else {
            json!({
                "choices": [{
                    "message": { "role": "assistant", "content": content },
                    "finish_reason": "stop",
                }],
                "usage": { "prompt_tokens": 11, "completion_tokens": 7 },
            })
        };
        Reply::Json(200, body)
    }
}

/// What it does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status and a body of JSON.
    Json(u16, Value),
    /// A redirect to this address.
    Redirect(String),
    /// These bytes as the whole answer, head and all.
    Raw(Vec<u8>),
    /// A body that goes on for so many bytes.
    Flood(usize),
    /// A head, and then nothing for ever.
    Hang,
}

/// The server; it ends when it is dropped.
pub struct Provider {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    task: AbortHandle,
}

impl Provider {
    /// Starts it; `answer` is called for each request.
    ///
    /// # Errors
    /// No loopback port can be had.
    pub async fn start(
        answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&requests), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                tokio::spawn(async move {
                    // A client that goes away is no failure of the server's.
                    let _: std::io::Result<()> = serve(stream, &kept, answer.as_ref()).await;
                });
            }
        });
        Ok(Self {
            port,
            requests,
            task: task.abort_handle(),
        })
    }

    /// Its address, without a path.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// All requests so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.requests).clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(requests: &Mutex<Vec<Request>>) -> MutexGuard<'_, Vec<Request>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(
    stream: TcpStream,
    requests: &Mutex<Vec<Request>>,
    answer: &(impl Fn(&Request) -> Reply + Sync),
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while stream.read_line(&mut head).await? > 0 && !head.ends_with("\r\n\r\n") {}
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        value.trim().parse().ok().filter(|_| is_length)
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let request = Request {
        path,
        head,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    lock(requests).push(request.clone());
    let head = |status: u16, more: &str| {
        format!(
            "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\nconnection: close\r\n{more}\r\n"
        )
    };
    match answer(&request) {
        Reply::Json(status, body) => {
            stream.write_all(head(status, "").as_bytes()).await?;
            stream.write_all(body.to_string().as_bytes()).await?;
        }
        Reply::Redirect(to) => {
            let head = head(302, &format!("location: {to}\r\n"));
            stream.write_all(head.as_bytes()).await?;
        }
        Reply::Raw(bytes) => stream.write_all(&bytes).await?,
        Reply::Flood(bytes) => {
            stream.write_all(head(200, "").as_bytes()).await?;
            let block = [b'['; 65_536];
            for _ in 0..bytes / block.len() {
                stream.write_all(&block).await?;
            }
        }
        Reply::Hang => {
            stream.write_all(head(200, "").as_bytes()).await?;
            std::future::pending::<()>().await;
        }
    }
    stream.shutdown().await
}
