//! Files that come from a page: any number of them in one stream.
//!
//! Invariant: a file takes its place when all of it has come; one that fails does not end the others.

use bytes::{Buf, Bytes, BytesMut};
use catalog::arguments::RemotePath;
use futures::{Stream, StreamExt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ssh::{FileError, Metadata};

use super::{
    Doing, Problem, ServerFilesToChange,
    jobs::is_lost,
    part::{Part, RESUMED_BYTES, Whole},
};
use crate::{
    Error, ErrorBody,
    confirm::{self, WRITING_OVER},
    journal::Begun,
};

/// What the journal calls it.
const UPLOAD: &str = "files.upload";
/// The longest header of a file in the stream.
const HEADER_BYTES: usize = 64 * 1024;
/// Files whose end is waited for at once.
const SIDE_BY_SIDE: usize = 64;

/// What stands before the bytes of each file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Header {
    path: RemotePath,
    /// A folder, without bytes.
    #[serde(default)]
    folder: bool,
    #[serde(default)]
    offset: u64,
    /// So many bytes follow.
    #[serde(default)]
    length: u64,
    #[serde(default)]
    size_bytes: u64,
    modified_at: Option<u32>,
    #[serde(default)]
    replace: bool,
    /// The server's name, where it is a production server and the file may take another's place.
    confirm: Option<String>,
}

/// What became of the files, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Uploaded {
    /// One for each.
    pub results: Vec<UploadResult>,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UploadResult {
    /// Its path.
    pub path: RemotePath,
    /// Why it did not succeed; `null`: it did.
    pub error: Option<ErrorBody>,
}

/// The stream, with what came and is not yet taken.
struct Stretch<S> {
    stream: S,
    buffer: BytesMut,
}

