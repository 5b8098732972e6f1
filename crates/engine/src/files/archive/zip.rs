//! A zip archive (APPNOTE 6.3), with sizes behind the entries, since they are not known before.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Datelike, Timelike};
use ssh::Metadata;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

/// Names of text, images and programs are not told apart: the fastest level costs little of either.
const LEVEL: i64 = 1;

/// Writes an archive; what it has written by now is taken with each call.
pub(super) struct Zip {
    writer: ZipWriter<StreamWriter<Sink>>,
    written: Sink,
}

/// Holds what was written and not taken yet.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Zip {
    pub(super) fn new() -> Self {
        let written = Sink::default();
        Self {
            writer: ZipWriter::new_stream(written.clone()),
            written,
        }
    }

    pub(super) fn folder(&mut self, name: &[u8], metadata: &Metadata) -> io::Result<Vec<u8>> {
        self.writer.add_directory(text(name), options(metadata))?;
        Ok(self.written.take())
    }

    pub(super) fn link(
        &mut self,
        name: &[u8],
        metadata: &Metadata,
        target: &[u8],
    ) -> io::Result<Vec<u8>> {
        let stored = options(metadata).compression_method(CompressionMethod::Stored);
        self.writer.add_symlink(text(name), text(target), stored)?;
        Ok(self.written.take())
    }

    /// Begins a file; its bytes come with [`Self::push`].
    pub(super) fn file(&mut self, name: &[u8], metadata: &Metadata) -> io::Result<Vec<u8>> {
        self.writer.start_file(text(name), options(metadata))?;
        Ok(self.written.take())
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        self.writer.write_all(bytes)?;
        Ok(self.written.take())
    }

    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        self.writer.finish()?;
        Ok(self.written.take())
    }
}

/// Names are UTF-8 in a zip archive; bytes that are none become `\xNN`, and so does `\`, which would part
/// names on Windows and make another name of one that holds it.
fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(&chunk.valid().replace('\\', "\\x5c"));
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

fn options(metadata: &Metadata) -> SimpleFileOptions {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .unix_permissions(metadata.permissions().unwrap_or(0o644) & 0o777)
        // Sizes are not known yet; any may be more than 4 GiB.
        .large_file(true);
    match metadata.times.and_then(|(_, modified)| time(modified)) {
        Some(time) => options.last_modified_time(time),
        None => options,
    }
}

/// The format's time has no zone; `None`: it knows no such year.
fn time(modified: u32) -> Option<zip::DateTime> {
    let time = DateTime::from_timestamp(modified.into(), 0)?;
    let small = |value: u32| u8::try_from(value).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(time.year()).ok()?,
        small(time.month())?,
        small(time.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let metadata = Metadata {
            mode: Some(0o100_750),
            times: Some((0, 1_000_000_000)),
            ..Metadata::default()
        };
        let mut zip = Zip::new();
        let mut archive = zip.folder(b"a/", &metadata).unwrap();
        archive.extend(zip.file("a/ä\u{ff}".as_bytes(), &metadata).unwrap());
        for _ in 0..100 {
            archive.extend(zip.push(&[7; 1000]).unwrap());
        }
        archive.extend(zip.file(b"a/\xff", &Metadata::default()).unwrap());
        archive.extend(zip.file(b"a/..\\b\\xff", &Metadata::default()).unwrap());
        archive.extend(zip.link(b"a/link", &metadata, b"../x").unwrap());
        archive.extend(zip.finish().unwrap());

        let mut read = ZipArchive::new(Cursor::new(archive)).unwrap();
        let names = read.file_names().map(|name| name.unwrap().into_owned());
        let names: Vec<_> = names.collect();
        assert_eq!(
            names,
            ["a/", "a/ä\u{ff}", "a/\\xff", "a/..\\x5cb\\x5cxff", "a/link"]
        );
        let mut file = read.by_index(1).unwrap();
        let time = file.last_modified().map(|time| (time.year(), time.hour()));
        assert_eq!((file.unix_mode(), time), (Some(0o100_750), Some((2001, 1))));
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(bytes == [7; 100_000] && file.compressed_size() < 10_000);
        drop(file);
        let mut link = read.by_index(4).unwrap();
        let mut target = String::new();
        link.read_to_string(&mut target).unwrap();
        assert!(link.is_symlink() && target == "../x");
    }
}
