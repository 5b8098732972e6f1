//! An engine with this computer connected, and folders of its own to work on.

pub(crate) mod between;

use std::{
    fs,
    net::SocketAddr,
    os::unix::{ffi::OsStrExt, fs::PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use catalog::arguments::RemotePath;
use engine::{
    Answer, Conflict, ConnectionState, Engine, FileJob, JobState, NewFileJob, NewServer, Options,
    Priority, ServerFilesToChange, Transfer,
};
use store::{Auth, Store};
use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf,
};

pub(crate) use between::Between;

pub(crate) const HERE: &str = "this-computer";
/// No test waits longer than this for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Desk {
    pub(crate) engine: Engine,
    /// Of every connection that is made from now on, and of the one that stands.
    pub(crate) cut: Cut,
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "data", "work"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self::of(folder).await
    }

    /// What is left on the disk when the program ends.
    pub(crate) fn end(self) -> tempfile::TempDir {
        self.folder
    }

    /// The program, started on what an earlier run of it left.
    pub(crate) async fn of(folder: tempfile::TempDir) -> Self {
        Self::with(folder, false, None).await
    }

    /// As the program has it: files of this computer go by the pipe, which no cut reaches.
    pub(crate) async fn with_pipe() -> Self {
        let desk = Self::new().await;
        Self::with(desk.end(), true, None).await
    }

    /// The same, with something between it and its files.
    pub(crate) async fn between(between: impl FnOnce(&Path) -> Between) -> Self {
        let desk = Self::new().await;
        let between = between(&desk.folder.path().canonicalize().unwrap());
        Self::with(desk.end(), true, Some(between)).await
    }

    async fn with(folder: tempfile::TempDir, pipe: bool, between: Option<Between>) -> Self {
        let home = folder.path().join("home");
        let cut = Cut::default();
        let through = cut.clone();
        let serve = move || {
            let server = local::serve(Some(home.clone())).map_err(std::io::Error::other)?;
            let files = pipe.then_some(server.files);
            let files = match (files, between.clone()) {
                (Some(files), Some(between)) => Some(between.door(files)),
                (files, _) => files,
            };
            Ok((through.through(server.stream), files))
        };
        let engine = Engine::new(Options {
            store: Arc::new(Store::open(&folder.path().join("data")).unwrap()),
            models: engine::Models::new(engine::Keychain::in_memory()),
            known_hosts: engine::KnownHosts::of_files(
                folder.path().join("known_hosts"),
                Vec::new(),
            ),
            ssh_settings: engine::SshSettings::of_file(None, "ada"),
            local: Box::new(serve),
            user: "ada".to_owned(),
            runs_as_root: false,
        });
        let desk = Self {
            engine: engine.unwrap(),
            cut,
            folder,
        };
        desk.connect().await;
        desk
    }

    pub(crate) async fn connect(&self) {
        let mut changes = self.engine.changes();
        self.engine.connect(HERE).unwrap();
        let is_connected = || {
            let state = self.engine.server(HERE).unwrap().state;
            matches!(state, ConnectionState::Connected { .. })
        };
        let connected = async {
            while !is_connected() {
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, connected).await.unwrap();
    }

    /// Adds a server that wants no proof, and connects it; gives its id.
    pub(crate) async fn add(&self, address: SocketAddr) -> String {
        self.add_as(address, "root", Auth::Auto).await
    }

    /// The same, for a user with a proof.
    pub(crate) async fn add_as(&self, address: SocketAddr, user: &str, auth: Auth) -> String {
        let new = NewServer {
            host: address.ip().to_string(),
            port: Some(address.port()),
            user: user.to_owned(),
            auth,
            ..NewServer::default()
        };
        let id = self.engine.add(new).unwrap().profile.id;
        self.connect_to(&id).await;
        id
    }

    /// Connects to a server, whose key is trusted when that is asked.
    pub(crate) async fn connect_to(&self, id: &str) {
        let mut changes = self.engine.changes();
        self.engine.connect(id).unwrap();
        let connected = async {
            loop {
                changes.mark_unchanged();
                match self.engine.server(id).unwrap().state {
                    ConnectionState::Connected { .. } => return,
                    ConnectionState::Question { question } => {
                        let trust = Answer::Trust { trust: true };
                        self.engine.answer(id, question.id(), trust).unwrap();
                    }
                    ConnectionState::Failed { error } => panic!("{error:?}"),
                    _ => changes.changed().await.unwrap(),
                }
            }
        };
        tokio::time::timeout(PATIENCE, connected).await.unwrap();
    }

    pub(crate) fn work(&self) -> PathBuf {
        self.folder.path().join("work").canonicalize().unwrap()
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home").canonicalize().unwrap()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) async fn files(&self) -> ServerFilesToChange {
        self.engine.files_to_change(HERE).await.unwrap()
    }

    /// Does a job until it is over or asks.
    pub(crate) async fn job(&self, new: NewFileJob) -> FileJob {
        let begun = self.engine.begin_file_job(new, Some("This computer"));
        let id = begun.unwrap().id;
        self.until(&id, |state| state.is_over() || state == JobState::Asking)
            .await
    }

    /// Waits until a job is over.
    pub(crate) async fn over(&self, id: &str) -> FileJob {
        self.until(id, JobState::is_over).await
    }

    async fn until(&self, id: &str, reached: impl Fn(JobState) -> bool) -> FileJob {
        let waiting = async {
            loop {
                let job = self.engine.file_job(id).unwrap();
                if reached(job.state) {
                    return job;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap()
    }

    pub(crate) fn copy(&self, from: &Path, to: &Path, conflict: Conflict) -> NewFileJob {
        NewFileJob::Copy(self.transfer(from, to, conflict))
    }

    pub(crate) fn transfer(&self, from: &Path, to: &Path, conflict: Conflict) -> Transfer {
        Transfer {
            priority: Priority::default(),
            server: HERE.to_owned(),
            paths: vec![path(from)],
            to_server: HERE.to_owned(),
            to_folder: path(to),
            to_names: None,
            conflict,
            resume: false,
            verify: true,
        }
    }
}

pub(crate) fn path(path: &Path) -> RemotePath {
    RemotePath::from_bytes(path.as_os_str().as_bytes()).unwrap()
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<Vec<u8>> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().as_bytes().to_vec())
        .collect();
    names.sort();
    names
}

/// The permission bits, of a link itself.
pub(crate) fn mode(file: &Path) -> u32 {
    fs::symlink_metadata(file).unwrap().permissions().mode() & 0o7777
}

/// A stream that breaks after some more bytes, in both directions together.
#[derive(Clone, Default)]
pub(crate) struct Cut {
    /// Bytes until then; `None`: it does not.
    left: Arc<std::sync::Mutex<Option<usize>>>,
}

impl Cut {
    pub(crate) fn after(&self, bytes: usize) {
        *self.left.lock().unwrap() = Some(bytes);
    }

    pub(crate) fn never(&self) {
        *self.left.lock().unwrap() = None;
    }

    /// Whether that many bytes may still pass.
    fn passes(&self, bytes: usize) -> bool {
        let mut left = self.left.lock().unwrap();
        match left.as_mut().map(|left| left.checked_sub(bytes)) {
            None => true,
            Some(Some(rest)) => {
                *left = Some(rest);
                true
            }
            Some(None) => {
                *left = Some(0);
                false
            }
        }
    }

    /// The stream, through the cut.
    fn through(&self, inner: DuplexStream) -> DuplexStream {
        let (outer, ours) = tokio::io::duplex(1 << 20);
        self.join(inner, ours);
        outer
    }

    /// A way to a server, through the cut: gives where to connect to.
    pub(crate) async fn way_to(&self, server: String) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let cut = self.clone();
        tokio::spawn(async move {
            while let Ok((ours, _)) = listener.accept().await {
                if let Ok(theirs) = tokio::net::TcpStream::connect(&server).await {
                    cut.join(theirs, ours);
                }
            }
        });
        address
    }

    fn join(
        &self,
        server: impl AsyncRead + AsyncWrite + Send + 'static,
        client: impl AsyncRead + AsyncWrite + Send + 'static,
    ) {
        let (from_server, to_server) = tokio::io::split(server);
        let (from_client, to_client) = tokio::io::split(client);
        let (one, other) = (self.clone(), self.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = one.carry(from_server, to_client) => {}
                () = other.carry(from_client, to_server) => {}
            }
        });
    }

    async fn carry<S: AsyncRead + AsyncWrite>(
        self,
        mut from: ReadHalf<S>,
        mut to: WriteHalf<impl AsyncWrite>,
    ) {
        let mut buffer = vec![0; 4096];
        loop {
            match from.read(&mut buffer).await {
                Ok(bytes) if bytes > 0 && self.passes(bytes) => {
                    if to.write_all(buffer.get(..bytes).unwrap()).await.is_err() {
                        return;
                    }
                }
                _ => return,
            }
        }
    }
}
