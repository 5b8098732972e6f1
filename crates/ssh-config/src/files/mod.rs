//! The files as they lie: read once, cut into lines, with what they include in its place.
//!
//! Invariant: what is read is bounded in files, bytes and depth, and every file and folder that
//! could change the outcome is watched.

mod glob;
mod guard;
mod watch;

use std::{
    fs,
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Places, Trouble, expand, places,
    trouble::Place,
    words::{WHITE, arguments, next_word},
};

pub(crate) use guard::{home_of, user_of};
pub(crate) use watch::Watched;

/// As deep as ssh follows includes.
const DEEPEST: usize = 16;
/// Files and folders that are looked at in all; ssh has no limit but the depth.
const MOST_FILES: usize = 1000;
/// Bytes that are read in all.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// The lines that say something.
    pub(crate) lines: Vec<Line>,
    /// The file.
    pub(crate) file: Arc<Path>,
}

/// One line that is neither empty nor a comment.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) place: Place,
    /// As it was written.
    pub(crate) keyword: String,
    /// What follows the keyword, its separator and white space removed; `None` or empty: nothing.
    pub(crate) rest: Option<String>,
    /// Of an `Include`: the files, in order.
    pub(crate) included: Vec<Section>,
    /// Of an `Include`: why one of its arguments cannot be followed.
    pub(crate) fault: Option<String>,
    /// Of an `Include`: an argument that found no file and has tokens, which are not replaced.
    pub(crate) unfollowed: Option<String>,
    /// Whether it had bytes that are no UTF-8.
    pub(crate) garbled: bool,
}

/// Everything that the places have, in the order in which it counts.
pub(crate) fn read(places: &Places) -> Result<(Vec<Section>, Watched), Trouble> {
    let mut reader = Reader {
        home: places.home.clone(),
        watched: Watched::default(),
        files: 0,
        bytes: 0,
    };
    let mut sections = Vec::new();
    let user = reader.section(&places.user, places.guarded, true, 0)?;
    sections.extend(user);
    if let Some(system) = &places.system {
        // A file of the system that may not be read is passed over, as ssh does.
        sections.extend(reader.section(system, false, false, 0)?);
    }
    Ok((sections, reader.watched))
}

struct Reader {
    home: Option<PathBuf>,
    watched: Watched,
    files: usize,
    bytes: u64,
}

impl Reader {
    /// `None`: there is no such file.
    fn section(
        &mut self,
        path: &Path,
        guarded: bool,
        of_user: bool,
        depth: usize,
    ) -> Result<Option<Section>, Trouble> {
        if depth > DEEPEST {
            return Err(Trouble::of(path, "files include each other too deeply"));
        }
        let Some(text) = self.text(path, guarded, of_user)? else {
            return Ok(None);
        };
        let file: Arc<Path> = Arc::from(path);
        let mut lines = Vec::new();
        for (at, bytes) in text.split(|byte| *byte == b'\n').enumerate() {
            let place = Place {
                file: Arc::clone(&file),
                line: at + 1,
                of_user,
            };
            let Some(mut line) = line(bytes, place) else {
                continue;
            };
            if line.keyword.eq_ignore_ascii_case("include") {
                self.follow(&mut line, depth)?;
            }
            lines.push(line);
        }
        Ok(Some(Section { lines, file }))
    }

