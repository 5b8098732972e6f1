//! Passwords, questions and codes, and all that a server may want one after the other: a real sshd
//! with PAM, and dropbear. Skipped, with a printed reason, where there is no lab.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may"
)]

mod support;

use std::{fs, path::Path, sync::Arc};

use hmac::{Hmac, KeyInit as _, Mac as _};
use ssh::{AuthMethod, ConnectError, Connection, Hop, KnownHosts, Proofs};
use support::{
    Person,
    lab_sshd::{LabSshd, PASSWORD, host},
    named_target,
    sshd::{PASSPHRASE, by_files, ends, key, public},
    until,
};
use testkit::lab::Lab;

/// The host's own accounts, and nothing else.
const UNIX: &str = "auth required pam_unix.so\naccount required pam_unix.so\n\
    password required pam_unix.so\nsession required pam_permit.so\n";

async fn log_in(
    sshd: &LabSshd<'_>,
    proofs: Proofs,
    person: &Arc<Person>,
) -> Result<Connection, ConnectError> {
    let folder = tempfile::tempdir().unwrap();
    let known = folder.path().join("known_hosts");
    fs::write(&known, &sshd.known_hosts_line).unwrap();
    let files = KnownHosts::of_files(folder.path().join("own"), vec![known]);
    let target = named_target(&sshd.host.address, sshd.port, sshd.name);
    let hop = Hop {
        proofs,
        ..Hop::new(target, AuthMethod::Auto, files)
    };
    let ask = Arc::clone(person);
    let connected = ssh::connect(&hop, None, ask).await;
    connected.map(|connection| connection.witnessed(testkit::anyone()))
}

/// Logs in, and returns what the log says of the proofs.
async fn accepted(sshd: &LabSshd<'_>, proofs: Proofs, person: &Arc<Person>) -> Vec<String> {
    let before = sshd.attempts().len();
    let connection = log_in(sshd, proofs, person).await;
    let connection = connection.unwrap_or_else(|error| panic!("{error}\n{}", sshd.log()));
    let logged = || ends(&sshd.attempts().split_off(before));
    until("it is logged", || {
        logged().iter().any(|end| end.starts_with("Accepted "))
    })
    .await;
    connection.close().await;
    logged()
}

fn auto(key: &Path) -> Proofs {
    by_files(&[key])
}

