//! Looks for text in the content of files: the one work on files that runs a command.
//!
//! Invariant: what the command prints is believed only where SFTP knows the file too; it ends, on
//! the server too, as soon as nobody reads what is found.

use std::{sync::Arc, time::Duration};

use catalog::{
    Source,
    arguments::RemotePath,
    content::{self, BAD_PATTERN, Hit, Meanings, Reading},
};
use futures::{StreamExt, stream};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ssh::FolderEntry;
use tokio::sync::mpsc;

use super::{
    Doing, Entry, Found, Search, SearchLine, Searched, ServerFiles,
    list::SIDE_BY_SIDE,
    shown,
    survey::{LINES, MOST_FOUND, NamePattern},
};
use crate::{Engine, Error, gate, session::Session};

/// What the journal calls it.
const QUERY: &str = "files.searchContent";
/// How long it may look, and how much it may print. What is printed is read as it comes, but for a page
/// that takes nothing all of it may have to be held.
const LIMITS: ssh::Limits = ssh::Limits {
    timeout: Duration::from_secs(600),
    output_bytes: 32 << 20,
};
/// Names in the root that stand on the command line.
const MOST_ROOTS: usize = 1000;
/// The longest text that is looked for.
const TEXT_BYTES: usize = 1000;
/// The kernel's own filesystems: some of their files never end.
const KERNEL: [&[u8]; 3] = [b"/proc", b"/sys", b"/dev"];

/// What is looked for in files.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchText {
    /// One line of text, of 1 to 1000 bytes.
    pub text: String,
    /// It is an extended regular expression (POSIX).
    pub regex: bool,
    /// Upper and lower case of ASCII letters are the same.
    pub any_case: bool,
}

/// A line that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FoundLine {
    /// Its number, from 1.
    pub line: u64,
    /// Its beginning, at most 1000 bytes.
    pub text: String,
}

impl Engine {
    /// Searches in the content of files, or by name where no text is asked for; dropping the receiver
    /// ends it.
    ///
    /// # Errors
    /// The profile does not grant `files.read`, there is no connection or no SFTP, the folder cannot
    /// be listed, or the text is none that can be looked for. What goes wrong later is the last line.
    pub async fn search_files(
        &self,
        server: &str,
        search: Search,
    ) -> Result<mpsc::Receiver<SearchLine>, Error> {
        let files = self.files(server).await?;
        let Some(text) = &search.content else {
            return files.search(search).await;
        };
        if text.text.is_empty()
            || text.text.len() > TEXT_BYTES
            || text.text.contains(['\n', '\r', '\0'])
        {
            return Err(Error::Invalid(
                "the text to look for is one line of 1 to 1000 bytes".to_owned(),
            ));
        }
        let how = content::How {
            regex: text.regex,
            any_case: text.any_case,
        };
        let input = SecretString::from(text.text.clone());
        let paths = roots(&files, &search.path).await?;
        let session = self.session(server)?;
        let command = content::search(how, &paths);
        let source = Source::Command(command.clone());
        let granted = gate::check(&session.profile(), catalog::Capability::FilesRead)?;
        let link = session.link(granted)?;
        let purpose = session.purpose(granted, QUERY, "grep");
        let running = link
            .connection
            .witnessed(Arc::new(purpose))
            .follow(&command, Some(&input), &LIMITS)
            .map_err(|error| session.run_error(&source, error))?;
        let (lines, receiver) = mpsc::channel(LINES);
        let looking = Looking {
            name: NamePattern::new(&search.name),
            left: search.limit.min(MOST_FOUND),
            search,
            files,
            reading: Reading::default(),
            waiting: Vec::new(),
            searched: Searched::default(),
        };
        tokio::spawn(async move {
            let last = tokio::select! {
                () = lines.closed() => None,
                error = session.withdrawn(granted) => Some(SearchLine::Error { error: error.body() }),
                last = looking.look(running, &session, &source, &lines) => Some(last),
            };
            if let Some(last) = last {
                // A failure means that nobody reads any more.
                let _ = lines.send(last).await;
            }
        });
        Ok(receiver)
    }
}

/// Where to look: the folder, or of the root all but the kernel's filesystems.
async fn roots(files: &ServerFiles, path: &RemotePath) -> Result<Vec<RemotePath>, Error> {
    let kernels = KERNEL.map(|kernel| RemotePath::from_bytes(kernel).ok());
    let is_kernels = |path: &RemotePath| {
        let mut kernels = kernels.iter().flatten();
        kernels.any(|kernel| kernel.holds(path))
    };
    if is_kernels(path) {
        return Err(Error::Invalid(format!(
            "{path} holds the kernel's files, which are not searched: some of them never end"
        )));
    }
    let mut folder = match files.files.folder(path).await {
        Ok(folder) => folder,
        Err(error) => return Err(files.failed(path, Doing::List, error).await),
    };
    if *path != RemotePath::root() {
        return Ok(vec![path.clone()]);
    }
    let mut roots = Vec::new();
    loop {
        match folder.next().await {
            Ok(Some(entries)) => {
                let inside = entries.iter().filter(|entry| !entry.metadata.is_link());
                let paths = inside.filter_map(|entry| path.join(&entry.name).ok());
                roots.extend(paths.filter(|path| !is_kernels(path)));
                if roots.len() > MOST_ROOTS {
                    let reason = format!("there are more than {MOST_ROOTS} names in it");
                    let error = ssh::FileError::Protocol { reason };
                    return Err(files.failed(path, Doing::List, error).await);
                }
            }
            Ok(None) => return Ok(roots),
            Err(error) => return Err(files.failed(path, Doing::List, error).await),
        }
    }
}