impl<S, E> Stretch<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    /// Whether so many bytes came; less only at the end.
    async fn fill(&mut self, bytes: usize) -> Result<bool, Error> {
        while self.buffer.len() < bytes {
            match self.stream.next().await {
                Some(Ok(more)) => self.buffer.extend_from_slice(&more),
                Some(Err(_)) => return Err(broken("the upload broke off")),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Bytes of a file, at most so many; `None`: the stream ended.
    async fn take(&mut self, most: u64) -> Result<Option<Bytes>, Error> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if self.buffer.is_empty() {
            match self.stream.next().await {
                // Nothing of it has to be kept.
                Some(Ok(more)) if more.len() <= most => return Ok(Some(more)),
                Some(Ok(more)) => self.buffer.extend_from_slice(&more),
                Some(Err(_)) => return Err(broken("the upload broke off")),
                None => return Ok(None),
            }
        }
        Ok(Some(
            self.buffer.split_to(self.buffer.len().min(most)).freeze(),
        ))
    }

    async fn header(&mut self) -> Result<Option<Header>, Error> {
        if !self.fill(4).await? {
            return match self.buffer.is_empty() {
                true => Ok(None),
                false => Err(broken("the upload ends within a header")),
            };
        }
        let length = self.buffer.get_u32() as usize;
        if length > HEADER_BYTES {
            return Err(broken("a header of the upload is too long"));
        }
        if !self.fill(length).await? {
            return Err(broken("the upload ends within a header"));
        }
        let header: Header = serde_json::from_slice(&self.buffer.split_to(length))
            .map_err(|error| broken(&format!("a header of the upload is not right: {error}")))?;
        match header.offset.checked_add(header.length) {
            Some(end) if end <= header.size_bytes => Ok(Some(header)),
            _ => Err(broken(
                "a header of the upload claims more bytes than the file has",
            )),
        }
    }
}

fn broken(words: &str) -> Error {
    Error::Invalid(words.to_owned())
}

impl ServerFilesToChange {
    /// Takes files as they come: before each a header's length (4 bytes, big-endian), the header
    /// (JSON), then the file's bytes.
    ///
    /// # Errors
    /// The stream is not made like that, or breaks off. What came whole before is in its place.
    pub async fn upload<S, E>(&self, stream: S) -> Result<Uploaded, Error>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let mut stretch = Stretch {
            stream,
            buffer: BytesMut::new(),
        };
        let mut results: Vec<UploadResult> = Vec::new();
        let mut small = futures::stream::FuturesUnordered::new();
        while let Some(header) = stretch.header().await? {
            let place = results.len();
            results.push(UploadResult {
                path: header.path.clone(),
                error: None,
            });
            if header.folder {
                // What comes next lies in it.
                let begun = self.begin(UPLOAD, &header.path).await?;
                let made = self.folder_of_upload(&header.path).await;
                begun.end_of(&made);
                set(&mut results, place, made);
                continue;
            }
            let is_small = header.offset == 0 && header.length < RESUMED_BYTES;
            if is_small && header.length == header.size_bytes {
                let length = usize::try_from(header.length).unwrap_or(usize::MAX);
                if !stretch.fill(length).await? {
                    return Err(broken("the upload broke off"));
                }
                let bytes = stretch.buffer.split_to(length).freeze();
                small.push(async move { (place, self.small(&header, bytes).await) });
                while small.len() >= SIDE_BY_SIDE
                    && let Some((place, done)) = small.next().await
                {
                    set(&mut results, place, done);
                }
            } else {
                let begun = self.begin(UPLOAD, &header.path).await?;
                let done = self.large(&header, &mut stretch).await?;
                note(begun, header.length, &done);
                set(&mut results, place, done);
            }
        }
        while let Some((place, done)) = small.next().await {
            set(&mut results, place, done);
        }
        drop(small);
        Ok(Uploaded { results })
    }

    async fn folder_of_upload(&self, path: &RemotePath) -> Result<(), Error> {
        match self.files.make_folder(path, None).await {
            Err(FileError::Failed { .. }) => {
                let there = self.files.stat(path).await;
                let there = self.told(path, Doing::Make, there).await?;
                if there.is_folder() {
                    return Ok(());
                }
                Err(self.refused(path, Doing::Make, Problem::NotAFolder))
            }
            result => self.told(path, Doing::Make, result).await,
        }
    }

    /// What the file will be; a file that is replaced keeps its mode.
    async fn whole(&self, header: &Header) -> Result<Whole, Error> {
        if header.replace && self.profile.production {
            confirm::check(&self.profile, WRITING_OVER, header.confirm.as_deref())?;
        }
        let there = match header.replace {
            true => match self.replaced(&header.path).await {
                Ok(there) if there.is_folder() => {
                    return Err(self.refused(&header.path, Doing::Write, Problem::IsAFolder));
                }
                Ok(there) => there,
                Err(_) => Metadata::default(),
            },
            false => Metadata::default(),
        };
        Ok(Whole {
            size_bytes: header.size_bytes,
            mode: there.permissions(),
            owner: there.owner,
            modified_at: header.modified_at,
            to_disk: header.replace && header.size_bytes >= RESUMED_BYTES,
        })
    }

    /// What a file takes the place of. A link is replaced itself: what it leads to lends nobody.
    async fn replaced(&self, path: &RemotePath) -> Result<Metadata, FileError> {
        let there = self.files.lstat(path).await?;
        if !there.is_link() {
            return Ok(there);
        }
        Ok(Metadata {
            owner: None,
            ..self.files.stat(path).await?
        })
    }

    async fn small(&self, header: &Header, bytes: Bytes) -> Result<(), Error> {
        let begun = self.begin(UPLOAD, &header.path).await?;
        let sent = async {
            let whole = self.whole(header).await?;
            let mut part = self.part(&header.path, whole, 0).await?;
            part.push(bytes).await?;
            part.finish(header.replace).await
        };
        let done = sent.await;
        note(begun, header.length, &done);
        done
    }

    /// The outer error ends the upload, the inner one this file alone.
    async fn large<S, E>(
        &self,
        header: &Header,
        stretch: &mut Stretch<S>,
    ) -> Result<Result<(), Error>, Error>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let begun: Result<Part, Error> = async {
            let whole = self.whole(header).await?;
            if !header.replace && matches!(self.files.exists(&header.path).await, Ok(true)) {
                return Err(self.refused(&header.path, Doing::Rename, Problem::AlreadyExists));
            }
            self.part(&header.path, whole, header.offset).await
        }
        .await;
        let mut part = match begun {
            Ok(part) => Ok(part),
            // The page need not send what cannot be kept.
            Err(error) if header.length > 16 * RESUMED_BYTES => return Err(error),
            Err(error) => Err(error),
        };
        let mut left = header.length;
        while left > 0 {
            let Some(bytes) = stretch.take(left).await? else {
                break;
            };
            left -= bytes.len() as u64;
            if let Ok(open) = &mut part
                && let Err(error) = open.push(bytes).await
            {
                let is_lost = is_lost(&error);
                if let Ok(open) = std::mem::replace(&mut part, Err(error))
                    && !is_lost
                {
                    open.give_up().await;
                }
            }
        }
        if left > 0 {
            // What came is written, to go on from.
            if let Ok(part) = part {
                part.finish(header.replace).await?;
            }
            return Err(broken("the upload broke off"));
        }
        Ok(match part {
            Ok(part) => part.finish(header.replace).await,
            Err(error) => Err(error),
        })
    }
}

/// Writes how a file's upload ended.
fn note(begun: Begun, bytes: u64, done: &Result<(), Error>) {
    let outcome = done.as_ref().map_or_else(Error::code, |()| "ok");
    begun.end(None, done.is_ok().then_some(bytes), outcome);
}

fn set(results: &mut [UploadResult], place: usize, done: Result<(), Error>) {
    if let Some(result) = results.get_mut(place) {
        result.error = done.err().map(|error| error.body());
    }
}
