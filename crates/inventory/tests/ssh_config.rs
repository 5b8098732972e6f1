//! The configuration that is written, as OpenSSH's own client understands it.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::{collections::HashMap, fs, process::Command};

use inventory::{Entry, Format, read, to_ssh_config};

/// What `ssh -G` says of a host; `None`: there is no `ssh`.
fn resolved(file: &std::path::Path, host: &str) -> Option<HashMap<String, String>> {
    let ssh = Command::new("ssh")
        .arg("-G")
        .arg("-F")
        .arg(file)
        .arg(host)
        .output();
    let Ok(output) = ssh else {
        eprintln!("skipped: there is no ssh");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    Some(
        lines
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
    )
}

#[test]
fn ssh_understands_what_is_written() {
    let entries = [
        Entry {
            name: "web".to_owned(),
            host: "web1.example".to_owned(),
            port: Some(2222),
            user: "ada".to_owned(),
            key: Some("/home/ada/my \"keys\"/a%b#c".to_owned()),
            jump: vec!["ops@bastion:2222".to_owned(), "inner".to_owned()],
            notes: "Host *\nUser nobody\n\tPort 1".to_owned(),
            folder: "Shop/Berlin\nPort 1".to_owned(),
            ..Entry::default()
        },
        Entry {
            name: "Zürich * web\nHost *".to_owned(),
            host: "fe80::1%eth0".to_owned(),
            user: "ada l".to_owned(),
            ..Entry::default()
        },
        Entry {
            name: "-oProxyCommand=x".to_owned(),
            host: "192.0.2.1".to_owned(),
            key: Some("/home/${USER}/x".to_owned()),
            ..Entry::default()
        },
        Entry {
            name: "web".to_owned(),
            host: "192.0.2.2".to_owned(),
            ..Entry::default()
        },
    ];
    let text = to_ssh_config(&entries);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config");
    fs::write(&file, &text).unwrap();
    let Some(web) = resolved(&file, "web") else {
        return;
    };
    assert_eq!(
        (web["hostname"].as_str(), web["port"].as_str()),
        ("web1.example", "2222")
    );
    assert_eq!(web["user"], "ada");
    // As it was written: `ssh` takes `%%` for `%` when it opens the file.
    assert_eq!(web["identityfile"], "/home/ada/my \"keys\"/a%%b#c");
    assert_eq!(web["proxyjump"], "ops@bastion:2222,inner");
    let other = resolved(&file, "Zürich-web-Host").unwrap();
    assert_eq!(
        (other["hostname"].as_str(), other["user"].as_str()),
        ("fe80::1%eth0", "ada l")
    );
    let third = resolved(&file, "oProxyCommand-x").unwrap();
    assert_eq!(third["hostname"], "192.0.2.1");
    assert!(!third["identityfile"].contains("USER"));
    assert_eq!(resolved(&file, "web-2").unwrap()["hostname"], "192.0.2.2");
    let nobody = resolved(&file, "elsewhere").unwrap();
    assert_eq!(
        (nobody["port"].as_str(), nobody["hostname"].as_str()),
        ("22", "elsewhere")
    );

    // And what is read of a file is what ssh makes of it.
    for entry in read(Format::SshConfig, &text, None).entries {
        let ssh = resolved(&file, &entry.name).unwrap();
        assert_eq!(entry.host, ssh["hostname"], "{}", entry.name);
        assert_eq!(entry.port.unwrap_or(22).to_string(), ssh["port"]);
        if !entry.user.is_empty() {
            assert_eq!(entry.user, ssh["user"]);
        }
    }
}
