//! A public key put on a server: on this computer with a home folder of its own, and on the lab's
//! real servers, where the key must then let its owner in.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{fs, os::unix::fs::PermissionsExt, os::unix::fs::symlink, path::Path};

use catalog::Capability;
use desk::{Desk, HERE, mode};
use engine::{KeyInstalled, KeyToInstall, KeyType, NewKey, ServerChange};
use store::Auth;
use testkit::lab::{Host, Lab};

const DATA: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIJK9GKzJHHFNCNP5bNzOmrSBKPnwNTEDKXEdjCAxTxFp";

async fn install(desk: &Desk, text: &str) -> Result<KeyInstalled, engine::Error> {
    let key = KeyToInstall {
        path: None,
        text: Some(text.to_owned()),
    };
    desk.engine.install_key(HERE, key).await
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_added_once_and_all_else_in_the_file_stays() {
    let desk = Desk::new().await;
    let folder = desk.home().join(".ssh");
    let file = folder.join("authorized_keys");
    let line = format!("ssh-ed25519 {DATA} ada@desk");

    let first = install(&desk, &line).await.unwrap();
    assert!(first.added);
    assert_eq!(first.path, file.to_str().unwrap());
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{line}\n"));
    assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));

    // The same key under another comment is the same key.
    let again = install(&desk, &format!("ssh-ed25519 {DATA} other")).await;
    assert!(!again.unwrap().added);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{line}\n"));

    // Bytes that are no text, and no line feed at the end.
    let odd = b"# \xff\xfe caf\xe9\nfrom=\"a b\" ssh-rsa AAAA x".to_vec();
    fs::write(&file, &odd).unwrap();
    chmod(&file, 0o640);
    assert!(install(&desk, &line).await.unwrap().added);
    let expected = [odd.as_slice(), b"\n", line.as_bytes(), b"\n"].concat();
    assert_eq!(fs::read(&file).unwrap(), expected);
    assert_eq!(mode(&file), 0o640);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sshd_would_refuse_is_put_right_and_said() {
    let desk = Desk::new().await;
    let folder = desk.home().join(".ssh");
    let file = folder.join("authorized_keys");
    fs::create_dir(&folder).unwrap();
    fs::write(&file, "").unwrap();
    chmod(&folder, 0o775);
    chmod(&file, 0o666);
    chmod(&desk.home(), 0o777);
    let installed = install(&desk, &format!("ssh-ed25519 {DATA}"))
        .await
        .unwrap();
    assert!(installed.added);
    assert_eq!((mode(&folder), mode(&file)), (0o755, 0o644));
    let said = installed.warnings.join("\n");
    for words in ["chmod go-w", "0775 and is now 0755", "0666 and is now 0644"] {
        assert!(said.contains(words), "{said}");
    }
    // With options before it the key is there, but does not do all.
    fs::write(&file, format!("no-pty ssh-ed25519 {DATA}\n")).unwrap();
    let installed = install(&desk, &format!("ssh-ed25519 {DATA}"))
        .await
        .unwrap();
    assert!(!installed.added);
    assert!(installed.warnings.join("\n").contains("with options"));
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_what_is_no_file_are_left_alone() {
    let desk = Desk::new().await;
    let (home, work) = (desk.home(), desk.work());
    let line = format!("ssh-ed25519 {DATA}");
    symlink(&work, home.join(".ssh")).unwrap();
    let error = install(&desk, &line).await.unwrap_err();
    assert_eq!(error.code(), "conflict");
    assert!(error.to_string().contains("is a link to"), "{error}");

    fs::remove_file(home.join(".ssh")).unwrap();
    fs::create_dir(home.join(".ssh")).unwrap();
    fs::write(work.join("keys"), "mine\n").unwrap();
    symlink(work.join("keys"), home.join(".ssh/authorized_keys")).unwrap();
    let error = install(&desk, &line).await.unwrap_err();
    assert!(error.to_string().contains("is a link to"), "{error}");
    assert_eq!(fs::read_to_string(work.join("keys")).unwrap(), "mine\n");

    fs::remove_file(home.join(".ssh/authorized_keys")).unwrap();
    fs::create_dir(home.join(".ssh/authorized_keys")).unwrap();
    let error = install(&desk, &line).await.unwrap_err();
    assert!(error.to_string().contains("is a folder"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_may_not_write_files_gets_no_key() {
    let desk = Desk::new().await;
    let read_only = ServerChange {
        capabilities: Some(Capability::read_only().collect()),
        ..ServerChange::default()
    };
    desk.engine.change(HERE, read_only).unwrap();
    let error = install(&desk, &format!("ssh-ed25519 {DATA}"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "denied");
    assert!(!desk.home().join(".ssh").exists());
}

/// A key made for this test, installed twice on a host of the lab, and then used.
async fn on_a_real_server(host: &Host, user: &str, lab: &Lab) {
    let desk = Desk::new().await;
    let address = format!("{}:{}", host.address, host.port).parse().unwrap();
    let identity = Auth::KeyFile {
        path: lab.identity.clone(),
    };
    let id = desk.add_as(address, user, identity).await;
    let path = desk.work().join("id_test");
    let comment = format!("headlessos-test-{}", std::process::id());
    let new = NewKey {
        kind: KeyType::Ed25519,
        comment: Some(comment.clone()),
        passphrase: None,
        path: Some(path.to_str().unwrap().to_owned()),
    };
    desk.engine.make_key(new).await.unwrap();
    let key = || KeyToInstall {
        path: Some(path.to_str().unwrap().to_owned()),
        text: None,
    };
    let first = desk.engine.install_key(&id, key()).await.unwrap();
    let second = desk.engine.install_key(&id, key()).await.unwrap();
    let held = host.exec(&["cat", &first.path]).stdout;
    let modes = host.exec(&["stat", "-c", "%a %U", &first.path]).stdout;
    // Logged in by nothing but the new key.
    let by_key = Auth::KeyFile { path };
    let with_key = desk.add_as(address, user, by_key).await;
    let undo = format!("/{comment}$/d");
    let undone = host.exec(&["sed", "-i", &undo, &first.path]);
    assert_eq!(undone.code, 0, "{}", undone.stderr);
    assert_ne!(with_key, id);
    assert!(first.added && !second.added, "{first:?} {second:?}");
    assert_eq!(held.matches(&comment).count(), 1, "{held}");
    assert!(modes.starts_with("600 "), "{modes}");
    assert!(modes.trim_end().ends_with(user), "{modes}");
    desk.engine.disconnect_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_installed_twice_on_a_real_server_stands_once_and_lets_in() {
    let Some(lab) = Lab::find() else { return };
    for (name, user) in [("deb12", "plain"), ("fedora", "root")] {
        if let Some(host) = lab.host(name)
            && host.user(user).is_some_and(|user| user.key)
        {
            on_a_real_server(host, user, lab).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_sftp_says_so() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("busybox").filter(|host| !host.sftp) else {
        return;
    };
    let desk = Desk::new().await;
    let address = format!("{}:{}", host.address, host.port).parse().unwrap();
    let identity = Auth::KeyFile {
        path: lab.identity.clone(),
    };
    let id = desk.add_as(address, "root", identity).await;
    let key = KeyToInstall {
        path: None,
        text: Some(format!("ssh-ed25519 {DATA}")),
    };
    let error = desk.engine.install_key(&id, key).await.unwrap_err();
    let body = error.body();
    assert!(body.message.contains("SFTP"), "{body:?}");
    assert!(body.hint.unwrap().contains("dropbear"));
    desk.engine.disconnect_all().await;
}
