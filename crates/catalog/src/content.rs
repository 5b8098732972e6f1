//! Looks for text in the content of files: one `grep -r`, whose pattern goes by standard input, so
//! that it stands on no command line, and the way back from its output.

use std::collections::VecDeque;

use crate::{Command, arguments::RemotePath};

/// `$1`: `-F` or `-E`; `$2`: `-i` or empty; then the paths. The pattern comes on standard input.
///
/// Prints first whether names end with NUL (`z`, GNU and BSD) or with a colon (`c`, busybox, whose
/// `grep` can tell no text from other files either), then what `grep -Hn` prints. A pattern that is
/// none ends it with [`BAD_PATTERN`]; busybox sees that only when it has a line to look at, and any
/// file that is there everywhere has one.
const SCRIPT: &str = r#"p=$(cat); k=$1; i=$2; shift 2
printf '%s\n' "$p" | grep -q $k $i -f - /etc/passwd || [ $? = 1 ] || exit 3
if printf 'x\n' | grep -q --null -I x 2>/dev/null; then z='--null -I'; echo z; else z=; echo c; fi
printf '%s\n' "$p" | grep -rHn -m 100 $z $k $i -f - -- "$@""#;

/// The exit code for a pattern that is none.
pub const BAD_PATTERN: i32 = 3;
/// Bytes of a line that are kept; the rest of a longer one is cut off.
pub const LINE_BYTES: usize = 1000;
/// Bytes of one printed line that are looked at: a path of 4096 bytes, a number, and a text.
const RAW_BYTES: usize = 8 * 1024;

/// How a pattern is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct How {
    /// As an extended regular expression (POSIX), not as it stands.
    pub regex: bool,
    /// Upper and lower case of ASCII letters are the same.
    pub any_case: bool,
}

/// Looks for a pattern in all files at and below the paths; links are not followed. At most a
/// hundred lines of each file are told. The pattern, one line, goes to its standard input.
#[must_use]
pub fn search(how: How, paths: &[RemotePath]) -> Command {
    let mut command = Command::script(SCRIPT)
        .word(if how.regex { "-E" } else { "-F" })
        .word(if how.any_case { "-i" } else { "" });
    for path in paths {
        command = command.value(path);
    }
    command
}

/// A line that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The file.
    pub path: RemotePath,
    /// The line's number, from 1.
    pub line: u64,
    /// The line's bytes without its end, the first [`LINE_BYTES`] of them.
    pub text: Vec<u8>,
}

/// What one printed line may mean, the likeliest first; exactly one where names end with NUL. With
/// colons, the one whose file there is.
pub type Meanings = Vec<Hit>;

/// Reads what [`search`] prints, as it comes. Holds one line of bounded length.
#[derive(Debug, Default)]
pub struct Reading {
    line: Vec<u8>,
    format: Option<Format>,
    /// Lines that make no sense.
    pub unread: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Nul,
    Colon,
}

impl Reading {
    /// Takes bytes; gives what is whole by now.
    pub fn push(&mut self, bytes: &[u8]) -> VecDeque<Meanings> {
        let mut hits = VecDeque::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, ended) = match piece.strip_suffix(b"\n") {
                Some(text) => (text, true),
                None => (piece, false),
            };
            let room = RAW_BYTES.saturating_sub(self.line.len());
            self.line.extend(text.iter().take(room));
            if !ended {
                continue;
            }
            match self.format {
                None => self.format = self.begin(),
                Some(format) => {
                    // Up to the NUL it is a name, which may hold line ends.
                    if format == Format::Nul && !self.line.contains(&0) && room > 0 {
                        self.line.push(b'\n');
                        continue;
                    }
                    let meanings = match format {
                        Format::Nul => exact(&self.line).into_iter().collect(),
                        Format::Colon => guesses(&self.line),
                    };
                    if meanings.is_empty() {
                        self.unread += 1;
                    } else {
                        hits.push_back(meanings);
                    }
                }
            }
            self.line.clear();
        }
        hits
    }

    fn begin(&mut self) -> Option<Format> {
        match self.line.as_slice() {
            b"z" => Some(Format::Nul),
            b"c" => Some(Format::Colon),
            _ => {
                self.unread += 1;
                None
            }
        }
    }
}

/// `path NUL number : text`.
fn exact(line: &[u8]) -> Option<Hit> {
    let name_end = line.iter().position(|byte| *byte == 0)?;
    hit(line.get(..name_end)?, line.get(name_end + 1..)?)
}

/// `path : number : text`, wherever the line can be read so.
fn guesses(line: &[u8]) -> Meanings {
    let colons = line.iter().enumerate().filter(|(_, byte)| **byte == b':');
    let rest = |at: usize| hit(line.get(..at)?, line.get(at + 1..)?);
    colons.filter_map(|(at, _)| rest(at)).take(8).collect()
}