/// A search at work.
struct Looking {
    search: Search,
    files: ServerFiles,
    name: NamePattern,
    left: usize,
    reading: Reading,
    /// Files with what was found in them, not told yet; more may come of the last one.
    waiting: Vec<(RemotePath, Vec<FoundLine>)>,
    searched: Searched,
}

impl Looking {
    /// Gives the last line.
    async fn look(
        mut self,
        mut running: ssh::Following,
        session: &Session,
        source: &Source,
        lines: &mpsc::Sender<SearchLine>,
    ) -> SearchLine {
        while let Some(piece) = running.next().await {
            for meanings in self.reading.push(&piece) {
                self.take(meanings).await;
            }
            let last = self.waiting.pop();
            let goes_on = self.tell(lines).await;
            self.waiting.extend(last);
            if !goes_on {
                return self.done();
            }
        }
        if !self.tell(lines).await {
            return self.done();
        }
        let error = match running.end().await {
            Ok(output) => {
                let text = String::from_utf8_lossy(&output.stderr);
                // GNU warns of odd patterns, which is no file that could not be read.
                let is_word =
                    |line: &&str| !line.trim().is_empty() && !line.contains(": warning: ");
                let mut words = text.lines().filter(is_word);
                if output.exit_code == Some(BAD_PATTERN) {
                    let why = words.next().unwrap_or_default();
                    let error = Error::Invalid(format!(
                        "this is no regular expression that {} takes: {}",
                        session.profile().name,
                        ssh::one_line(why)
                    ));
                    return SearchLine::Error {
                        error: error.body(),
                    };
                }
                self.searched.unread += words.count() as u64;
                return self.done();
            }
            Err(ssh::ExecError::OutputTooLarge { .. }) => {
                self.searched.limited = true;
                return self.done();
            }
            Err(error) => session.run_error(source, error),
        };
        SearchLine::Error {
            error: error.body(),
        }
    }

    fn done(mut self) -> SearchLine {
        self.searched.unread += self.reading.unread;
        SearchLine::Done {
            done: self.searched,
        }
    }

    /// Puts a line to its file, if the file is wanted.
    async fn take(&mut self, meanings: Meanings) {
        let current = self.waiting.last().map(|(path, _)| path.clone());
        let mut hits = meanings.into_iter();
        let (first, mut others) = (hits.next(), hits.peekable());
        let meant = match first {
            Some(hit) if others.peek().is_none() || Some(&hit.path) == current.as_ref() => {
                Some(hit)
            }
            Some(hit) => self.meant(hit, others).await,
            None => None,
        };
        let Some(Hit { path, line, text }) = meant else {
            self.searched.unread += 1;
            return;
        };
        if !self.wants(&path) {
            return;
        }
        let line = FoundLine {
            line,
            text: shown::text(&text),
        };
        match self.waiting.last_mut() {
            Some((last, lines)) if *last == path => lines.push(line),
            _ => self.waiting.push((path, vec![line])),
        }
    }

    /// Of several meanings the first whose file there is.
    async fn meant(&self, first: Hit, others: impl Iterator<Item = Hit>) -> Option<Hit> {
        for hit in std::iter::once(first).chain(others) {
            if self.files.files.lstat(&hit.path).await.is_ok() {
                return Some(hit);
            }
        }
        None
    }

    fn wants(&self, path: &RemotePath) -> bool {
        let below = path.as_bytes().strip_prefix(self.search.path.as_bytes());
        let below = below.unwrap_or_default();
        let hidden = below
            .split(|byte| *byte == b'/')
            .any(|name| name.starts_with(b"."));
        let name = path.split().map(|(_, name)| name.to_string());
        (self.search.hidden || !hidden) && name.is_some_and(|name| self.name.fits(&name))
    }

    /// Tells what waits, as far as SFTP knows it; says whether more is wanted.
    async fn tell(&mut self, lines: &mpsc::Sender<SearchLine>) -> bool {
        let files = &self.files.files;
        let looked = stream::iter(self.waiting.drain(..)).map(|(path, found)| async move {
            let metadata = files.lstat(&path).await.ok()?;
            let (_, name) = path.split()?;
            let entry = Entry::of(FolderEntry {
                name,
                metadata,
                hard_links: None,
            });
            Some(Found {
                path,
                entry,
                lines: found,
            })
        });
        let looked: Vec<Option<Found>> = looked.buffered(SIDE_BY_SIDE).collect().await;
        let all = looked.len();
        let mut found: Vec<Found> = looked.into_iter().flatten().collect();
        self.searched.unread += (all - found.len()) as u64;
        if found.len() > self.left {
            self.searched.limited = true;
            found.truncate(self.left);
        }
        self.left -= found.len();
        if found.is_empty() {
            return !self.searched.limited;
        }
        let told = lines.send(SearchLine::Found { found }).await.is_ok();
        told && !self.searched.limited
    }
}
