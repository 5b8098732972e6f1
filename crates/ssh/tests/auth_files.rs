//! Every kind of key, in every form a file may have, against a real sshd: one proof, and it is taken.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
};

use ssh::{AgentAddress, AuthMethod, ConnectError, Proofs};
use support::{
    Person,
    sshd::{PASSPHRASE, accepted, by_files, ends, key, log_in, public, public_path, run, text},
};
use testkit::sshd::Sshd;

/// A file, and whether it is locked.
type Form = (&'static str, PathBuf, bool);

/// Logs in with each.
async fn each(sshd: &Sshd, kind: &str, forms: &[Form]) {
    for (form, path, is_locked) in forms {
        let phrases: &[&str] = if *is_locked {
            &["wrong", PASSPHRASE]
        } else {
            &[]
        };
        let person = Person::unlocking(phrases);
        let attempts = accepted(sshd, by_files(&[path]), &person).await;
        assert_eq!(ends(&attempts), [format!("Accepted {kind}")], "{form}");
        assert_eq!(person.passphrases_left(), 0, "{form}: all were needed");
    }
}

/// The forms that OpenSSH has of its own. Few rounds, since they are slow in a test.
fn openssh(folder: &Path, kind: &'static str) -> Vec<Form> {
    let mut forms = vec![("OpenSSH", key(folder, "plain", kind, &[]), false)];
    for cipher in [
        "aes256-ctr",
        "aes256-cbc",
        "aes256-gcm@openssh.com",
        "chacha20-poly1305@openssh.com",
    ] {
        let words = ["-N", PASSPHRASE, "-a", "1", "-Z", cipher];
        forms.push((cipher, key(folder, cipher, kind, &words), true));
    }
    forms
}

fn pem(folder: &Path, kind: &'static str) -> Vec<Form> {
    let mut forms = Vec::new();
    for form in ["PEM", "PKCS8"] {
        let plain = format!("{form}-plain");
        forms.push((
            form,
            key(folder, &plain, kind, &["-m", form, "-N", ""]),
            false,
        ));
        let words = ["-m", form, "-N", PASSPHRASE];
        forms.push((
            form,
            key(folder, &format!("{form}-locked"), kind, &words),
            true,
        ));
    }
    forms
}

/// What openssl makes of a plain PEM key.
fn openssl(folder: &Path, program: &str, plain: &Path) -> Vec<Form> {
    let mut forms = Vec::new();
    for cipher in ["-aes256", "-aes192", "-des3"] {
        let path = folder.join(format!("openssl{cipher}"));
        let pass = format!("pass:{PASSPHRASE}");
        let mut words = vec![program, "-in", text(plain), cipher, "-passout", &pass];
        words.extend(["-out", text(&path)]);
        if program == "rsa" {
            words.push("-traditional");
        }
        if run("openssl", &words).is_none() {
            return Vec::new();
        }
        fs::copy(public_path(plain), public_path(&path)).unwrap();
        forms.push(("DEK-Info", path, true));
    }
    forms
}

/// What PuTTY makes of a key.
fn ppk(folder: &Path, plain: &Path) -> Vec<Form> {
    let phrase = folder.join("phrase");
    fs::write(&phrase, PASSPHRASE).unwrap();
    let mut forms = Vec::new();
    for version in ["version=2", "version=3,memory=1024,passes=1"] {
        for locked in [false, true] {
            let path = folder.join(format!("{version}-{locked}.ppk"));
            let empty = folder.join("empty");
            fs::write(&empty, "").unwrap();
            let phrase = if locked { &phrase } else { &empty };
            let mut words = vec![text(plain), "-O", "private", "-o", text(&path)];
            words.extend(["--ppk-param", version, "--new-passphrase", text(phrase)]);
            if run("puttygen", &words).is_none() {
                return Vec::new();
            }
            fs::copy(public_path(plain), folder.join("ppk.pub")).unwrap();
            forms.push(("PPK", path, locked));
        }
    }
    forms
}

/// Lets all keys in whose `.pub` lies in the folder.
fn authorize_all(sshd: &Sshd, folder: &Path) {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let publics = files.filter(|path| path.extension().is_some_and(|end| end == "pub"));
    let lines: Vec<String> = publics
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    sshd.authorize(&lines);
}

#[tokio::test]
async fn ed25519_keys_in_every_form() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut forms = openssh(folder.path(), "ed25519");
    forms.extend(ppk(folder.path(), &forms[0].1.clone()));
    // ssh-keygen writes Ed25519 in PKCS#8 only since OpenSSH 9.6.
    let text = fs::read_to_string(&forms[0].1).unwrap();
    let plain = russh::keys::decode_secret_key(&text, None).unwrap();
    let path = folder.path().join("pkcs8");
    let file = fs::File::create(&path).unwrap();
    russh::keys::encode_pkcs8_pem(&plain, file).unwrap();
    forms.push(("PKCS8", path, false));
    let path = folder.path().join("pkcs8-locked");
    let file = fs::File::create(&path).unwrap();
    russh::keys::encode_pkcs8_pem_encrypted(&plain, PASSPHRASE.as_bytes(), 100, file).unwrap();
    forms.push(("PKCS8", path, true));
    authorize_all(&sshd, folder.path());
    each(&sshd, "ED25519", &forms).await;
}