fn hit(path: &[u8], rest: &[u8]) -> Option<Hit> {
    let number_end = rest.iter().position(|byte| *byte == b':')?;
    let number = std::str::from_utf8(rest.get(..number_end)?).ok()?;
    let line = number.parse().ok().filter(|line| *line > 0)?;
    let text = rest.get(number_end + 1..)?;
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    Some(Hit {
        path: RemotePath::from_bytes(path).ok()?,
        line,
        text: text.get(..LINE_BYTES.min(text.len()))?.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(bytes: &[u8]) -> RemotePath {
        RemotePath::from_bytes(bytes).unwrap()
    }

    fn one(name: &[u8], line: u64, text: &[u8]) -> Hit {
        Hit {
            path: path(name),
            line,
            text: text.to_vec(),
        }
    }

    /// What every program that is started for a search is given, written down by a `grep` that stands
    /// before the real one.
    #[test]
    #[cfg(unix)]
    fn the_pattern_stands_on_no_command_line() {
        use std::{
            fs,
            io::Write,
            os::unix::fs::PermissionsExt,
            process::{Command, Stdio},
        };
        let folder = std::env::temp_dir().join(format!("catalog-pattern-{}", std::process::id()));
        let (programs, looked) = (folder.join("programs"), folder.join("-x y"));
        fs::create_dir_all(&programs).unwrap();
        fs::create_dir_all(&looked).unwrap();
        fs::write(looked.join("file"), "one\na secret line\n").unwrap();
        let old_path = std::env::var("PATH").unwrap();
        let grep = programs.join("grep");
        let log = folder.join("log");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> '{}'\nPATH='{old_path}'\nexec grep \"$@\"\n",
            log.display()
        );
        fs::write(&grep, script).unwrap();
        fs::set_permissions(&grep, fs::Permissions::from_mode(0o755)).unwrap();

        let how = How {
            regex: true,
            any_case: false,
        };
        let pattern = "secret|p4ttern";
        let looked = looked.to_str().unwrap().to_owned();
        let command = search(how, &[path(b"/-nowhere"), path(looked.as_bytes())]);
        let argv: Vec<&str> = command.argv().iter().map(AsRef::as_ref).collect();
        assert_eq!(
            argv.get(3..),
            Some(&["sh", "-E", "", "/-nowhere", &looked][..])
        );
        let mut child = Command::new(argv[0])
            .args(&argv[1..])
            .env("PATH", format!("{}:{old_path}", programs.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap().write_all(pattern.as_bytes());
        input.unwrap();
        let printed = child.wait_with_output().unwrap().stdout;
        let started = fs::read_to_string(log).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        // It was looked for, and found.
        let hits: Vec<Hit> = Reading::default()
            .push(&printed)
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(hits.len(), 1, "{}", String::from_utf8_lossy(&printed));
        assert_eq!(hits[0].text, b"a secret line");
        assert!(started.lines().count() >= 3, "{started}");
        for words in started.lines().chain(argv) {
            assert!(
                !words.contains("secret") && !words.contains("p4ttern"),
                "{words}"
            );
        }
        assert!(!command.to_string().contains("p4ttern"));
    }

    #[test]
    fn names_that_end_with_nul_are_exact_wherever_the_bytes_are_cut() {
        let printed = b"z\n/a/b\x00012:x: 1:2\r\n/new\nline:3:\x001:\xff\n/a/b\x0014:\n";
        let wanted = [
            one(b"/a/b", 12, b"x: 1:2"),
            one(b"/new\nline:3:", 1, b"\xff"),
            one(b"/a/b", 14, b""),
        ];
        for cut in 0..printed.len() {
            let (head, tail) = printed.split_at(cut);
            let mut reading = Reading::default();
            let mut hits = reading.push(head);
            hits.extend(reading.push(tail));
            let hits: Vec<Hit> = hits.into_iter().flatten().collect();
            assert_eq!((hits.as_slice(), reading.unread), (&wanted[..], 0));
        }
    }

    #[test]
    fn with_colons_every_meaning_is_told() {
        let mut reading = Reading::default();
        let hits = reading.push(b"c\n/a:7:b:8:c\nno path:1:x\n/a:0:b\n");
        assert_eq!(
            hits,
            [vec![one(b"/a", 7, b"b:8:c"), one(b"/a:7:b", 8, b"c")]]
        );
        assert_eq!(reading.unread, 2);
    }

    #[test]
    fn a_line_without_end_is_bounded() {
        let mut reading = Reading::default();
        reading.push(b"z\n/a\x001:");
        for _ in 0..1000 {
            assert!(reading.push(&[b'x'; 1000]).is_empty());
        }
        assert!(reading.line.len() <= RAW_BYTES);
        let hits = reading.push(b"\n/b\x002:y\n");
        let lengths: Vec<_> = hits.iter().flatten().map(|hit| hit.text.len()).collect();
        assert_eq!(lengths, [LINE_BYTES, 1]);
    }
}
