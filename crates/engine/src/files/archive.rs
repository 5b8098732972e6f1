//! Folders as one stream: a tar archive in the pax format (POSIX.1-2001), made while it is read.
//!
//! Invariant: an entry's header says its size before its bytes come, so a file that became shorter
//! meanwhile is filled with zeros and named at the end; nothing is held but what is under way.

use bytes::{Bytes, BytesMut};
use catalog::arguments::RemotePath;
use ssh::Metadata;
use tokio::sync::mpsc;

use super::{Doing, Kind, ServerFiles, walk::Walk};
use crate::Error;

const BLOCK: usize = 512;
/// Pieces that wait for whoever reads them.
const PIECES: usize = 4;

impl ServerFiles {
    /// The paths with all that is below as one archive; dropping the receiver ends it. What could
    /// not be read is listed in its last entry, `NOT-ARCHIVED.txt`.
    ///
    /// # Errors
    /// One of the paths cannot be looked at.
    pub async fn archive(
        &self,
        paths: Vec<RemotePath>,
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
            unread: Vec::new(),
        };
        tokio::spawn(archive.run(tops));
        Ok(receiver)
    }
}

/// Nobody reads any more.
struct Gone;

struct Archive {
    files: ServerFiles,
    pieces: mpsc::Sender<Result<Bytes, Error>>,
    /// Lines for people.
    unread: Vec<String>,
}

impl Archive {
    async fn run(mut self, tops: Vec<(RemotePath, Metadata)>) {
        // A failure means that nobody reads any more.
        let _ = self.all(tops).await;
    }

    async fn all(&mut self, tops: Vec<(RemotePath, Metadata)>) -> Result<(), Gone> {
        for (path, metadata) in tops {
            let base = path
                .split()
                .map_or_else(|| path.clone(), |(folder, _)| folder);
            self.one(&base, &path, &metadata).await?;
            if !metadata.is_folder() {
                continue;
            }
            let mut walk = Walk::new(self.files.files.clone(), vec![path]);
            while let Some((folder, entries)) = walk.next().await {
                let entries = match entries {
                    Ok(entries) => entries,
                    Err(error) => {
                        let error = self.files.failed(&folder, Doing::List, error).await;
                        self.unread.push(error.body().message);
                        continue;
                    }
                };
                for entry in entries {
                    if let Ok(path) = folder.join(&entry.name) {
                        self.one(&base, &path, &entry.metadata).await?;
                    }
                }
            }
        }
        if !self.unread.is_empty() {
            let mut text = self.unread.join("\n").into_bytes();
            text.push(b'\n');
            let size = text.len() as u64;
            self.header(b"NOT-ARCHIVED.txt", &Metadata::default(), b'0', size, b"")
                .await?;
            self.send(padded(text)).await?;
        }
        self.send(vec![0; 2 * BLOCK]).await
    }

    async fn one(
        &mut self,
        base: &RemotePath,
        path: &RemotePath,
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
                self.header(&name, metadata, b'5', 0, b"").await
            }
            Kind::Link => match self.files.files.read_link(path).await {
                Ok(target) => self.header(name, metadata, b'2', 0, &target).await,
                Err(error) => self.missed(path, error).await,
            },
            Kind::File | Kind::Unknown => self.file(path, name, metadata).await,
            _ => {
                let kind = format!("{path}: neither a file nor a folder nor a link");
                self.unread.push(kind);
                Ok(())
            }
        }
    }

    async fn missed(&mut self, path: &RemotePath, error: ssh::FileError) -> Result<(), Gone> {
        let error = self.files.failed(path, Doing::Read, error).await;
        self.unread.push(error.body().message);
        Ok(())
    }

    async fn file(
        &mut self,
        path: &RemotePath,
        name: &[u8],
        metadata: &Metadata,
    ) -> Result<(), Gone> {
        let mut content = match self.files.content(path).await {
            Ok(content) => content,
            Err(error) => {
                self.unread.push(error.body().message);
                return Ok(());
            }
        };
        let size = content.size_bytes();
        self.header(name, metadata, b'0', size, b"").await?;
        let mut left = size;
        while left > 0 {
            match content.next().await {
                Ok(Some(bytes)) => {
                    left = left.saturating_sub(bytes.len() as u64);
                    self.send(bytes).await?;
                }
                Ok(None) => break,
                Err(error) => {
                    self.unread.push(error.body().message);
                    break;
                }
            }
        }
        while left > 0 {
            let zeros = left.min(64 * 1024);
            self.send(vec![0; usize::try_from(zeros).unwrap_or(BLOCK)])
                .await?;
            left -= zeros;
        }
        let rest = usize::try_from(size % BLOCK as u64).unwrap_or(0);
        if rest > 0 {
            self.send(vec![0; BLOCK - rest]).await?;
        }
        Ok(())
    }

    async fn header(
        &mut self,
        name: &[u8],
        metadata: &Metadata,
        kind: u8,
        size: u64,
        target: &[u8],
    ) -> Result<(), Gone> {
        let mut out = BytesMut::new();
        let mut records = Vec::new();
        if name.len() > 100 || !name.is_ascii() {
            record(&mut records, "path", name);
        }
        if target.len() > 100 || !target.is_ascii() {
            record(&mut records, "linkpath", target);
        }
        if size > 0o77_777_777_777 {
            record(&mut records, "size", size.to_string().as_bytes());
        }
        if !records.is_empty() {
            let length = records.len() as u64;
            out.extend_from_slice(&block(
                b"././@PaxHeader",
                &Metadata::default(),
                b'x',
                length,
                b"",
            ));
            out.extend_from_slice(&padded(records));
        }
        out.extend_from_slice(&block(name, metadata, kind, size, target));
        self.send(out).await
    }

    async fn send(&mut self, bytes: impl Into<Bytes> + Send) -> Result<(), Gone> {
        self.pieces.send(Ok(bytes.into())).await.map_err(|_| Gone)
    }
}

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    bytes
}

