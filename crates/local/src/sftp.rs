//! The `sftp` subsystem, version 3: the reading half, over the user's own files.
//!
//! Invariant: it changes nothing (every request that would is answered "operation unsupported"),
//! holds no more than [`MAX_HANDLES`] files and folders open, and waits for a disk only on threads
//! that may block.

use std::{
    collections::HashMap,
    fs::{self, File, ReadDir},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use russh_sftp::{
    extensions::LIMITS,
    protocol::{
        Attrs, Data, ExtendedReply, File as Entry, FileAttributes, Handle, Name, OpenFlags, Packet,
        Status, StatusCode, Version,
    },
    server::{Handler, StatusReply},
};
use tokio::task::spawn_blocking;

use crate::platform::{self, Account};

/// The longest packet, and the longest read in one, that OpenSSH's server takes too.
const MAX_PACKET_BYTES: u32 = 256 * 1024;
const MAX_READ_BYTES: u32 = 255 * 1024;

const MAX_HANDLES: usize = 1024;

/// Names in one reply to a folder's reading; as many as OpenSSH sends.
const NAMES_PER_REPLY: usize = 100;

/// One SFTP session: what it has open, and where relative paths start.
pub(crate) struct Files {
    account: Arc<Account>,
    open: HashMap<String, Opened>,
    last_handle: u64,
}

#[derive(Clone)]
enum Opened {
    File(Arc<File>),
    Folder(Arc<Mutex<ReadDir>>),
}

impl Files {
    pub(crate) fn new(account: Arc<Account>) -> Self {
        Self {
            account,
            open: HashMap::new(),
            last_handle: 0,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.account.home().join(path)
    }

    fn keep(&mut self, id: u32, opened: Opened) -> Handle {
        self.last_handle += 1;
        let handle = self.last_handle.to_string();
        self.open.insert(handle.clone(), opened);
        Handle { id, handle }
    }

    fn room_for_another(&self) -> Result<(), StatusReply> {
        if self.open.len() < MAX_HANDLES {
            return Ok(());
        }
        Err(StatusCode::Failure.with_message("too many open files"))
    }

    fn file(&self, handle: &str) -> Result<Arc<File>, StatusReply> {
        match self.open.get(handle) {
            Some(Opened::File(file)) => Ok(Arc::clone(file)),
            _ => Err(unknown_handle()),
        }
    }

    fn folder(&self, handle: &str) -> Result<Arc<Mutex<ReadDir>>, StatusReply> {
        match self.open.get(handle) {
            Some(Opened::Folder(folder)) => Ok(Arc::clone(folder)),
            _ => Err(unknown_handle()),
        }
    }
}

impl Handler for Files {
    type Error = StatusReply;

    fn unimplemented(&self) -> StatusReply {
        StatusCode::OpUnsupported.into()
    }

    async fn init(
        &mut self,
        _version: u32,
        _extensions: HashMap<String, String>,
    ) -> Result<Version, StatusReply> {
        let mut version = Version::new();
        version.extensions.insert(LIMITS.to_owned(), "1".to_owned());
        Ok(version)
    }

    async fn open(
        &mut self,
        id: u32,
        path: String,
        flags: OpenFlags,
        _attributes: FileAttributes,
    ) -> Result<Handle, StatusReply> {
        if flags.bits() != OpenFlags::READ.bits() {
            return Err(self.unimplemented());
        }
        self.room_for_another()?;
        let path = self.path(&path);
        let file = blocking(move || {
            let file = platform::open(&path)?;
            if file.metadata()?.is_dir() {
                return Err(ErrorKind::IsADirectory.into());
            }
            Ok(file)
        })
        .await?;
        Ok(self.keep(id, Opened::File(Arc::new(file))))
    }

    async fn close(&mut self, id: u32, handle: String) -> Result<Status, StatusReply> {
        let opened = self.open.remove(&handle).ok_or_else(unknown_handle)?;
        blocking(move || {
            drop(opened);
            Ok(())
        })
        .await?;
        Ok(Status {
            id,
            status_code: StatusCode::Ok,
            error_message: StatusCode::Ok.to_string(),
            language_tag: "en".to_owned(),
        })
    }

    async fn read(
        &mut self,
        id: u32,
        handle: String,
        offset: u64,
        len: u32,
    ) -> Result<Data, StatusReply> {
        let file = self.file(&handle)?;
        let data = blocking(move || {
            let len_bytes = usize::try_from(len.min(MAX_READ_BYTES)).unwrap_or_default();
            let mut data = vec![0; len_bytes];
            let read_bytes = platform::read_at(&file, &mut data, offset)?;
            data.truncate(read_bytes);
            Ok(data)
        })
        .await?;
        if data.is_empty() && len > 0 {
            return Err(StatusCode::Eof.into());
        }
        Ok(Data { id, data })
    }

    async fn stat(&mut self, id: u32, path: String) -> Result<Attrs, StatusReply> {
        let path = self.path(&path);
        attributes(id, move || fs::metadata(path)).await
    }

    async fn lstat(&mut self, id: u32, path: String) -> Result<Attrs, StatusReply> {
        let path = self.path(&path);
        attributes(id, move || fs::symlink_metadata(path)).await
    }

    async fn fstat(&mut self, id: u32, handle: String) -> Result<Attrs, StatusReply> {
        let file = self.file(&handle)?;
        attributes(id, move || file.metadata()).await
    }

    async fn opendir(&mut self, id: u32, path: String) -> Result<Handle, StatusReply> {
        self.room_for_another()?;
        let path = self.path(&path);
        let folder = blocking(move || fs::read_dir(path)).await?;
        Ok(self.keep(id, Opened::Folder(Arc::new(Mutex::new(folder)))))
    }

    async fn readdir(&mut self, id: u32, handle: String) -> Result<Name, StatusReply> {
        let folder = self.folder(&handle)?;
        let files = blocking(move || {
            let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
            let entries = folder.by_ref().take(NAMES_PER_REPLY);
            entries
                .map(|entry| entry.map(|entry| entry_of(&entry)))
                .collect::<io::Result<Vec<_>>>()
        })
        .await?;
        if files.is_empty() {
            return Err(StatusCode::Eof.into());
        }
        Ok(Name { id, files })
    }

    async fn realpath(&mut self, id: u32, path: String) -> Result<Name, StatusReply> {
        let path = self.path(&path);
        name(id, move || real_path(&path)).await
    }

    async fn readlink(&mut self, id: u32, path: String) -> Result<Name, StatusReply> {
        let path = self.path(&path);
        name(id, move || fs::read_link(path)).await
    }

    async fn extended(
        &mut self,
        id: u32,
        request: String,
        _data: Vec<u8>,
    ) -> Result<Packet, StatusReply> {
        if request != LIMITS {
            return Err(self.unimplemented());
        }
        let handles = u64::try_from(MAX_HANDLES).unwrap_or(u64::MAX);
        let limits = [
            MAX_PACKET_BYTES.into(),
            MAX_READ_BYTES.into(),
            MAX_READ_BYTES.into(),
            handles,
        ];
        let data = limits.into_iter().flat_map(u64::to_be_bytes).collect();
        Ok(Packet::ExtendedReply(ExtendedReply { id, data }))
    }
}

/// Names are sent as text: a name that is not UTF-8 arrives with replacement characters.
fn entry_of(entry: &fs::DirEntry) -> Entry {
    // An entry that went away meanwhile is listed without attributes, as `ls` would show it.
    let attributes = entry
        .metadata()
        .map(|metadata| platform::attributes(&metadata));
    let name = entry.file_name().to_string_lossy().into_owned();
    Entry::new(name, attributes.unwrap_or_default())
}

/// The path without links and dots; the last part need not exist, as for OpenSSH.
fn real_path(path: &Path) -> io::Result<PathBuf> {
    match (fs::canonicalize(path), path.parent(), path.file_name()) {
        (Err(error), Some(folder), Some(name)) if error.kind() == ErrorKind::NotFound => {
            Ok(fs::canonicalize(folder)?.join(name))
        }
        (found, ..) => found,
    }
}

async fn attributes(
    id: u32,
    metadata: impl FnOnce() -> io::Result<fs::Metadata> + Send + 'static,
) -> Result<Attrs, StatusReply> {
    let attrs = blocking(move || Ok(platform::attributes(&metadata()?))).await?;
    Ok(Attrs { id, attrs })
}

async fn name(
    id: u32,
    path: impl FnOnce() -> io::Result<PathBuf> + Send + 'static,
) -> Result<Name, StatusReply> {
    let path = blocking(path).await?;
    let files = vec![Entry::dummy(path.to_string_lossy())];
    Ok(Name { id, files })
}

/// Does `work` where it may block, and names its failure as SFTP does.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StatusReply> {
    match spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(match error.kind() {
            ErrorKind::NotFound => StatusCode::NoSuchFile.into(),
            ErrorKind::PermissionDenied => StatusCode::PermissionDenied.into(),
            _ => StatusCode::Failure.with_message(error.to_string()),
        }),
        Err(_) => Err(StatusCode::Failure.with_message("the program is ending")),
    }
}

fn unknown_handle() -> StatusReply {
    StatusCode::Failure.with_message("no such handle")
}
