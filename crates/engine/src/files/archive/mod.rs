//! Folders as one stream: a tar or zip archive, made while it is read.
//!
//! Invariant: a tar header says its size before the bytes come, so a file that became shorter meanwhile
//! is filled with zeros; whatever could not be read, and what others exchanged for something else
//! meanwhile, is named at the end; nothing is held but what is under way.

mod tar;
mod zip;

use std::{collections::BTreeSet, io};

use bytes::Bytes;
use catalog::arguments::RemotePath;
use ssh::Metadata;
use tokio::sync::mpsc;

use self::{
    tar::{Entry, Tar},
    zip::Zip,
};
use super::{
    Content, Doing, Kind, ServerFiles,
    ground::{Ground, Tops},
    walk::Walk,
};
use crate::Error;

/// What could not be read, as an entry of the archive.
const NOT_ARCHIVED: &[u8] = b"NOT-ARCHIVED.txt";
/// Pieces that wait for whoever reads them.
const PIECES: usize = 4;

/// How an archive is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArchiveFormat {
    /// Packed not at all; keeps every name, mode and owner.
    #[default]
    Tar,
    /// Packed a little, for computers without tar; names become UTF-8.
    Zip,
}

impl ServerFiles {
    /// The paths with all that is below as one archive; dropping the receiver ends it. What could
    /// not be read is listed in its last entry, `NOT-ARCHIVED.txt`.
    ///
    /// # Errors
    /// One of the paths cannot be looked at.
    pub async fn archive(
        &self,
        paths: Vec<RemotePath>,
        format: ArchiveFormat,
    ) -> Result<mpsc::Receiver<Result<Bytes, Error>>, Error> {
        let mut tops = Vec::new();
        for path in paths {
            match self.files.lstat(&path).await {
                Ok(metadata) => tops.push((path, metadata)),
                Err(error) => return Err(self.failed(&path, Doing::Look, error).await),
            }
        }
        let (pieces, receiver) = mpsc::channel(PIECES);
        let archive = Archive {
            files: self.clone(),
            pieces,
            form: match format {
                ArchiveFormat::Tar => Form::Tar(Tar::default()),
                ArchiveFormat::Zip => Form::Zip(Box::new(Zip::new())),
            },
            unread: Vec::new(),
            unread_count: 0,
        };
        tokio::spawn(archive.run(tops));
        Ok(receiver)
    }
}

/// Lines about what could not be archived; more are counted.
const MOST_UNREAD: usize = 10_000;

/// Nobody reads any more.
struct Gone;

enum Form {
    Tar(Tar),
    Zip(Box<Zip>),
}

struct Archive {
    files: ServerFiles,
    form: Form,
    pieces: mpsc::Sender<Result<Bytes, Error>>,
    /// Lines for people, the first of them.
    unread: Vec<String>,
    /// How many there were.
    unread_count: u64,
}

impl Archive {
    async fn run(self, tops: Vec<(RemotePath, Metadata)>) {
        // A failure means that nobody reads any more.
        let _ = self.all(tops).await;
    }

    async fn all(mut self, tops: Vec<(RemotePath, Metadata)>) -> Result<(), Gone> {
        let mut grounds = Tops::default();
        // A second one of a name would be unpacked over the first, or through it where that is a link.
        let mut names = BTreeSet::from([NOT_ARCHIVED.to_vec()]);
        for (path, metadata) in tops {
            let name = path.split().map(|(_, name)| name.as_bytes().to_vec());
            if name.is_some_and(|name| !names.insert(name)) {
                let words = format!("{path}: another of its name is in the archive");
                self.leave_out(words);
                continue;
            }
            let around = match grounds.around(&self.files, &path).await {
                Ok(around) => around,
                Err(error) => {
                    let error = self.files.failed(&path, Doing::Look, error).await;
                    self.missed(&error);
                    continue;
                }
            };
            let base = path
                .split()
                .map_or_else(|| path.clone(), |(folder, _)| folder);
            self.one(&base, (&around, &path), &metadata).await?;
            let top = path.split().map_or_else(
                || Some(around.clone()),
                |(_, name)| around.inside(&name, &metadata),
            );
            let Some(top) = top.filter(|_| metadata.is_folder()) else {
                continue;
            };
            let mut walk = Walk::new(self.files.files.clone(), vec![top]);
            while let Some((folder, entries)) = walk.next().await {
                let entries = match entries {
                    Ok(entries) => entries,
                    Err(error) => {
                        let folder = &folder.path;
                        let error = self.files.failed_by(folder, Doing::List, error).await;
                        self.missed(&error);
                        continue;
                    }
                };
                for entry in entries {
                    if let Ok(path) = folder.path.join(&entry.name) {
                        self.one(&base, (&folder, &path), &entry.metadata).await?;
                    }
                }
            }
        }
        if !self.unread.is_empty() {
            let mut text = self.unread.join("\n");
            text.push('\n');
            let more = self.unread_count - self.unread.len() as u64;
            if more > 0 {
                text.push_str(&format!("and {more} more\n"));
            }
            self.note(NOT_ARCHIVED, text.into_bytes()).await?;
        }
        let Self { form, pieces, .. } = self;
        let end = match form {
            Form::Tar(_) => Ok(Tar::finish()),
            Form::Zip(zip) => zip.finish(),
        };
        let end = end
            .map(Bytes::from)
            .map_err(|error| Error::Invalid(error.to_string()));
        pieces.send(end).await.map_err(|_| Gone)
    }

