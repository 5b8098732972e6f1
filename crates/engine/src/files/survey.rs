//! Looks over whole trees: how much there is, and what is called something.
//!
//! Invariant: it ends as soon as nobody reads what it says; what could not be read is told.

use std::time::{Duration, Instant};

use catalog::arguments::RemotePath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::{Doing, Entry, FoundLine, SearchText, ServerFiles, walk::Walk};
use crate::{Error, ErrorBody};

/// How often it is said how far it is.
const TELL_EVERY: Duration = Duration::from_millis(200);
/// Lines that wait for whoever reads them.
pub(super) const LINES: usize = 8;
/// Folders that could not be read and are named.
const NAMED_UNREAD: usize = 100;
/// The most that one search finds.
pub(super) const MOST_FOUND: usize = 10_000;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Measured {
    /// What is no folder.
    pub files: u64,
    pub folders: u64,
    pub bytes: u64,
}

/// A folder that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Unread {
    pub path: RemotePath,
    pub error: ErrorBody,
}

/// One line of a measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MeasureLine {
    /// So far.
    Progress {
        /// What was counted.
        progress: Measured,
    },
    /// That was all.
    Done {
        /// What was counted.
        done: MeasureDone,
    },
}

/// What was counted, and what could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeasureDone {
    /// What was counted.
    #[serde(flatten)]
    pub measured: Measured,
    /// The first hundred.
    pub unread: Vec<Unread>,
}

/// What is searched for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Search {
    /// The folder, with all below.
    pub path: RemotePath,
    /// A part of the name, in any case; `*` stands for anything, `?` for one character.
    pub name: String,
    /// Whether hidden folders are looked into and hidden names found.
    pub hidden: bool,
    /// What files hold besides; `null`: anything.
    #[serde(default)]
    pub content: Option<SearchText>,
    /// After so many it ends; at most 10,000.
    pub limit: usize,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// Where it is.
    pub path: RemotePath,
    /// What it is.
    #[serde(flatten)]
    pub entry: Entry,
    /// Of a search in content, the first hundred lines that fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<FoundLine>,
}

/// How far a search is; one in content does not tell what it has looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Searched {
    pub folders: u64,
    /// Names that were looked at.
    pub seen: u64,
    /// Whether it ended because of the limit.
    pub limited: bool,
    /// Folders, or of a search in content files, that could not be read.
    pub unread: u64,
}

/// One line of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SearchLine {
    /// As it is found.
    Found {
        /// Unsorted.
        found: Vec<Found>,
    },
    /// So far.
    Progress {
        /// How far it is.
        progress: Searched,
    },
    /// That was all.
    Done {
        /// How far it went.
        done: Searched,
    },
    /// It broke off.
    Error {
        /// Why.
        error: ErrorBody,
    },
}

