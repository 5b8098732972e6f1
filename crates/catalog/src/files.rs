//! Fixed files where there is no SFTP: one `grep` that prints them all, and the way back from its
//! output to the files' contents.

use std::collections::BTreeMap;

use crate::{Command, FixedPath};

/// The one command that prints all the files, each line behind its file's path and a colon
/// (`grep -H ''`, POSIX but for `-H`, which GNU, BSD and busybox have). Files that are absent are
/// left out silently (`-s`).
#[must_use]
pub fn print(paths: &[FixedPath]) -> Command {
    let mut command = Command::new("grep").words(&["-sH", "", "--"]);
    for path in paths {
        command = command.word(path.as_str());
    }
    command
}

/// Splits the output of [`print`] into each file's bytes. Lines that belong to none of the paths
/// are dropped. A file without content has no entry.
#[must_use]
pub fn split<'p>(stdout: &[u8], paths: &'p [FixedPath]) -> BTreeMap<&'p str, Vec<u8>> {
    let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for line in stdout.split_inclusive(|byte| *byte == b'\n') {
        let owner = paths.iter().map(|path| path.as_str()).find_map(|path| {
            let rest = line.strip_prefix(path.as_bytes())?.strip_prefix(b":")?;
            Some((path, rest))
        });
        if let Some((path, rest)) = owner {
            files.entry(path).or_default().extend_from_slice(rest);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_file_comes_back_as_it_was() {
        let paths = [
            FixedPath::new("/proc/uptime"),
            FixedPath::new("/proc/net/dev"),
        ];
        let stdout =
            b"/proc/uptime:1.00 2.00\n/proc/net/dev:  lo: 1\n/proc/net/dev: /proc/x:2\nnoise\n";
        let files = split(stdout, &paths);
        assert_eq!(files.get("/proc/uptime").unwrap(), b"1.00 2.00\n");
        assert_eq!(
            files.get("/proc/net/dev").unwrap(),
            b"  lo: 1\n /proc/x:2\n"
        );
        assert_eq!(
            print(&paths).to_string(),
            "grep -sH '' -- /proc/uptime /proc/net/dev"
        );
    }
}
