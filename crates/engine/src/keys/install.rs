//! Puts a public key on a server, so that its user can log in by it.
//!
//! Invariant: all over SFTP, by the safe save; every other byte of the file stays. A key that is there
//! is not added again. What is not what it seems, a link or somebody else's file, is not touched.

use catalog::{Capability, arguments::RemotePath};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ssh::{FileError, Metadata, PublicLine};

use super::{blocking, local_path};
use crate::{
    Engine, Error,
    files::{Doing, SaveOptions, ServerFilesToChange, open_to_change},
    gate,
};

/// Where sshd says that keys are elsewhere.
const SSHD_CONFIG: &str = "/etc/ssh/sshd_config";
/// sshd refuses keys where others could have written.
const OTHERS_WRITE: u32 = 0o022;
/// Bytes of a configuration that are looked at.
const CONFIG_BYTES: usize = 256 * 1024;

/// A key to be put on a server; exactly one of the two.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KeyToInstall {
    /// A key's file on this computer, private or public half; only the public one is read from it.
    pub path: Option<String>,
    /// The line of a public key.
    pub text: Option<String>,
}

/// A key that is on a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyInstalled {
    /// False: it was there, and nothing was changed in the file.
    pub added: bool,
    /// The file on the server.
    pub path: String,
    /// The key's, `SHA256:` and 43 characters.
    pub fingerprint: String,
    /// What was put right, or may keep the key from being taken, for people.
    pub warnings: Vec<String>,
}

impl Engine {
    /// Adds a public key to the `authorized_keys` of the user who is logged in.
    ///
    /// # Errors
    /// No key is given, the profile does not grant `files.read` and `files.write`, the server is not
    /// connected or has no SFTP, the file is not the user's own, or as the server says.
    pub async fn install_key(&self, id: &str, key: KeyToInstall) -> Result<KeyInstalled, Error> {
        let session = self.session(id)?;
        for capability in crate::files::CHANGE {
            gate::check(&session.profile(), *capability)?;
        }
        let key = match (key.path, key.text) {
            (Some(path), None) => {
                let path = local_path(&path)?;
                blocking(move || ssh::key_file(&path)).await?.public
            }
            (None, Some(text)) => PublicLine::parse(&text).map_err(Error::Key)?,
            _ => {
                return Err(Error::Invalid(
                    "the key is given either by its file or by its text".to_owned(),
                ));
            }
        };
        let granted = gate::check(&session.profile(), Capability::FilesWrite)?;
        // Who logs in with it is the user, also while files are root's.
        let uid = session.user_link(granted)?.facts.uid;
        let files = open_to_change(&session, Some(uid)).await?;
        install(&files, uid, &key).await
    }
}

