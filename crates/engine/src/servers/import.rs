//! Taking over servers from other programs' lists: a preview, then the ones that are chosen.
//!
//! Invariant: what a list says passes the same checks as what a person types; a secret in it is
//! named as left out, and goes no further.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use inventory::{Entry, Format, MOST_ENTRIES};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Auth, NewProfile, Profile};

use super::{checked, export};
use crate::{Engine, Error, NewServer, Server};

/// Whose form a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ImportFormat {
    /// Comma-separated values with a header row: name, host, port, user, folder, tags, notes, key,
    /// jump.
    Csv,
    /// Sessions of PuTTY: a registry export, or its session files on Unix.
    Putty,
    /// JSON of Termius and its like.
    Termius,
    /// An Ansible inventory, INI or YAML.
    Ansible,
    /// A configuration of the OpenSSH client.
    SshConfig,
    /// Our own export in JSON.
    Headlessos,
}

/// A list to be taken over.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NewImport {
    /// Its form; absent or `null`: guessed.
    pub format: Option<ImportFormat>,
    /// The list, 1 MiB at most; absent or `null`: it is in `base64`.
    pub text: Option<String>,
    /// The bytes of the file, for lists that are no UTF-8, such as an export of the registry.
    pub base64: Option<String>,
    /// What the file is called; names a session that has no name inside.
    pub file_name: Option<String>,
    /// The numbers of the entries to be saved; absent or `null`: none, this is a preview.
    pub add: Option<Vec<usize>>,
}

/// What a list holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Import {
    /// Its form.
    pub format: ImportFormat,
    /// The servers, in the order of the list.
    pub entries: Vec<ImportEntry>,
    /// What could not be read.
    pub mistakes: Vec<ImportMistake>,
    /// The servers that were saved; empty in a preview.
    pub added: Vec<Server>,
}

/// A server of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportEntry {
    /// To choose it by; from 1.
    pub number: usize,
    /// The line of the list that it begins in, from 1; in JSON the same as `number`.
    pub line: usize,
    /// For people.
    pub name: String,
    /// Name or address.
    pub host: String,
    /// TCP port; `null`: none is said.
    pub port: Option<u16>,
    /// The user to log in as; empty: none is said.
    pub user: String,
    /// Folder names with `/` between them; empty: none.
    pub folder: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Plain text.
    pub notes: String,
    /// The private key file; `null`: none is said.
    pub key_file: Option<String>,
    /// The hosts to go through.
    pub jump: Vec<String>,
    /// What is wrong with it; where there is anything, it cannot be saved.
    pub mistakes: Vec<String>,
    /// What is not taken over, for example `a password`.
    pub left_out: Vec<String>,
    /// The name of a saved server with the same user, host and port; `null`: there is none.
    pub same_as: Option<String>,
}

/// What could not be read of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ImportMistake {
    /// The line, from 1; 0: the list as a whole.
    pub line: usize,
    /// For people.
    pub message: String,
}

/// An entry as it is shown, with what is saved of it where it is right.
type Drafted = (ImportEntry, Option<NewProfile>);

impl Engine {
    /// Reads a list; saves the entries that were chosen. Blocks for as long as it takes to read a
    /// megabyte and to write as many profiles.
    ///
    /// # Errors
    /// There is no text or no form is seen in it, an entry with a mistake or none at all was chosen,
    /// or the database failed, after which what was saved until then stays.
    pub fn import(&self, new: &NewImport) -> Result<Import, Error> {
        let text = text(new)?;
        let format = match new.format {
            Some(format) => format,
            None => guess(&text).ok_or_else(|| {
                Error::Invalid(
                    "this is none of the forms that can be read: choose the right one, or \
                     another file"
                        .to_owned(),
                )
            })?,
        };
        let saved = self.options.store.profiles()?;
        let (drafts, mistakes) = drafts(format, &text, new.file_name.as_deref(), &saved);
        let mut added = Vec::new();
        for profile in chosen(&drafts, new.add.as_deref().unwrap_or_default())? {
            let profile = self.draft(profile)?;
            self.options.store.add_profile(&profile)?;
            added.push(self.adopt(profile, true));
        }
        Ok(Import {
            format,
            entries: drafts.into_iter().map(|(entry, _)| entry).collect(),
            mistakes,
            added,
        })
    }
}

fn text(new: &NewImport) -> Result<String, Error> {
    let too_long = || Error::Invalid("the list is longer than 1 MiB".to_owned());
    let text = match (&new.text, &new.base64) {
        (Some(text), None) => text.clone(),
        // Text that grows from UTF-16 to UTF-8 has three bytes for two at most.
        (None, Some(base64)) => match BASE64_STANDARD.decode(base64.trim()) {
            Ok(bytes) if bytes.len() > 2 * inventory::MOST_BYTES => return Err(too_long()),
            Ok(bytes) => inventory::decode(&bytes),
            Err(_) => return Err(Error::Invalid("this is no base64".to_owned())),
        },
        _ => {
            return Err(Error::Invalid(
                "the list is given either as text or as base64".to_owned(),
            ));
        }
    };
    if text.len() > inventory::MOST_BYTES {
        return Err(too_long());
    }
    Ok(text)
}

