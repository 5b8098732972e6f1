//! The passwords for administrator access, right and wrong ones, by sudo, doas and su: looked for where
//! the others are.

use serde_json::json;
use testkit::lab::{Host, Lab};

use crate::{
    Planted,
    account::Account,
    assert_none,
    found::{Processes, in_memory},
    is_held_once, lab_host, left_anywhere, left_in_memory, log_in,
    program::{Json, Program},
};

#[test]
fn a_password_of_sudo_is_nowhere_while_it_is_used_and_not_in_memory_when_it_is_off() {
    let Some(host) = lab_host() else { return };
    // On a terminal it could be echoed.
    is_nowhere(host, Account::may_sudo, &["sudo", "sudoOnTerminal"]);
}

#[test]
fn a_password_of_doas_is_nowhere_while_it_is_used_and_not_in_memory_when_it_is_off() {
    let Some(host) = Lab::find().and_then(|lab| lab.host("deb13")) else {
        return;
    };
    is_nowhere(host, Account::may_doas, &["doas"]);
}

fn is_nowhere(host: &'static Host, allow: fn(&Account), ways: &[&str]) {
    let [password, wrong, of_root, passphrase] = [
        "password",
        "wrong password",
        "wrong password of root",
        "key passphrase",
    ]
    .map(Planted::new);
    let account = Account::make(host, &password.text, &passphrase.text);
    allow(&account);
    let program = Program::start("trace");
    let key = json!({ "method": "keyFile", "path": account.key });
    let server = program.add(host, &account.user, &key);
    log_in(&program, &server, &mut vec![&passphrase]);
    let planted = [&password, &wrong, &of_root];
    let processes = Processes::watch(&planted.map(|secret| secret.text.as_str()));

    let asked = turn_on(&program, &server, None);
    assert_eq!(asked["status"], "password", "{asked}");
    for (way, secret) in [(ways[0], &wrong), ("su", &of_root)] {
        let refused = turn_on(&program, &server, Some((way, secret)));
        assert_eq!(refused["refused"], true, "{refused}");
    }
    let mut wrongs = Vec::new();
    for way in ways {
        let on = turn_on(&program, &server, Some((way, &password)));
        assert_eq!(on["status"], "on", "{way}: {on}");
        use_it(&program, &server, &account.file_of_root());
        program.get_everything(std::slice::from_ref(&server));
        // A search that does not find it finds nothing.
        let held = in_memory(program.id(), &[&password.text]);
        assert!(!held.is_empty(), "{way}: the password is not in memory");
        turn_off(&program, &server);
        wrongs.extend(left_in_memory(&program, &planted));
    }
    // It ends with the connection, too.
    turn_on(&program, &server, Some((ways[0], &password)));
    use_it(&program, &server, &account.file_of_root());
    wrongs.extend(processes.stop());
    program.post(&format!("/api/servers/{server}/disconnect"), &json!({}));
    let planted = [&password, &wrong, &of_root, &passphrase];
    wrongs.extend(left_anywhere(&program, &account, &planted));
    wrongs.extend(left_in_memory(&program, &planted));
    assert_none(&wrongs, &planted);
}

#[test]
fn a_password_of_sudo_is_in_memory_once_while_it_is_used() {
    let Some(host) = lab_host() else { return };
    let [password, wrong, passphrase] =
        ["sudo password", "wrong sudo password", "key passphrase"].map(Planted::new);
    let account = Account::make(host, &password.text, &passphrase.text);
    account.may_sudo();
    let program = Program::start("off");
    let key = json!({ "method": "keyFile", "path": account.key });
    let server = program.add(host, &account.user, &key);
    log_in(&program, &server, &mut vec![&passphrase]);
    for secret in [&wrong, &password] {
        turn_on(&program, &server, Some(("sudo", secret)));
    }
    use_it(&program, &server, &account.file_of_root());
    is_held_once(&program, &password, &wrong);
    turn_off(&program, &server);
    assert_none(&left_in_memory(&program, &[&password]), &[&password]);
}

fn turn_on(program: &Program, server: &str, by: Option<(&str, &Planted)>) -> Json {
    let body = match by {
        Some((way, secret)) => json!({ "on": true, "way": way, "secret": secret.text }),
        None => json!({ "on": true }),
    };
    program.post(&format!("/api/servers/{server}/administrator"), &body)
}

fn turn_off(program: &Program, server: &str) {
    let off = json!({ "on": false });
    let off = program.post(&format!("/api/servers/{server}/administrator"), &off);
    assert_eq!(off["status"], "limited");
}

/// What the user alone may not: look into everybody's processes, make, save and read a file of root's.
fn use_it(program: &Program, server: &str, file: &str) {
    let restarts = format!("/api/servers/{server}/queries/packages.restarts");
    let restarts = program.post(&restarts, &json!({}));
    assert_eq!(restarts["outcome"]["status"], "ok", "{restarts}");
    let path = format!("{file}/note");
    if !program.read(server, &path).starts_with("HTTP/1.1 200") {
        let folder = json!({ "path": file });
        program.post(&format!("/api/servers/{server}/files/folders"), &folder);
        program.save(server, &path, "a note of root's");
    }
    let note = program.read(server, &path);
    assert!(note.ends_with("a note of root's"), "{note}");
}