async fn install(
    files: &ServerFilesToChange,
    uid: u32,
    key: &PublicLine,
) -> Result<KeyInstalled, Error> {
    let home = files.home().await?;
    let folder = below(&home, ".ssh")?;
    let path = below(&folder, "authorized_keys")?;
    let mut warnings = Vec::new();
    let home_is = files.files.stat(&home).await;
    let home_is = files.told(&home, Doing::Look, home_is).await?;
    if others_write(&home_is) {
        warnings.push(format!(
            "others may write in {home}, so sshd refuses the key until they may not: \
             chmod go-w {home}"
        ));
    }
    match own(files, uid, &folder).await? {
        Some(metadata) if !metadata.is_folder() => {
            return Err(Error::Conflict(format!("{folder} is not a folder")));
        }
        Some(metadata) => warnings.extend(tighten(files, &folder, &metadata).await?),
        None => {
            let made = files.files.make_folder(&folder, Some(0o700));
            files
                .noted("files.makeFolder", &folder, Doing::Make, made)
                .await?;
            // The server's umask may have taken more, never less.
            set_mode(files, &folder, 0o700).await?;
        }
    }
    let before = match own(files, uid, &path).await? {
        Some(metadata) if metadata.is_folder() => {
            return Err(Error::Conflict(format!("{path} is a folder")));
        }
        Some(metadata) => {
            warnings.extend(tighten(files, &path, &metadata).await?);
            Some(files.text(&path).await?)
        }
        None => None,
    };
    let is_new = before.is_none();
    let (mut bytes, version) = match before {
        Some(text) => (text.bytes, Some(text.version)),
        None => (Vec::new(), None),
    };
    let there = find(&bytes, key);
    if there == Some(Place::Restricted) {
        warnings.push(format!(
            "it is in {path} with options before it, which limit what it may be used for"
        ));
    }
    let added = there.is_none();
    if added {
        if bytes.last().is_some_and(|last| *last != b'\n') {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(key.line().as_bytes());
        bytes.push(b'\n');
        let options = SaveOptions {
            version,
            ..SaveOptions::default()
        };
        files.save(&path, bytes, &options).await?;
        if is_new {
            set_mode(files, &path, 0o600).await?;
        }
    }
    if let Some(elsewhere) = elsewhere(files).await {
        warnings.push(elsewhere);
    }
    Ok(KeyInstalled {
        added,
        path: path.to_string(),
        fingerprint: key.fingerprint.clone(),
        warnings,
    })
}

fn below(folder: &RemotePath, name: &str) -> Result<RemotePath, Error> {
    let path = [folder.as_bytes(), b"/", name.as_bytes()].concat();
    RemotePath::from_bytes(&path).map_err(|error| Error::Invalid(error.to_string()))
}

/// What is there, if it is the user's own and no link; `None`: nothing is.
async fn own(
    files: &ServerFilesToChange,
    uid: u32,
    path: &RemotePath,
) -> Result<Option<Metadata>, Error> {
    let metadata = match files.files.lstat(path).await {
        Ok(metadata) => metadata,
        Err(FileError::NoSuchFile) => return Ok(None),
        Err(error) => return Err(files.failed(path, Doing::Look, error).await),
    };
    if metadata.is_link() {
        let target = files.files.read_link(path).await.unwrap_or_default();
        let target = ssh::one_line(&String::from_utf8_lossy(&target));
        return Err(Error::Conflict(format!(
            "{path} on {} is a link to {target}, so it was left alone: add the key to that file \
             by hand",
            files.server()
        )));
    }
    if let Some((owner, _)) = metadata.owner
        && owner != uid
        && owner != 0
    {
        return Err(Error::Conflict(format!(
            "{path} on {} belongs to another user (id {owner}), so it was left alone",
            files.server()
        )));
    }
    Ok(Some(metadata))
}

fn others_write(metadata: &Metadata) -> bool {
    metadata
        .permissions()
        .is_some_and(|mode| mode & OTHERS_WRITE != 0)
}

/// Takes from others the right to write, which would make sshd refuse the keys; says what it did.
async fn tighten(
    files: &ServerFilesToChange,
    path: &RemotePath,
    metadata: &Metadata,
) -> Result<Option<String>, Error> {
    let Some(mode) = metadata.permissions().filter(|_| others_write(metadata)) else {
        return Ok(None);
    };
    let right = mode & !OTHERS_WRITE;
    set_mode(files, path, right).await?;
    Ok(Some(format!(
        "others could write to {path}, for which sshd refuses keys: its mode was {mode:04o} and \
         is now {right:04o}"
    )))
}

async fn set_mode(files: &ServerFilesToChange, path: &RemotePath, mode: u32) -> Result<(), Error> {
    let attributes = Metadata {
        mode: Some(mode),
        ..Metadata::default()
    };
    let set = files.files.set(path, attributes);
    files.noted("files.mode", path, Doing::Change, set).await
}

/// How a key stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Plain,
    Restricted,
}

