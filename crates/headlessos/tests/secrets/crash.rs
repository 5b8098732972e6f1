//! A crash while secrets are held: no core file has them, and no last words.

use std::{fs, os::unix::process::ExitStatusExt as _, path::Path, process::Command};

use serde_json::json;

use crate::{
    Planted,
    account::Account,
    assert_none,
    found::{found_in, in_memory},
    lab_host, left_anywhere, log_in,
    program::{Program, with_core_file},
};

#[test]
fn a_crash_leaves_no_core_file_and_no_secret_in_the_last_words() {
    others_leave_one();
    for signal in ["ABRT", "SEGV"] {
        crash(&mut |program, _| {
            // Rust's own handler takes the first SIGSEGV for a fault.
            let pid = program.id().to_string();
            let sent = Command::new("kill").args(["-s", signal, &pid]).status();
            assert!(sent.unwrap().success());
        });
    }
}

/// Where there is no limit on it, nothing that was ever touched may be written to swap.
#[test]
fn what_is_in_memory_is_kept_from_swap() {
    let program = Program::start("info");
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let kilobytes = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|rest| rest.split_whitespace().next());
        number.unwrap().parse().unwrap()
    };
    let limits = fs::read_to_string(format!("/proc/{}/limits", program.id())).unwrap();
    let limit = limits
        .lines()
        .find(|line| line.starts_with("Max locked memory"));
    let is_root = kilobytes("Uid:") == 0;
    if !is_root && !limit.unwrap().contains("unlimited") {
        eprintln!("skipped: this user may keep little from swap");
        return;
    }
    assert!(kilobytes("VmLck:") > kilobytes("VmRSS:"), "{status}");
    assert_eq!(kilobytes("VmSwap:"), 0, "{status}");
}

/// What a panic runs through, in the program as it is: it says why, shows the calls, and aborts.
#[test]
fn what_it_says_when_there_is_no_more_memory_holds_no_secret() {
    let mut has_begun = false;
    let log = crash(&mut |program, server| {
        if !has_begun {
            program.give_no_more_memory();
            has_begun = true;
        }
        program.begin_to_save(server);
    });
    let Some(log) = log else { return };
    let words = "memory allocation of ";
    assert!(log.contains(words), "{}", log.lines().last().unwrap());
    assert!(log.contains("stack backtrace:"));
}

/// Starts the program, gives it a password and a passphrase, and has it crash by a deed on it and one
/// of its servers. Gives its log; `None`: there is no lab.
fn crash(deed: &mut dyn FnMut(&Program, &str)) -> Option<String> {
    let host = lab_host()?;
    let [password, passphrase] = ["login password", "key passphrase"].map(Planted::new);
    let account = Account::make(host, &password.text, &passphrase.text);
    let planted = [&password, &passphrase];
    let mut program = Program::start("trace");
    let key = json!({ "method": "keyFile", "path": account.key });
    let by_password = json!({ "method": "password" });
    let mut last = String::new();
    for (auth, secret) in [(by_password, &password), (key, &passphrase)] {
        let server = program.add(host, &account.user, &auth);
        log_in(&program, &server, &mut vec![secret]);
        let held = in_memory(program.id(), &[&secret.text]);
        assert!(!held.is_empty(), "the {} is not in memory", secret.what);
        last = server;
    }
    let (ended, said) = program.crash(|program| deed(program, &last));
    // The system's own word, wherever it would have written it to.
    assert!(!ended.core_dumped(), "{ended}: a core file was written");
    let mut wrongs = left_anywhere(&program, &account, &planted);
    for secret in planted {
        if found_in(said.as_bytes(), &secret.text) {
            wrongs.push(format!("the {} is in the standard output", secret.what));
        }
    }
    assert_none(&wrongs, &planted);
    Some(fs::read_to_string(program.folder().join("log")).unwrap())
}

/// Shows that another program which is started alike does leave a core file, where that stays in its
/// working folder.
fn others_leave_one() {
    let pattern = fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap();
    if pattern.starts_with(['|', '/']) {
        eprintln!("core files go to {pattern}: not tried with another program");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut other = with_core_file("sh", folder.path());
    let ended = other.args(["-c", "kill -s ABRT $$"]).status().unwrap();
    assert!(ended.core_dumped(), "{ended}: this computer writes none");
    assert_ne!(count(folder.path()), 0, "{pattern}");
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}