/// A record of a pax header: its length, counted with itself, the key and the value.
fn record(records: &mut Vec<u8>, key: &str, value: &[u8]) {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    records.extend_from_slice(format!("{length} {key}=").as_bytes());
    records.extend_from_slice(value);
    records.push(b'\n');
}

/// A ustar header.
fn block(name: &[u8], metadata: &Metadata, kind: u8, size: u64, target: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, length: usize, bytes: &[u8]| {
        let kept = bytes.get(..bytes.len().min(length)).unwrap_or_default();
        if let Some(place) = block.get_mut(at..at + kept.len()) {
            place.copy_from_slice(kept);
        }
    };
    let octal = |value: u64, digits: usize| format!("{value:0digits$o}");
    let (user, group) = metadata.owner.unwrap_or_default();
    let modified = metadata.times.map_or(0, |(_, modified)| modified);
    // What does not fit is in the pax header, or not known to small fields.
    let within = |value: u64, most: u64| if value > most { 0 } else { value };
    put(0, 100, name);
    put(
        100,
        7,
        octal(u64::from(metadata.permissions().unwrap_or(0o644)), 7).as_bytes(),
    );
    put(
        108,
        7,
        octal(within(user.into(), 0o7_777_777), 7).as_bytes(),
    );
    put(
        116,
        7,
        octal(within(group.into(), 0o7_777_777), 7).as_bytes(),
    );
    put(
        124,
        11,
        octal(within(size, 0o77_777_777_777), 11).as_bytes(),
    );
    put(136, 11, octal(modified.into(), 11).as_bytes());
    put(148, 8, b"        ");
    put(156, 1, &[kind]);
    put(157, 100, target);
    put(257, 8, b"ustar\x0000");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    if let Some(place) = block.get_mut(148..156) {
        place.copy_from_slice(sum.as_bytes());
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_counts_its_own_length() {
        let mut records = Vec::new();
        record(&mut records, "path", &[b'x'; 88]);
        assert!(records.starts_with(b"97 path=x") || records.starts_with(b"96 path=x"));
        let length: usize = std::str::from_utf8(&records[..2]).unwrap().parse().unwrap();
        assert_eq!(length, records.len());
        let mut records = Vec::new();
        record(&mut records, "path", &[b'x'; 91]);
        assert_eq!(
            records.len().to_string().as_bytes(),
            &records[..records.iter().position(|byte| *byte == b' ').unwrap()]
        );
    }

    /// GNU tar, where there is one, reads what is made here.
    #[test]
    #[cfg(unix)]
    fn tar_reads_it() {
        use std::{
            io::Write,
            process::{Command, Stdio},
        };
        let metadata = Metadata {
            mode: Some(0o100_640),
            times: Some((0, 86_400)),
            ..Metadata::default()
        };
        let long = [b"folder/".to_vec(), vec![b'n'; 120], "ä\n".into()].concat();
        let mut records = Vec::new();
        record(&mut records, "path", &long);
        let length = records.len() as u64;
        let archive = [
            block(b"././@PaxHeader", &Metadata::default(), b'x', length, b"").to_vec(),
            padded(records),
            block(&long, &metadata, b'0', 5, b"").to_vec(),
            padded(b"hello".to_vec()),
            vec![0; 2 * BLOCK],
        ]
        .concat();
        let child = Command::new("tar")
            .args(["-xO"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else { return };
        child.stdin.take().unwrap().write_all(&archive).unwrap();
        assert_eq!(child.wait_with_output().unwrap().stdout, b"hello");
    }
}