impl ServerFiles {
    /// Counts what is at and below paths; dropping the receiver ends it.
    ///
    /// # Errors
    /// One of the paths cannot be looked at.
    pub async fn measure(
        &self,
        paths: Vec<RemotePath>,
    ) -> Result<mpsc::Receiver<MeasureLine>, Error> {
        let mut measured = Measured::default();
        let mut folders = Vec::new();
        for path in paths {
            let metadata = match self.files.lstat(&path).await {
                Ok(metadata) => metadata,
                Err(error) => return Err(self.failed(&path, Doing::Look, error).await),
            };
            if metadata.is_folder() {
                measured.folders += 1;
                folders.push(path);
            } else {
                measured.files += 1;
                measured.bytes += metadata.size_bytes.unwrap_or(0);
            }
        }
        let (lines, receiver) = mpsc::channel(LINES);
        let this = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = lines.closed() => {}
                done = this.count(folders, measured, &lines) => {
                    // A failure means that nobody reads any more.
                    let _ = lines.send(MeasureLine::Done { done }).await;
                }
            }
        });
        Ok(receiver)
    }

    async fn count(
        &self,
        folders: Vec<RemotePath>,
        mut measured: Measured,
        lines: &mpsc::Sender<MeasureLine>,
    ) -> MeasureDone {
        let mut unread = Vec::new();
        let mut told = Instant::now();
        let mut walk = Walk::of_names(self.files.clone(), folders);
        while let Some((folder, entries)) = walk.next().await {
            match entries {
                Ok(entries) => {
                    for entry in entries {
                        if entry.metadata.is_folder() {
                            measured.folders += 1;
                        } else {
                            measured.files += 1;
                            let size = entry.metadata.size_bytes.unwrap_or(0);
                            measured.bytes = measured.bytes.saturating_add(size);
                        }
                    }
                }
                Err(error) if unread.len() < NAMED_UNREAD => {
                    let path = folder.path;
                    let error = self.failed_by(&path, Doing::List, error).await.body();
                    unread.push(Unread { path, error });
                }
                Err(_) => {}
            }
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                let progress = MeasureLine::Progress { progress: measured };
                // A failure means that nobody reads any more.
                let _ = lines.send(progress).await;
            }
        }
        MeasureDone { measured, unread }
    }

    /// Searches by name alone; dropping the receiver ends it.
    ///
    /// # Errors
    /// The folder cannot be listed.
    pub(super) async fn search(&self, search: Search) -> Result<mpsc::Receiver<SearchLine>, Error> {
        if let Err(error) = self.files.folder(&search.path).await {
            return Err(self.failed(&search.path, Doing::List, error).await);
        }
        let (lines, receiver) = mpsc::channel(LINES);
        let this = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = lines.closed() => {}
                done = this.look_for(search, &lines) => {
                    // A failure means that nobody reads any more.
                    let _ = lines.send(SearchLine::Done { done }).await;
                }
            }
        });
        Ok(receiver)
    }

    async fn look_for(&self, search: Search, lines: &mpsc::Sender<SearchLine>) -> Searched {
        let pattern = NamePattern::new(&search.name);
        let limit = search.limit.min(MOST_FOUND);
        let mut left = limit;
        let mut searched = Searched::default();
        let mut told = Instant::now();
        let mut walk = Walk::of_names(self.files.clone(), vec![search.path]);
        if !search.hidden {
            walk = walk.without_hidden();
        }
        while let Some((folder, entries)) = walk.next().await {
            searched.folders += 1;
            let Ok(entries) = entries else {
                searched.unread += 1;
                continue;
            };
            searched.seen += entries.len() as u64;
            let fits = entries.into_iter().filter(|entry| {
                let shown = search.hidden || !entry.name.as_bytes().starts_with(b".");
                shown && pattern.fits(&entry.name.to_string())
            });
            let found: Vec<Found> = fits
                .filter_map(|entry| {
                    let path = folder.path.join(&entry.name).ok()?;
                    Some(Found {
                        path,
                        entry: Entry::of(entry),
                        lines: Vec::new(),
                    })
                })
                .take(left)
                .collect();
            left -= found.len();
            if !found.is_empty() && lines.send(SearchLine::Found { found }).await.is_err() {
                break;
            }
            if left == 0 {
                searched.limited = true;
                break;
            }
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                let progress = SearchLine::Progress { progress: searched };
                // A failure means that nobody reads any more.
                let _ = lines.send(progress).await;
            }
        }
        searched
    }
}

/// A part of a name, in any case, with `*` and `?`.
pub(super) struct NamePattern(Vec<char>);

impl NamePattern {
    pub(super) fn new(pattern: &str) -> Self {
        Self(pattern.to_lowercase().chars().collect())
    }

    pub(super) fn fits(&self, name: &str) -> bool {
        matches(&self.0, &name.to_lowercase())
    }
}

/// Whether a part of the name fits the pattern; both are in lower case. Time: pattern times name.
fn matches(pattern: &[char], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    // Which beginnings of the pattern can end here; a fit may begin anywhere.
    let mut reached = vec![false; pattern.len() + 1];
    let close = |reached: &mut Vec<bool>| {
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        for (at, sign) in pattern.iter().enumerate() {
            if *sign == '*'
                && reached.get(at) == Some(&true)
                && let Some(next) = reached.get_mut(at + 1)
            {
                *next = true;
            }
        }
    };
    close(&mut reached);
    for c in name {
        if reached.last() == Some(&true) {
            return true;
        }
        let mut next = vec![false; pattern.len() + 1];
        for (at, sign) in pattern.iter().enumerate() {
            if reached.get(at) != Some(&true) {
                continue;
            }
            let place = match sign {
                '*' => at,
                '?' => at + 1,
                sign if *sign == c => at + 1,
                _ => continue,
            };
            if let Some(place) = next.get_mut(place) {
                *place = true;
            }
        }
        close(&mut next);
        reached = next;
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_name_is_enough() {
        let fits = |pattern: &str, name: &str| matches(&pattern.chars().collect::<Vec<_>>(), name);
        for (pattern, name) in [
            ("conf", "nginx.conf"),
            ("", "any"),
            ("*.conf", "nginx.conf"),
            ("n?inx", "nginx.conf"),
            ("x*y", "axbbyc"),
            ("ä", "häu"),
            ("aab", "aaab"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("conf", "con"), ("x*y", "yx"), ("?", ""), ("a?c", "ac")] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
