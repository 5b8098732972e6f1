//! A tar archive in the pax format (POSIX.1-2001).

use bytes::BytesMut;
use ssh::Metadata;

const BLOCK: usize = 512;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    Folder,
    File { size: u64 },
    Link { target: &'a [u8] },
}

/// Writes an archive.
#[derive(Default)]
pub(super) struct Tar {
    /// Bytes of the entry at hand that are still to come.
    left: u64,
    size: u64,
}

impl Tar {
    /// What stands before an entry's bytes. A folder's name ends with `/`.
    pub(super) fn begin(&mut self, name: &[u8], metadata: &Metadata, entry: Entry<'_>) -> Vec<u8> {
        let (kind, size, target) = match entry {
            Entry::Folder => (b'5', 0, &b""[..]),
            Entry::File { size } => (b'0', size, &b""[..]),
            Entry::Link { target } => (b'2', 0, target),
        };
        (self.left, self.size) = (size, size);
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
        out.into()
    }

    /// Counts bytes of the entry, which go on as they are: never more than were announced.
    pub(super) fn passes(&mut self, bytes: usize) -> usize {
        let bytes = usize::try_from(self.left).map_or(bytes, |left| left.min(bytes));
        self.left -= bytes as u64;
        bytes
    }

    /// What stands behind an entry's bytes, in pieces: zeros for those that did not come. `None`: that
    /// was all.
    pub(super) fn end(&mut self) -> Option<Vec<u8>> {
        if self.left > 0 {
            let zeros = self.left.min(64 * 1024);
            self.left -= zeros;
            return Some(vec![0; usize::try_from(zeros).unwrap_or(BLOCK)]);
        }
        let rest = usize::try_from(self.size % BLOCK as u64).unwrap_or(0);
        self.size = 0;
        (rest > 0).then(|| vec![0; BLOCK - rest])
    }

    /// The end of the archive.
    pub(super) fn finish() -> Vec<u8> {
        vec![0; 2 * BLOCK]
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
