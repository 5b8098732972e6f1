//! Key files: made here, read by OpenSSH's own tools, and the other way round.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::{fs, path::Path};

use secrecy::SecretString;
use ssh::{KeyKind, KeyTrouble, PublicLine, create_key, key_file, key_files};

/// What the tool prints; what it complains of where it fails.
fn ssh_keygen(arguments: &[&str]) -> Result<String, String> {
    let made = std::process::Command::new("ssh-keygen")
        .args(arguments)
        .output();
    let made = made.unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if made.status.success() {
        Ok(text(&made.stdout))
    } else {
        Err(text(&made.stderr))
    }
}

#[test]
fn a_new_key_is_what_ssh_keygen_takes() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = SecretString::from("correct horse");
    for (name, kind, passphrase) in [
        ("id_ed25519", KeyKind::Ed25519, None),
        ("locked", KeyKind::Ed25519, Some(&passphrase)),
        ("id_ecdsa", KeyKind::Ecdsa, Some(&passphrase)),
    ] {
        let path = folder.path().join("ssh").join(name);
        let made = create_key(&path, kind, "ada@desk", passphrase).unwrap();
        assert_eq!(made.encrypted, Some(passphrase.is_some()));
        assert_eq!(key_file(&path).unwrap(), made);
        let words = if passphrase.is_some() {
            "correct horse"
        } else {
            ""
        };
        let file = path.to_str().unwrap();
        let public = ssh_keygen(&["-y", "-P", words, "-f", file]).unwrap();
        let ours = fs::read_to_string(path.with_extension("pub")).unwrap();
        assert_eq!(ours.trim(), made.public.line());
        let mut theirs = public.split_whitespace();
        assert_eq!(theirs.next(), Some(made.public.algorithm.as_str()));
        assert_eq!(theirs.next(), Some(made.public.data.as_str()));
        let listed = ssh_keygen(&["-l", "-f", file]).unwrap();
        assert!(listed.contains(&made.public.fingerprint), "{listed}");
        assert!(listed.contains("ada@desk"), "{listed}");
        if passphrase.is_some() {
            assert!(ssh_keygen(&["-y", "-P", "wrong", "-f", file]).is_err());
        }
        assert!(matches!(
            create_key(&path, kind, "", None),
            Err(KeyTrouble::Exists(_))
        ));
        assert_eq!(
            fs::read_to_string(path.with_extension("pub")).unwrap(),
            ours
        );
        only_the_owner(&path);
    }
    assert_eq!(key_files(&folder.path().join("ssh")).unwrap().len(), 3);
    assert_eq!(key_files(&folder.path().join("none")).unwrap(), []);
}

#[cfg(unix)]
fn only_the_owner(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
}

#[cfg(not(unix))]
fn only_the_owner(_: &Path) {}

#[test]
fn a_public_half_that_is_there_keeps_a_key_from_being_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("id");
    fs::write(folder.path().join("id.pub"), "mine").unwrap();
    let error = create_key(&path, KeyKind::Ed25519, "", None).unwrap_err();
    assert!(matches!(error, KeyTrouble::Exists(_)), "{error}");
    assert!(!path.exists());
}

#[test]
fn keys_of_ssh_keygen_are_listed_and_other_files_are_not() {
    let folder = tempfile::tempdir().unwrap();
    for (name, kind, words) in [
        ("a", "ed25519", ""),
        ("b", "rsa", "secret"),
        ("c", "ecdsa", ""),
    ] {
        let file = folder.path().join(name);
        let file = file.to_str().unwrap();
        ssh_keygen(&["-q", "-t", kind, "-N", words, "-C", name, "-f", file]).unwrap();
    }
    // Only the public half of one, only the private half of another.
    fs::remove_file(folder.path().join("a")).unwrap();
    fs::remove_file(folder.path().join("c.pub")).unwrap();
    fs::write(folder.path().join("config"), "Host x\n").unwrap();
    fs::write(folder.path().join("odd.pub"), "no key\n").unwrap();
    let keys = key_files(folder.path()).unwrap();
    let seen: Vec<_> = keys
        .iter()
        .map(|key| {
            let name = key.path.file_name().unwrap().to_str().unwrap();
            (
                name,
                key.encrypted,
                key.public.bits,
                key.public.comment.as_str(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("a", None, None, "a"),
            ("b", Some(true), Some(3072), "b"),
            ("c", Some(false), None, "c")
        ]
    );
}

#[test]
fn a_private_key_or_several_lines_are_no_public_key() {
    let good =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJK9GKzJHHFNCNP5bNzOmrSBKPnwNTEDKXEdjCAxTxFp me";
    assert_eq!(PublicLine::parse(good).unwrap().comment, "me");
    for wrong in [
        format!("{good}\n{good}"),
        "-----BEGIN OPENSSH PRIVATE KEY-----".to_owned(),
        format!("command=\"x\" {good}"),
        String::new(),
    ] {
        assert!(PublicLine::parse(&wrong).is_err(), "{wrong}");
    }
}