#[tokio::test]
async fn ecdsa_keys_in_every_form() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    for kind in ["ecdsa-256", "ecdsa-384", "ecdsa-521"] {
        let folder = tempfile::tempdir().unwrap();
        let mut forms = openssh(folder.path(), kind);
        let pem = pem(folder.path(), kind);
        forms.extend(openssl(folder.path(), "ec", &pem[0].1));
        forms.extend(ppk(folder.path(), &forms[0].1.clone()));
        forms.extend(pem);
        authorize_all(&sshd, folder.path());
        each(&sshd, "ECDSA", &forms).await;
    }
}

#[tokio::test]
async fn rsa_keys_in_every_form_and_never_by_sha1() {
    let Some(sshd) = Sshd::start(&["LogLevel DEBUG2"]) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut forms = openssh(folder.path(), "rsa");
    let pem = pem(folder.path(), "rsa");
    forms.extend(openssl(folder.path(), "rsa", &pem[0].1));
    forms.extend(ppk(folder.path(), &forms[0].1.clone()));
    forms.extend(pem);
    authorize_all(&sshd, folder.path());
    each(&sshd, "RSA", &forms).await;
    let log = sshd.log();
    assert!(log.contains("pkalg rsa-sha2-512"), "{log}");
    assert!(!log.contains("pkalg ssh-rsa"), "{log}");

    let Some(sshd) = Sshd::start(&[
        "PubkeyAcceptedAlgorithms rsa-sha2-256",
        "PasswordAuthentication no",
    ]) else {
        return;
    };
    authorize_all(&sshd, folder.path());
    let person = Person::unlocking(&[]);
    let result = log_in(&sshd, by_files(&[&forms[0].1]), &person).await;
    // sshd of OpenSSH 9.2 says that it takes what it does not; later ones say the truth.
    if let Err(error) = result {
        assert!(matches!(error, ConnectError::AuthFailed { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_passphrase_is_asked_for_only_if_the_server_would_take_the_key() {
    let Some(sshd) = Sshd::start(&[
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
    ]) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut forms = vec![(
        "OpenSSH",
        key(folder, "openssh", "ed25519", &["-N", PASSPHRASE]),
        true,
    )];
    forms.extend(pem(folder, "ecdsa-256").into_iter().filter(|form| form.2));
    forms.extend(
        ppk(folder, &key(folder, "plain", "ed25519", &[]))
            .into_iter()
            .filter(|form| form.2),
    );
    for (form, path, _) in forms {
        let person = Person::unlocking(&[PASSPHRASE]);
        let error = log_in(&sshd, by_files(&[&path]), &person)
            .await
            .unwrap_err();
        let ConnectError::AuthFailed { tried, .. } = &error else {
            panic!("{form}: {error}")
        };
        assert_eq!(*tried, [format!("key {}", path.display())], "{form}");
        assert_eq!(person.passphrases_left(), 1, "{form}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_said() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let good = key(folder, "good", "ed25519", &[]);
    sshd.authorize(&[&public(&good)]);
    let file = |name: &str, content: &str| {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        path
    };
    let dsa = "-----BEGIN DSA PRIVATE KEY-----\nMAA=\n-----END DSA PRIVATE KEY-----\n";
    let certificate = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    let memory =
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nArgon2-Memory: 99999999\n";
    let swapped = key(
        folder,
        "swapped",
        "ecdsa-256",
        &["-m", "PEM", "-N", PASSPHRASE],
    );
    // Any other key that the server takes.
    let third = key(folder, "third", "ed25519", &[]);
    sshd.authorize(&[&public(&good), &public(&third)]);
    fs::copy(public_path(&third), public_path(&swapped)).unwrap();
    for (path, words) in [
        (
            file("text", "not a key"),
            "not a private key in a form that is known",
        ),
        (file("dsa", dsa), "DSA"),
        (file("certificate", certificate), "CERTIFICATE"),
        (
            file("cut", "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n"),
            "not complete",
        ),
        (file("memory", memory), "memory"),
        (file("public", &public(&good)), "agent"),
        (folder.join("absent"), "no such file"),
        (folder.to_owned(), "not a file"),
        (swapped, ".pub"),
    ] {
        // The one way that was chosen: an error of its own.
        let chosen = Proofs {
            agent: AgentAddress::Off,
            ..Proofs::by(AuthMethod::KeyFile(path.clone()))
        };
        let person = Person::unlocking(&[PASSPHRASE]);
        let error = log_in(&sshd, chosen, &person).await.unwrap_err();
        let said = error.to_string();
        assert!(said.contains(words) && said.contains(text(&path)), "{said}");

        // One of several: the others are tried.
        let person = Person::unlocking(&[PASSPHRASE]);
        accepted(&sshd, by_files(&[&path, &good]), &person).await;
    }
    let wrong = Person::unlocking(&["a", "b", "c", PASSPHRASE]);
    let locked = key(folder, "locked", "ed25519", &["-N", PASSPHRASE, "-a", "1"]);
    sshd.authorize(&[&public(&locked)]);
    let chosen = Proofs::by(AuthMethod::KeyFile(locked));
    let error = log_in(&sshd, chosen, &wrong).await.unwrap_err();
    assert!(error.to_string().contains("passphrase is wrong"), "{error}");
    assert_eq!(wrong.passphrases_left(), 1, "it is asked for three times");
    assert!(!format!("{error:?}").contains(PASSPHRASE));
}
