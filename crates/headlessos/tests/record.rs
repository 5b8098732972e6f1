//! `headlessos get --record`: the files it leaves, and what it says about them.
#![cfg(target_os = "linux")]

use std::{fs, process::Command};

use catalog::{FileContent, RawOutput, Source, files};
use serde_json::{Value, json};

#[test]
fn what_was_asked_is_recorded_and_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, fixtures) = (folder.path().join("data"), folder.path().join("fixtures"));
    let output = Command::new(env!("CARGO_BIN_EXE_headlessos"))
        .args(["get", "this-computer", "system.load", "--record"])
        .arg(&fixtures)
        .arg("--data-dir")
        .arg(&data)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("secrets removed: 0; replaced: nothing"),
        "{said}"
    );
    let entries: Vec<_> = fs::read_dir(&fixtures)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let [path] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with("proc--") && name.ends_with(".out"),
        "{name}"
    );
    assert!(said.contains(name), "{said}");

    let query = catalog::find("system.load")
        .unwrap()
        .prepare(&json!({}))
        .unwrap();
    let Some(Source::Files(paths)) = query.source(0) else {
        panic!("system.load is read from files")
    };
    let recorded = fs::read(path).unwrap();
    let split = files::split(&recorded, paths);
    let contents: Vec<FileContent<'_>> = split
        .iter()
        .map(|(path, bytes)| FileContent { path, bytes })
        .collect();
    let raw = RawOutput {
        files: &contents,
        ..RawOutput::default()
    };
    let parsed = query.parse(0, raw).unwrap();
    let reading: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(parsed.value, reading["outcome"]["value"]);
}