    /// A file of our own.
    async fn note(&mut self, name: &[u8], text: Vec<u8>) -> Result<(), Gone> {
        let (root, metadata) = (RemotePath::root(), Metadata::default());
        let size = text.len() as u64;
        let written = match &mut self.form {
            Form::Tar(tar) => {
                let mut written = tar.begin(name, &metadata, Entry::File { size });
                tar.passes(text.len());
                written.extend(text);
                written.extend(tar.end().unwrap_or_default());
                Ok(written)
            }
            Form::Zip(zip) => zip.file(name, &metadata).and_then(|mut written| {
                written.extend(zip.push(&text)?);
                Ok(written)
            }),
        };
        self.pass(&root, written).await
    }

    async fn one(
        &mut self,
        base: &RemotePath,
        (folder, path): (&Ground, &RemotePath),
        metadata: &Metadata,
    ) -> Result<(), Gone> {
        let name = path.as_bytes().strip_prefix(base.as_bytes());
        let mut name = name.unwrap_or(path.as_bytes());
        name = name.strip_prefix(b"/").unwrap_or(name);
        if name.is_empty() {
            return Ok(());
        }
        match Kind::of(metadata) {
            Kind::Folder => {
                let name = [name, b"/"].concat();
                let head = match &mut self.form {
                    Form::Tar(tar) => Ok(tar.begin(&name, metadata, Entry::Folder)),
                    Form::Zip(zip) => zip.folder(&name, metadata),
                };
                self.pass(path, head).await
            }
            Kind::Link => match self.files.files.read_link(path).await {
                Ok(target) => {
                    let target = &target;
                    let head = match &mut self.form {
                        Form::Tar(tar) => Ok(tar.begin(name, metadata, Entry::Link { target })),
                        Form::Zip(zip) => zip.link(name, metadata, target),
                    };
                    self.pass(path, head).await
                }
                Err(error) => {
                    let error = self.files.failed(path, Doing::Read, error).await;
                    self.missed(&error);
                    Ok(())
                }
            },
            Kind::File | Kind::Unknown => match self.opened(folder, path, metadata).await {
                Ok(content) => self.file(path, name, metadata, content).await,
                Err(error) => {
                    self.missed(&error);
                    Ok(())
                }
            },
            _ => {
                let kind = format!("{path}: neither a file nor a folder nor a link");
                self.leave_out(kind);
                Ok(())
            }
        }
    }

    async fn opened(
        &self,
        folder: &Ground,
        path: &RemotePath,
        found: &Metadata,
    ) -> Result<Content, Error> {
        let content = self.files.content(path).await?;
        folder.check_opened(&content, found).await?;
        Ok(content)
    }

    fn missed(&mut self, error: &Error) {
        self.leave_out(error.body().message);
    }

    /// Notes for people what is not in the archive.
    fn leave_out(&mut self, line: String) {
        self.unread_count += 1;
        if self.unread.len() < MOST_UNREAD {
            self.unread.push(line);
        }
    }

    async fn file(
        &mut self,
        path: &RemotePath,
        name: &[u8],
        metadata: &Metadata,
        mut content: Content,
    ) -> Result<(), Gone> {
        let size = content.size_bytes();
        let head = match &mut self.form {
            Form::Tar(tar) => Ok(tar.begin(name, metadata, Entry::File { size })),
            Form::Zip(zip) => zip.file(name, metadata),
        };
        self.pass(path, head).await?;
        loop {
            let bytes = match content.next().await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => break,
                Err(error) => {
                    self.missed(&error);
                    break;
                }
            };
            match &mut self.form {
                Form::Tar(tar) => {
                    let passes = tar.passes(bytes.len());
                    self.send(bytes.slice(..passes)).await?;
                }
                Form::Zip(zip) => {
                    let packed = zip.push(&bytes);
                    self.pass(path, packed).await?;
                }
            }
        }
        while let Form::Tar(tar) = &mut self.form
            && let Some(rest) = tar.end()
        {
            self.send(rest).await?;
        }
        Ok(())
    }

    /// Sends what was written; what could not be is named.
    async fn pass(&mut self, path: &RemotePath, written: io::Result<Vec<u8>>) -> Result<(), Gone> {
        match written {
            Ok(bytes) if bytes.is_empty() => Ok(()),
            Ok(bytes) => self.send(bytes).await,
            Err(error) => {
                self.leave_out(format!("{path}: {error}"));
                Ok(())
            }
        }
    }

    async fn send(&mut self, bytes: impl Into<Bytes> + Send) -> Result<(), Gone> {
        self.pieces.send(Ok(bytes.into())).await.map_err(|_| Gone)
    }
}
