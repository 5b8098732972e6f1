//! The requests of the draft, answered from the user's own files.
//!
//! Invariant: paths and names are the bytes that the system has, changed by nothing; an empty path
//! names nothing, so that nobody deletes the home folder by leaving one out. All of it may block.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use sftp::{Answer, Attributes, Entry, Request, code, open};

use super::{
    failure::Failure,
    handles::{Handles, Opened},
};
use crate::platform::{self, Account};

/// The longest read, and write, in one; as for OpenSSH.
pub(super) const MAX_READ_BYTES: usize = 255 * 1024;

/// Names in one reply to a folder's reading; as many as OpenSSH sends.
const NAMES_PER_REPLY: usize = 100;

/// One SFTP session: what it has open, and where relative paths start.
pub(super) struct Files {
    account: Arc<Account>,
    pub(super) handles: Handles,
    /// What is read goes through here, so that memory is not taken anew for each read.
    buffer: Vec<u8>,
}

impl Files {
    pub(super) fn new(account: Arc<Account>) -> Self {
        Self {
            account,
            handles: Handles::default(),
            buffer: Vec::new(),
        }
    }

    /// Does what is asked, or says why not.
    pub(super) fn answer(&mut self, request: Request, is_gone: &dyn Fn() -> bool) -> Answer {
        self.done(request, is_gone).unwrap_or_else(Answer::from)
    }

    fn done(&mut self, request: Request, is_gone: &dyn Fn() -> bool) -> Result<Answer, Failure> {
        match request {
            Request::Open {
                path,
                flags,
                attributes,
            } => return self.open(&path, flags, &attributes),
            Request::Close { handle } => {
                if let Opened::File { file, .. } = self.handles.remove(&handle)? {
                    platform::close(file)?;
                }
            }
            Request::Read {
                handle,
                offset,
                len,
            } => return self.read(&handle, offset, len),
            Request::Write {
                handle,
                offset,
                data,
            } => {
                let (file, appends) = self.handles.file(&handle)?;
                platform::write_at(file, &data, offset, appends)?;
            }
            Request::LStat { path } => return told(&fs::symlink_metadata(self.path(&path)?)?),
            Request::Stat { path } => return told(&fs::metadata(self.path(&path)?)?),
            Request::FStat { handle } => return told(&self.handles.file(&handle)?.0.metadata()?),
            Request::SetStat { path, attributes } => {
                platform::change(&self.path(&path)?, &attributes)?;
            }
            Request::FSetStat { handle, attributes } => {
                platform::change_open(self.handles.file(&handle)?.0, &attributes)?;
            }
            Request::OpenDir { path } => {
                self.handles.room_for_another()?;
                let folder = fs::read_dir(self.path(&path)?)?;
                return Ok(Answer::Handle(self.handles.keep(Opened::Folder(folder))));
            }
            Request::ReadDir { handle } => return self.list(&handle),
            Request::Remove { path } => fs::remove_file(self.path(&path)?)?,
            Request::MkDir { path, attributes } => {
                platform::make_folder(&self.path(&path)?, attributes.permissions())?;
            }
            Request::RmDir { path } => fs::remove_dir(self.path(&path)?)?,
            Request::RealPath { path } => {
                let path = if path.is_empty() { &b"."[..] } else { &path };
                return one_path(&real_path(&self.path(path)?)?);
            }
            Request::Rename { from, to } => {
                platform::rename(&self.path(&from)?, &self.path(&to)?)?;
            }
            Request::ReadLink { path } => return one_path(&fs::read_link(self.path(&path)?)?),
            Request::SymLink { target, path } => {
                platform::make_link(&target, &self.path(&path)?)?;
            }
            Request::Extended(extension) => return self.extended(extension, is_gone),
        }
        Ok(Answer::status(code::OK))
    }

    /// A path as the system takes it; relative ones start in the home folder.
    pub(super) fn path(&self, path: &[u8]) -> Result<PathBuf, Failure> {
        if path.is_empty() {
            return Err(ErrorKind::NotFound.into());
        }
        Ok(self.account.home().join(platform::path(path)?))
    }

    fn open(&mut self, path: &[u8], flags: u32, wanted: &Attributes) -> Result<Answer, Failure> {
        self.handles.room_for_another()?;
        let file = platform::open(&self.path(path)?, flags, wanted.permissions())?;
        if file.metadata()?.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let appends = flags & open::APPEND != 0;
        let opened = Opened::File { file, appends };
        Ok(Answer::Handle(self.handles.keep(opened)))
    }

    fn read(&mut self, handle: &[u8], offset: u64, len: u32) -> Result<Answer, Failure> {
        let (file, _) = self.handles.file(handle)?;
        self.buffer.resize(MAX_READ_BYTES, 0);
        let len = MAX_READ_BYTES.min(len as usize);
        let room = self.buffer.get_mut(..len).unwrap_or_default();
        let read_bytes = platform::read_at(file, room, offset)?;
        if read_bytes == 0 && len > 0 {
            return Ok(Answer::status(code::EOF));
        }
        let read = room.get(..read_bytes).unwrap_or_default();
        Ok(Answer::Data(Bytes::copy_from_slice(read)))
    }

    fn list(&mut self, handle: &[u8]) -> Result<Answer, Failure> {
        let folder = self.handles.folder(handle)?;
        let mut entries = Vec::new();
        while entries.len() < NAMES_PER_REPLY {
            match folder.next() {
                // A name that SFTP cannot say, which is so only where names are no bytes.
                Some(Ok(entry)) => entries.extend(entry_of(&entry)),
                // What has been read is told first; the next reply will say it.
                Some(Err(_)) if !entries.is_empty() => break,
                Some(Err(error)) => return Err(error.into()),
                None => break,
            }
        }
        if entries.is_empty() {
            return Ok(Answer::status(code::EOF));
        }
        Ok(Answer::Name(entries))
    }
}

fn entry_of(entry: &fs::DirEntry) -> Option<Entry> {
    let name = platform::name(&entry.file_name())?;
    Some(match entry.metadata() {
        Ok(metadata) => Entry {
            long_name: platform::long_name(&name, &metadata),
            attributes: platform::attributes(&metadata),
            name,
        },
        // It went away meanwhile, and is listed without attributes, as `ls` would show it.
        Err(_) => named(name),
    })
}

fn named(name: Bytes) -> Entry {
    Entry {
        long_name: name.clone(),
        name,
        attributes: Attributes::default(),
    }
}

fn told(metadata: &fs::Metadata) -> Result<Answer, Failure> {
    Ok(Answer::Attributes(platform::attributes(metadata)))
}

fn one_path(path: &Path) -> Result<Answer, Failure> {
    let name = platform::name(path.as_os_str()).ok_or(ErrorKind::InvalidData)?;
    Ok(Answer::Name(vec![named(name)]))
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