fn guess(text: &str) -> Option<ImportFormat> {
    if export::is_ours(text) {
        return Some(ImportFormat::Headlessos);
    }
    Some(match inventory::guess(text)? {
        Format::Csv => ImportFormat::Csv,
        Format::Putty => ImportFormat::Putty,
        Format::Termius => ImportFormat::Termius,
        Format::Ansible => ImportFormat::Ansible,
        Format::SshConfig => ImportFormat::SshConfig,
    })
}

fn drafts(
    format: ImportFormat,
    text: &str,
    name: Option<&str>,
    saved: &[Profile],
) -> (Vec<Drafted>, Vec<ImportMistake>) {
    let form = match format {
        ImportFormat::Csv => Format::Csv,
        ImportFormat::Putty => Format::Putty,
        ImportFormat::Termius => Format::Termius,
        ImportFormat::Ansible => Format::Ansible,
        ImportFormat::SshConfig => Format::SshConfig,
        ImportFormat::Headlessos => return ours(text, saved),
    };
    let found = inventory::read(form, text, name);
    let entries = (1..).zip(found.entries);
    let drafts = entries.map(|(number, entry)| {
        let Entry {
            line,
            mistakes,
            left_out,
            ..
        } = &entry;
        let said = (*line, mistakes.clone(), left_out.clone());
        drafted(number, said, server(entry), saved)
    });
    let mistakes = found.mistakes.into_iter().map(|mistake| ImportMistake {
        line: mistake.line,
        message: mistake.message,
    });
    (drafts.collect(), mistakes.collect())
}

/// The servers of our own export; each that does not fit is an entry with a mistake.
fn ours(text: &str, saved: &[Profile]) -> (Vec<Drafted>, Vec<ImportMistake>) {
    let whole = |message: String| (Vec::new(), vec![ImportMistake { line: 0, message }]);
    let servers = match export::servers(text) {
        Ok(servers) if servers.len() > MOST_ENTRIES => {
            return whole(format!("it has more than {MOST_ENTRIES} servers"));
        }
        Ok(servers) => servers,
        Err(message) => return whole(message),
    };
    let drafts = (1..).zip(servers).map(|(number, server)| match server {
        Ok(server) => drafted(number, (number, Vec::new(), Vec::new()), server, saved),
        Err(mistake) => drafted(
            number,
            (number, vec![mistake], Vec::new()),
            NewServer::default(),
            saved,
        ),
    });
    (drafts.collect(), Vec::new())
}

/// What an entry would be if a person typed it.
fn server(entry: Entry) -> NewServer {
    NewServer {
        name: Some(entry.name).filter(|name| !name.is_empty()),
        host: entry.host,
        port: entry.port,
        user: entry.user,
        auth: match entry.key {
            Some(key) => Auth::KeyFile { path: key.into() },
            None => Auth::Auto,
        },
        folder: entry.folder,
        tags: entry.tags,
        notes: entry.notes,
        jump: entry.jump,
        ..NewServer::default()
    }
}

fn drafted(
    number: usize,
    (line, mut mistakes, left_out): (usize, Vec<String>, Vec<String>),
    server: NewServer,
    saved: &[Profile],
) -> Drafted {
    let shown = server.clone();
    let profile = if mistakes.is_empty() {
        checked(server)
            .map_err(|error| mistakes.push(error.to_string()))
            .ok()
    } else {
        None
    };
    let same_as = profile.as_ref().and_then(|profile| {
        let same = |saved: &&Profile| {
            saved
                .host
                .as_ref()
                .is_some_and(|host| host.eq_ignore_ascii_case(&profile.host))
                && saved.user == profile.user
                && saved.port.unwrap_or(22) == profile.port.unwrap_or(22)
        };
        Some(saved.iter().find(same)?.name.clone())
    });
    // What passed the checks is shown as it would be saved.
    let shown = match &profile {
        Some(profile) => NewServer {
            name: Some(profile.name.clone()),
            host: profile.host.clone(),
            user: profile.user.clone(),
            folder: profile.folder.clone(),
            tags: profile.tags.clone(),
            notes: profile.notes.clone(),
            jump: profile.jump.clone(),
            ..shown
        },
        None => shown,
    };
    let entry = ImportEntry {
        number,
        line,
        name: shown.name.unwrap_or_default(),
        host: shown.host,
        port: shown.port,
        user: shown.user,
        folder: shown.folder,
        tags: shown.tags,
        notes: shown.notes,
        key_file: match &shown.auth {
            Auth::KeyFile { path } => Some(path.display().to_string()),
            _ => None,
        },
        jump: shown.jump,
        mistakes,
        left_out,
        same_as,
    };
    (entry, profile)
}

fn chosen(drafts: &[Drafted], numbers: &[usize]) -> Result<Vec<NewProfile>, Error> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let profile = |number: usize| {
        let draft = number.checked_sub(1).and_then(|index| drafts.get(index));
        match draft {
            Some((_, Some(profile))) => Ok(profile.clone()),
            Some((entry, None)) => Err(Error::Invalid(format!(
                "entry {number} cannot be added: {}",
                entry.mistakes.join("; ")
            ))),
            None => Err(Error::Invalid(format!("there is no entry {number}"))),
        }
    };
    numbers.into_iter().map(profile).collect()
}
