//! Stands between the engine and the SFTP server of this computer: does something at a known moment, and
//! answers in the server's place.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    sync::Arc,
};

use sftp::{Answer, Request};
use ssh::{FilesDoor, FilesPipe};
use tokio::sync::mpsc;

/// What is done before a request goes on; an answer takes the server's place.
pub(crate) type Before = Arc<dyn Fn(&Request) -> Option<Answer> + Send + Sync>;
/// What is done with the server's answer before it goes on.
pub(crate) type After = Arc<dyn Fn(&Request, &mut Answer) + Send + Sync>;

/// Of every SFTP session that is begun; one request is answered before the next one goes on.
#[derive(Clone)]
pub(crate) struct Between {
    pub(crate) before: Before,
    pub(crate) after: After,
}

impl Between {
    pub(crate) fn before(
        before: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        Self {
            before: Arc::new(before),
            after: Arc::new(|_, _| {}),
        }
    }

    pub(crate) fn after(
        self,
        after: impl Fn(&Request, &mut Answer) + Send + Sync + 'static,
    ) -> Self {
        Self {
            after: Arc::new(after),
            ..self
        }
    }

    pub(crate) fn door(self, server: FilesDoor) -> FilesDoor {
        Box::new(move || {
            let (extensions, requests, mut answers) = server();
            let (to_us, mut asked) = mpsc::unbounded_channel::<(u32, Request)>();
            let (from_us, answered) = mpsc::channel(64);
            let this = self.clone();
            tokio::spawn(async move {
                while let Some((id, request)) = asked.recv().await {
                    let mut all = match (this.before)(&request) {
                        Some(answer) => vec![(id, answer)],
                        None if requests.send((id, request.clone())).is_ok() => {
                            answers.recv().await.unwrap_or_default()
                        }
                        None => return,
                    };
                    for (_, answer) in &mut all {
                        (this.after)(&request, answer);
                    }
                    if from_us.send(all).await.is_err() {
                        return;
                    }
                }
            });
            let pipe: FilesPipe = (extensions, to_us, answered);
            pipe
        })
    }
}

/// A folder with a mode, whatever the umask.
pub(crate) fn folder(path: &Path, mode: u32) {
    fs::create_dir_all(path).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The number of who runs the tests.
pub(crate) fn user() -> u32 {
    fs::metadata("/proc/self").unwrap().uid()
}

/// Says of everything named `bobs` that it is another user's, and of what is named `nobodys` not whose it is.
pub(crate) fn with_bob() -> Between {
    let owned = |name: &[u8], found: &mut sftp::Attributes| {
        let is_copy = name.windows(4).any(|some| some == b"/to/");
        if name.ends_with(b"bobs") && !is_copy {
            found.owner = Some((user() + 1, user() + 1));
        } else if name.ends_with(b"nobodys") {
            found.owner = None;
        }
    };
    Between::before(|_| None).after(move |request, answer| match (request, answer) {
        (Request::LStat { path } | Request::Stat { path }, Answer::Attributes(found)) => {
            owned(path, found);
        }
        (Request::ReadDir { .. }, Answer::Name(entries)) => {
            for entry in entries {
                owned(&entry.name, &mut entry.attributes);
            }
        }
        _ => {}
    })
}