/// Looks for the key, whatever stands before and behind it.
fn find(bytes: &[u8], key: &PublicLine) -> Option<Place> {
    let lines = bytes.split(|byte| *byte == b'\n');
    let places = lines.filter_map(|line| {
        let line = line.trim_ascii();
        if line.starts_with(b"#") {
            return None;
        }
        let mut words = line
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty());
        let mut before = false;
        while let Some(word) = words.next() {
            if word == key.algorithm.as_bytes() {
                let same = words.clone().next() == Some(key.data.as_bytes());
                if same {
                    return Some(if before {
                        Place::Restricted
                    } else {
                        Place::Plain
                    });
                }
            }
            before = true;
        }
        None
    });
    // One that is not limited is the better one.
    places.reduce(|a, b| if a == Place::Plain { a } else { b })
}

/// Where sshd is set to look for keys elsewhere, as far as its configuration can be read.
async fn elsewhere(files: &ServerFilesToChange) -> Option<String> {
    let path = RemotePath::from_bytes(SSHD_CONFIG.as_bytes()).ok()?;
    let (bytes, _) = files.files.read_whole(&path, CONFIG_BYTES).await.ok()??;
    let places = other_places(&String::from_utf8_lossy(&bytes))?;
    Some(format!(
        "{SSHD_CONFIG} has sshd look for keys in {places}, so this one may not be looked at"
    ))
}

/// The first `AuthorizedKeysFile` that is for all users and does not name the usual file.
fn other_places(config: &str) -> Option<String> {
    for line in config.lines() {
        let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
        let keyword = words.next().unwrap_or_default();
        if keyword.eq_ignore_ascii_case("Match") {
            return None;
        }
        if keyword.eq_ignore_ascii_case("AuthorizedKeysFile") {
            let usual = [".ssh/authorized_keys", "%h/.ssh/authorized_keys"];
            let places: Vec<&str> = words.map(|word| word.trim_matches('"')).collect();
            let is_usual = places.iter().any(|place| usual.contains(place));
            return (!is_usual).then(|| ssh::one_line(&places.join(" ")));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIJK9GKzJHHFNCNP5bNzOmrSBKPnwNTEDKXEdjCAxTxFp";

    #[test]
    fn a_key_is_found_however_it_stands_in_the_file() {
        let key = PublicLine::parse(&format!("ssh-ed25519 {DATA} me")).unwrap();
        let plain = Some(Place::Plain);
        for (file, place) in [
            (String::new(), None),
            (format!("ssh-ed25519 {DATA} other comment"), plain),
            (format!("  ssh-ed25519\t{DATA}\r\n"), plain),
            (format!("# ssh-ed25519 {DATA}\n"), None),
            (format!("ssh-rsa {DATA}\n"), None),
            (format!("ssh-ed25519 {DATA}x\n"), None),
            (
                format!("from=\"a b\",command=\"x\" ssh-ed25519 {DATA}\n"),
                Some(Place::Restricted),
            ),
            (
                format!("no-pty ssh-ed25519 {DATA}\nssh-ed25519 {DATA}\n"),
                plain,
            ),
        ] {
            assert_eq!(find(file.as_bytes(), &key), place, "{file}");
        }
        assert_eq!(find(&[0xff, 0xfe, b'\n'], &key), None);
    }

    #[test]
    fn keys_elsewhere_are_seen_in_sshds_configuration() {
        for (config, places) in [
            ("", None),
            ("#AuthorizedKeysFile /etc/keys\n", None),
            (
                "AuthorizedKeysFile .ssh/authorized_keys .ssh/authorized_keys2\n",
                None,
            ),
            ("authorizedkeysfile\t/etc/keys/%u\n", Some("/etc/keys/%u")),
            ("Match User x\nAuthorizedKeysFile /etc/keys\n", None),
            ("AuthorizedKeysFile none\n", Some("none")),
        ] {
            assert_eq!(other_places(config).as_deref(), places, "{config}");
        }
    }
}