    fn text(
        &mut self,
        path: &Path,
        guarded: bool,
        of_user: bool,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        self.count(path)?;
        self.watched.add(path);
        let cannot = |error: std::io::Error| Trouble::of(path, format!("cannot be read: {error}"));
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(None);
            }
            Err(_) if !of_user && !guarded => return Ok(None),
            Err(error) => return Err(cannot(error)),
        };
        if guarded && !guard::is_secure(&metadata) {
            return Err(Trouble::of(path, guard::BAD));
        }
        // ssh reads nothing from a folder; a pipe or a device might never end.
        if metadata.is_dir() || path == Path::new("/dev/null") {
            return Ok(Some(Vec::new()));
        }
        if !metadata.is_file() {
            return Err(Trouble::of(path, "is not a regular file"));
        }
        let mut bytes = Vec::new();
        let left = MOST_BYTES.saturating_sub(self.bytes);
        let read =
            fs::File::open(path).and_then(|file| file.take(left + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) => {}
            Err(_) if !of_user && !guarded => return Ok(None),
            Err(error) => return Err(cannot(error)),
        }
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.bytes > MOST_BYTES {
            let why = format!("the files are longer than {MOST_BYTES} bytes together");
            return Err(Trouble::of(path, why));
        }
        Ok(Some(bytes))
    }

    /// Reads what an `Include` names.
    fn follow(&mut self, line: &mut Line, depth: usize) -> Result<(), Trouble> {
        let of_user = line.place.of_user;
        let Some(arguments) = line.rest.as_deref().and_then(arguments) else {
            return Ok(());
        };
        for argument in arguments {
            if argument.is_empty() {
                line.fault = Some("an argument is empty".to_owned());
                break;
            }
            if argument.starts_with('~') && !of_user {
                let why = format!("a file of the system cannot include {argument:?}");
                line.fault = Some(why);
                break;
            }
            let Some(pattern) = self.anchored(&argument, of_user) else {
                continue;
            };
            let found = glob::find(&pattern, &mut self.watched, &mut self.files, MOST_FILES);
            self.count(&line.place.file)?;
            if found.is_empty() && (argument.contains('%') || argument.contains("${")) {
                line.unfollowed = Some(argument);
            }
            for path in found {
                match self.section(&path, true, of_user, depth + 1) {
                    Ok(section) => line.included.extend(section),
                    Err(trouble) if trouble.why.starts_with("cannot be read") => {
                        line.fault = Some(format!("{} {}", path.display(), trouble.why));
                        return Ok(());
                    }
                    Err(trouble) => return Err(trouble),
                }
            }
        }
        Ok(())
    }

    /// The pattern from the root; `None`: its home folder is not known.
    fn anchored(&self, argument: &str, of_user: bool) -> Option<String> {
        let home = self.home.as_deref();
        if argument.starts_with('~') {
            return expand::tilde(argument, home).ok();
        }
        if Path::new(argument).has_root() || Path::new(argument).is_absolute() {
            return Some(argument.to_owned());
        }
        let folder = if of_user {
            home?.join(".ssh")
        } else {
            places::system_folder()
        };
        Some(format!("{}/{argument}", folder.to_string_lossy()))
    }

    fn count(&mut self, path: &Path) -> Result<(), Trouble> {
        self.files += 1;
        if self.files > MOST_FILES {
            let why = format!("more than {MOST_FILES} files are included");
            return Err(Trouble::of(path, why));
        }
        Ok(())
    }
}

/// `None`: nothing is said.
fn line(bytes: &[u8], place: Place) -> Option<Line> {
    // In C a text ends at its first NUL.
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    let garbled = matches!(text, std::borrow::Cow::Owned(_));
    // White space at the end goes, but ssh never looks at the first character.
    let first = text.chars().next()?.len_utf8();
    let end = text
        .trim_end_matches(|c| WHITE.contains(&c) || c == '\x0c')
        .len()
        .max(first);
    let mut rest = text.get(..end).map(str::to_owned);
    let mut keyword = next_word(&mut rest)?;
    if keyword.is_empty() {
        keyword = next_word(&mut rest)?;
    }
    if keyword.is_empty() || keyword.starts_with('#') {
        return None;
    }
    Some(Line {
        place,
        keyword,
        rest: rest.map(|rest| rest.trim_start_matches(WHITE).to_owned()),
        included: Vec::new(),
        fault: None,
        unfollowed: None,
        garbled,
    })
}

#[cfg(test)]
mod tests;