fn knowing(passwords: &[&'static str]) -> Arc<Person> {
    Arc::new(Person {
        passwords: passwords.to_vec().into(),
        passphrases: vec![PASSPHRASE].into(),
        ..Person::default()
    })
}

#[tokio::test]
async fn one_proof_after_the_other_as_the_server_wants_them() {
    let Some((_, host)) = host() else { return };
    let folder = tempfile::tempdir().unwrap();
    let key = key(
        folder.path(),
        "key",
        "ed25519",
        &["-N", PASSPHRASE, "-a", "1"],
    );
    const KEY: &str = "ED25519";
    const PAM: &str = "keyboard-interactive/pam";
    let password = "password";
    for (wanted, steps) in [
        ("password", vec![password]),
        ("keyboard-interactive", vec![PAM]),
        ("publickey,password", vec![KEY, password]),
        ("publickey,keyboard-interactive", vec![KEY, PAM]),
        ("password,publickey", vec![password, KEY]),
        ("keyboard-interactive,publickey", vec![PAM, KEY]),
        ("password,keyboard-interactive", vec![password, PAM]),
        (
            "publickey,keyboard-interactive,password",
            vec![KEY, PAM, password],
        ),
        (
            "keyboard-interactive,password,publickey",
            vec![PAM, password, KEY],
        ),
        (
            "publickey,password publickey,keyboard-interactive",
            vec![KEY, PAM],
        ),
    ] {
        let methods = format!("AuthenticationMethods {wanted}");
        let lines = ["KbdInteractiveAuthentication yes", methods.as_str()];
        let sshd = LabSshd::start(host, "sshtest-steps", &lines, UNIX);
        sshd.write(
            &format!("/run/{}/authorized_keys", sshd.name),
            &public(&key),
        );
        let mut expected: Vec<String> =
            steps.iter().map(|step| format!("Partial {step}")).collect();
        let last = expected.pop().unwrap().replace("Partial", "Accepted");
        expected.push(last);
        let asked = steps.iter().filter(|step| **step != KEY).count();
        let mut ways = vec![auto(&key)];
        if wanted.contains("publickey") {
            ways.push(Proofs {
                method: AuthMethod::KeyFile(key.clone()),
                ..auto(&key)
            });
        }
        if steps[0] != KEY {
            ways.push(Proofs {
                method: AuthMethod::Password,
                ..auto(&key)
            });
        }
        for proofs in ways {
            let person = knowing(&[PASSWORD, PASSWORD]);
            let method = proofs.method.clone();
            let logged = accepted(&sshd, proofs, &person).await;
            assert_eq!(logged, expected, "{wanted} by {method:?}");
            assert_eq!(person.asked().len(), asked, "{wanted} by {method:?}");
            assert!(person.asked().iter().all(|asked| !asked.retry));
        }
        // A wrong answer is asked for again, and what was accepted stays accepted.
        if ["publickey,password", "keyboard-interactive,publickey"].contains(&wanted) {
            let person = knowing(&["wrong", PASSWORD, PASSWORD]);
            let logged = accepted(&sshd, auto(&key), &person).await;
            assert_eq!(logged.len(), steps.len() + 1, "{wanted}: {logged:?}");
            let retries: Vec<bool> = person.asked().iter().map(|asked| asked.retry).collect();
            assert_eq!(retries[..2], [false, true], "{wanted}");
        }
    }
}

#[tokio::test]
async fn wrong_passwords_are_bounded_over_both_ways_to_give_one() {
    let Some((_, host)) = host() else { return };
    let lines = ["KbdInteractiveAuthentication yes"];
    let sshd = LabSshd::start(host, "sshtest-wrong", &lines, UNIX);
    let nothing = Path::new("/nonexistent");
    let person = knowing(&["a", "b", "c", "d", "e", "f"]);
    let error = log_in(&sshd, auto(nothing), &person).await.unwrap_err();
    assert!(matches!(error, ConnectError::AuthFailed { .. }), "{error}");
    assert_eq!(
        person.asked().len(),
        3,
        "one password, asked for three times"
    );
    assert_eq!(
        ends(&sshd.attempts()),
        vec!["Failed keyboard-interactive/pam"; 3]
    );
    let once = Proofs {
        password_prompts: 1,
        ..auto(nothing)
    };
    let person = knowing(&["a", "b", "c"]);
    log_in(&sshd, once, &person).await.unwrap_err();
    assert_eq!(person.asked().len(), 1);
}

/// RFC 4226.
fn code(secret: &[u8], counter: u64) -> &'static str {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap();
    mac.update(&counter.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    Box::leak(format!("{:06}", number % 1_000_000).into_boxed_str())
}

#[tokio::test]
async fn a_password_and_a_one_time_code_of_a_real_module() {
    let Some((_, host)) = host() else { return };
    let module = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let module = module.map(|folder| folder.path().join("security/pam_google_authenticator.so"));
    let Some(module) = module.into_iter().find(|path| path.exists()) else {
        eprintln!("skipped: there is no libpam-google-authenticator");
        return;
    };
    let name = "sshtest-code";
    let pam = format!(
        "auth required pam_unix.so\nauth required /run/{name}/module.so secret=/run/{name}/secret \
         user=root\naccount required pam_permit.so\nsession required pam_permit.so\n"
    );
    let key_folder = tempfile::tempdir().unwrap();
    let key = key(key_folder.path(), "key", "ed25519", &[]);
    let lines = [
        "KbdInteractiveAuthentication yes",
        "AuthenticationMethods publickey,keyboard-interactive",
    ];
    let sshd = LabSshd::start(host, name, &lines, &pam);
    sshd.write(&format!("/run/{name}/authorized_keys"), &public(&key));
    // Base32 of twenty times "A" has only "I" and "E", "C" and "B" ... in turn.
    let secret = b"AAAAAAAAAA";
    let file = "IFAUCQKBIFAUCQKB\n\" WINDOW_SIZE 17\n\" HOTP_COUNTER 1\n";
    sshd.write(&format!("/run/{name}/secret"), file);
    sshd.sh(&format!("chmod 600 /run/{name}/secret"));
    let base64 = base64(&fs::read(&module).unwrap());
    for (number, part) in base64.as_bytes().chunks(60_000).enumerate() {
        let end = if number == 0 { ">" } else { ">>" };
        let part = std::str::from_utf8(part).unwrap();
        sshd.sh(&format!("printf %s {part} {end}/run/{name}/module.b64"));
    }
    sshd.sh(&format!(
        "base64 -d /run/{name}/module.b64 >/run/{name}/module.so"
    ));
    let loads = format!("ldd -r /run/{name}/module.so 2>&1 | grep -c GLIBC_ || true");
    if sshd.sh(&loads).trim() != "0" {
        eprintln!("skipped: this machine's PAM module does not load in the host");
        return;
    }
    let person = knowing(&[PASSWORD, code(secret, 1)]);
    let logged = accepted(&sshd, auto(&key), &person).await;
    assert_eq!(
        logged,
        ["Partial ED25519", "Accepted keyboard-interactive/pam"]
    );
    let prompted = person.prompted();
    assert_eq!(
        prompted.len(),
        1,
        "the code; the password is a question of its own"
    );
    assert_eq!(prompted[0].prompts[0].text, "Verification code:");
    assert!(!prompted[0].prompts[0].is_password && !prompted[0].prompts[0].echo);

    // A code that was used is refused; the next one is right.
    let person = knowing(&[PASSWORD, code(secret, 1), PASSWORD, code(secret, 4)]);
    let logged = accepted(&sshd, auto(&key), &person).await;
    assert_eq!(logged.len(), 3, "{logged:?}");
    assert_eq!(person.asked().len(), 2);
    assert!(person.asked()[1].retry);
    assert!(!sshd.log().contains(PASSWORD));
}

/// A module is a few dozen kilobytes; `base64` of the system would do, but not everywhere.
fn base64(bytes: &[u8]) -> String {
    use russh::keys::ssh_encoding::base64::{Base64, Encoding as _};
    Base64::encode_string(bytes)
}

#[tokio::test]
async fn a_password_that_has_run_out_is_changed_in_several_rounds() {
    let Some((_, host)) = host() else { return };
    let lines = [
        "KbdInteractiveAuthentication yes",
        "PasswordAuthentication no",
    ];
    let sshd = LabSshd::start(host, "sshtest-expired", &lines, UNIX);
    sshd.sh(&format!("chage -d 0 {}", sshd.name));
    let new = "quite another pass word";
    let person = knowing(&[PASSWORD, PASSWORD, new, new]);
    let proofs = Proofs {
        method: AuthMethod::Password,
        ..auto(Path::new("/nonexistent"))
    };
    accepted(&sshd, proofs.clone(), &person).await;
    assert_eq!(person.asked().len(), 1, "the password as such");
    let texts: Vec<String> = person
        .prompted()
        .iter()
        .flat_map(|asked| asked.prompts.iter().map(|prompt| prompt.text.clone()))
        .collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(
        texts[0].contains("urrent") && texts[1].contains("ew password"),
        "{texts:?}"
    );
    accepted(&sshd, proofs, &knowing(&[new])).await;
}

#[tokio::test]
async fn every_kind_of_key_and_a_password_on_dropbear() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("busybox") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let known = folder.path().join("known_hosts");
    fs::write(&known, format!("{}\n", host.known_hosts_line)).unwrap();
    let keys: Vec<_> = ["ed25519", "ecdsa-256", "ecdsa-521", "rsa-2048"]
        .map(|kind| {
            key(
                folder.path(),
                kind,
                kind,
                &["-N", "", "-C", "sshtest-dropbear"],
            )
        })
        .to_vec();
    let file = "/home/plain/.ssh/authorized_keys";
    let clean = format!(
        "grep -v sshtest-dropbear {file} >{file}.old; cat {file}.old >{file}; rm {file}.old"
    );
    let sh = |script: &str| assert_eq!(host.exec(&["sh", "-c", script]).code, 0, "{script}");
    sh(&clean);
    for key in &keys {
        sh(&format!("echo '{}' >>{file}", public(key)));
    }
    let log_in = async |proofs: Proofs, person: &Arc<Person>| {
        let files = KnownHosts::of_files(folder.path().join("own"), vec![known.clone()]);
        let target = named_target(&host.address, host.port, "plain");
        let hop = Hop {
            proofs,
            ..Hop::new(target, AuthMethod::Auto, files)
        };
        let ask = Arc::clone(person);
        let connected = ssh::connect(&hop, None, ask).await;
        connected.map(|connection| connection.witnessed(testkit::anyone()))
    };
    let mut ends = Vec::new();
    for key in &keys {
        ends.push((key.clone(), log_in(auto(key), &knowing(&[])).await));
    }
    sh(&clean);
    for (key, end) in ends {
        assert!(end.is_ok(), "{}: {:?}", key.display(), end.err());
    }
    let person = knowing(&["wrong", "labpw"]);
    log_in(auto(&keys[0]), &person).await.unwrap();
    assert_eq!(person.asked().len(), 2, "the key is not known any more");
}
