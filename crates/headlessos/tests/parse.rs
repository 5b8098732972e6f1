//! `headlessos parse` as a pipe meets it: what goes in, what comes out, what it ends with.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

fn parse(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headlessos"))
        .arg("parse")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that needs no input may be gone before it is written.
    let _gone = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a real `/proc/meminfo` held.
fn meminfo() -> Vec<u8> {
    let fixtures = "../catalog/src/system/memory/fixtures/proc--debian-12.out";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(fixtures);
    let printed = fs::read_to_string(path).unwrap();
    printed.replace("/proc/meminfo:", "").into_bytes()
}

#[test]
fn what_was_read_is_printed_on_one_line() {
    for arguments in [
        &["cat", "/proc/meminfo"][..],
        &["--command", "sudo -n cat /proc/meminfo | head -50"],
        &["system.memory"],
    ] {
        let output = parse(arguments, &meminfo());
        if arguments == ["system.memory"] {
            // A file without its name belongs to no file.
            assert_eq!(code(&output), 4, "{arguments:?}");
            continue;
        }
        assert_eq!(code(&output), 0, "{arguments:?}");
        assert_eq!(
            output.stdout.iter().filter(|byte| **byte == b'\n').count(),
            1
        );
        let answer = json(&output);
        assert_eq!(answer["query"], "system.memory");
        assert!(answer["value"]["totalBytes"].as_u64().unwrap() > 1 << 20);
        assert_eq!(answer["unread"], Value::Array(Vec::new()));
    }
}

#[test]
fn each_way_to_fail_has_a_code_of_its_own() {
    let file = ["cat", "/proc/meminfo"];
    assert_eq!(code(&parse(&[], b"")), 2);
    assert_eq!(code(&parse(&["echo 'not closed"], b"")), 2);
    assert_eq!(code(&parse(&["frobnicate", "--all"], b"x\n")), 3);
    let unknown = parse(&file, b"Lorem ipsum\ndolor sit amet\n");
    assert_eq!(code(&unknown), 4);
    assert_eq!(json(&unknown)["error"]["kind"], "notUnderstood");
    for (said, kind) in [
        ("bash: cat: command not found\n", "unsupported"),
        ("cat: /proc/meminfo: Permission denied\n", "denied"),
        (
            "Cannot connect to the Docker daemon at unix:///x.\n",
            "unavailable",
        ),
    ] {
        let output = parse(
            &[&["--exit-code", "1"], &file[..]].concat(),
            said.as_bytes(),
        );
        assert_eq!(code(&output), 5, "{said}");
        assert_eq!(json(&output)["error"]["kind"], kind, "{said}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(said.trim()));
    }
}

#[test]
fn what_was_complained_about_counts() {
    let folder = std::env::temp_dir().join(format!("headlessos-parse-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let errors = folder.join("errors");
    fs::write(&errors, "sh: 1: cat: not found\n").unwrap();
    let with = [
        "--stderr",
        errors.to_str().unwrap(),
        "--exit-code",
        "127",
        "cat",
        "/proc/meminfo",
    ];
    let output = parse(&with, b"");
    assert_eq!(
        (code(&output), json(&output)["error"]["kind"].as_str()),
        (5, Some("unsupported"))
    );
    fs::remove_file(&errors).unwrap();
    assert_eq!(code(&parse(&with, b"")), 1);
    fs::remove_dir(&folder).unwrap();
}

#[test]
fn it_says_what_it_reads_and_in_which_shape() {
    let list = parse(&["--list"], b"");
    assert_eq!(code(&list), 0);
    let schemas = json(&parse(&["--schema", "cat", "/proc/meminfo"], b""));
    assert_eq!(schemas[0]["query"], "system.memory");
    assert_eq!(schemas[0]["schema"]["type"], "object");
}
