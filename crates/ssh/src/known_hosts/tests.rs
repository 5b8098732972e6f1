//! Our reading of `known_hosts` against OpenSSH's own (`ssh-keygen -F`), host by host, and what is
//! written to our own file.

use std::{path::Path, process::Command};

use super::*;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB9dG4kjRhQTtWTVzd2t27+t0DEHBPW7iOD23TUiYLio";
const OTHER: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBSmRbnRXypE/fF+hQnvnID2N7cv3lJvtCX85DgER5nh";

fn key(text: &str) -> PublicKey {
    PublicKey::from_openssh(text).unwrap()
}

fn target(host: &str, port: u16) -> Target {
    Target {
        server: "web1".to_owned(),
        host: host.to_owned(),
        port,
        user: "ops".to_owned(),
    }
}

fn known(folder: &Path, host: &str, port: u16) -> Known {
    let files = KnownHosts::of_files(folder.join("own"), vec![folder.join("other")]);
    files.known(&target(host, port), None).unwrap()
}

/// Whether OpenSSH finds the host in the file; `None`: there is no OpenSSH here.
fn openssh_finds(host: &str, port: u16, file: &Path) -> Option<bool> {
    let host = host.to_lowercase();
    let name = if port == 22 {
        host
    } else {
        format!("[{host}]:{port}")
    };
    let output = Command::new("ssh-keygen")
        .arg("-F")
        .arg(name)
        .arg("-f")
        .arg(file)
        .output();
    Some(output.ok()?.status.success())
}

#[test]
fn a_host_is_known_to_us_when_it_is_known_to_openssh() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other");
    let patterns = [
        "web1",
        "WEB1",
        "web?",
        "web*",
        "*",
        "?",
        "[web1]:2222",
        "[web*]:2222",
        "[*]:2222",
        "[web1]:22",
        "*,!web1",
        "!web1,*",
        "!web1",
        "other,web1",
        "10.0.0.*",
        "10.0.0.1",
        "[10.0.0.1]:2222",
        "[web1]:*",
        "web1,",
        ",web1",
        "w*1,!w*b1",
        "web1:2222",
        "[web1]",
    ];
    let hosts = [
        ("web1", 22),
        ("WEB1", 22),
        ("web1", 2222),
        ("web12", 22),
        ("10.0.0.1", 2222),
    ];
    let mut found_in_all = 0;
    for pattern in patterns {
        for (separator, hashed) in [(" ", false), ("\t", false), ("  ", false), (" ", true)] {
            let key = KEY.replace(' ', separator);
            fs::write(
                &file,
                format!("# hm\n\n{pattern}{separator}{key} me@here\n"),
            )
            .unwrap();
            if hashed {
                // ssh-keygen hashes what is no pattern and leaves the rest as it is.
                let _ = Command::new("ssh-keygen")
                    .arg("-H")
                    .arg("-f")
                    .arg(&file)
                    .output();
            }
            for (host, port) in hosts {
                let Some(expected) = openssh_finds(host, port, &file) else {
                    eprintln!("skipped: there is no ssh-keygen to compare with");
                    return;
                };
                let verdict = known(folder.path(), host, port).verdict(&self::key(KEY));
                let found = verdict == Verdict::Trusted;
                assert_eq!(
                    found, expected,
                    "{host} {port} by {pattern:?}, hashed: {hashed}"
                );
                found_in_all += usize::from(found);
            }
        }
    }
    assert!(
        found_in_all > 50,
        "the comparison compares something: {found_in_all}"
    );
}

#[test]
fn revoked_beats_known_and_known_by_another_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other");
    let trusted = format!("web1 {KEY}\n");
    fs::write(&file, &trusted).unwrap();
    assert_eq!(
        known(folder.path(), "web1", 22).verdict(&key(KEY)),
        Verdict::Trusted
    );
    let Verdict::Changed(keys) = known(folder.path(), "web1", 22).verdict(&key(OTHER)) else {
        panic!("it is known by another");
    };
    assert_eq!((keys.len(), keys[0].line, &keys[0].file), (1, 1, &file));

    for revoked in [
        format!("{trusted}@revoked * {KEY}"),
        format!("@revoked\tweb1 {KEY}\n{trusted}"),
    ] {
        fs::write(&file, revoked).unwrap();
        let verdict = known(folder.path(), "web1", 22).verdict(&key(KEY));
        assert!(matches!(verdict, Verdict::Revoked { .. }), "{verdict:?}");
    }
    fs::write(&file, format!("@revoked web1 {KEY}\n[web1]:2222 {KEY}\n")).unwrap();
    let verdict = known(folder.path(), "web1", 2222).verdict(&key(KEY));
    assert!(
        matches!(verdict, Verdict::Revoked { line: 1, .. }),
        "{verdict:?}"
    );
    fs::write(&file, format!("@cert-authority * {KEY}\n")).unwrap();
    assert_eq!(
        known(folder.path(), "web1", 22).verdict(&key(KEY)),
        Verdict::New
    );
}

#[test]
fn a_key_is_remembered_where_openssh_would_find_it() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    fs::write(&own, format!("other {OTHER}")).unwrap();
    for (host, port) in [("Web1", 22), ("web1", 2222), ("::1", 22), ("::1", 2222)] {
        let before = known(folder.path(), host, port);
        assert_eq!(before.verdict(&key(KEY)), Verdict::New, "{host} {port}");
        before.remember(&key(KEY)).unwrap();
        assert_eq!(
            known(folder.path(), host, port).verdict(&key(KEY)),
            Verdict::Trusted
        );
        assert_ne!(
            openssh_finds(host, port, &own),
            Some(false),
            "{host} {port}"
        );
    }
    assert_eq!(
        known(folder.path(), "other", 22).verdict(&key(OTHER)),
        Verdict::Trusted
    );
    assert_eq!(fs::read_to_string(&own).unwrap().lines().count(), 5);
    assert!(
        !folder.path().join("other").exists(),
        "OpenSSH's files are never written"
    );
}
