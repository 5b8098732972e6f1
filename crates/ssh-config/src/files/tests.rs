//! What is read, and what is refused before it is.

use std::fs;

use super::*;
use crate::Config;

fn in_folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Places) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(
            path,
            text.replace("@DIR@", &folder.path().display().to_string()),
        )
        .unwrap();
    }
    let mut places = Places::alone(
        folder.path().join(".ssh/config"),
        Some(folder.path().to_path_buf()),
    );
    places.guarded = true;
    (folder, places)
}

#[test]
fn files_that_are_not_there_are_empty() {
    let (_folder, mut places) = in_folder(&[]);
    places.system = Some(PathBuf::from("/nonexistent/ssh_config"));
    let config = Config::read(&places).unwrap();
    assert!(config.aliases().is_empty());
    assert!(config.is_current());
    fs::create_dir_all(places.user.parent().unwrap()).unwrap();
    fs::write(&places.user, "Host a\n").unwrap();
    assert!(!config.is_current());
}

#[test]
fn names_of_hosts_come_in_order_and_once_with_those_of_includes() {
    let (folder, places) = in_folder(&[
        (
            ".ssh/config",
            "Host b *.x !y\nInclude conf.d/* ~/more missing\nhost=\"a c\" b a # z\n",
        ),
        (".ssh/conf.d/2", "Match all\nHost e\n"),
        (".ssh/conf.d/1", "\r\nHost d\r\n"),
        (".ssh/conf.d/.hidden", "Host hidden\n"),
        ("more", "Host f b\n"),
    ]);
    let aliases = Config::read(&places).unwrap().aliases();
    let names: Vec<&str> = aliases.iter().map(|alias| alias.name.as_str()).collect();
    assert_eq!(names, ["b", "d", "e", "f", "a c", "a"]);
    assert_eq!(aliases[1].file, folder.path().join(".ssh/conf.d/1"));
    assert_eq!(aliases[1].line, 2);
}

#[test]
fn a_change_of_any_file_or_a_new_one_is_seen() {
    for change in [
        ".ssh/config",
        ".ssh/conf.d/1",
        ".ssh/conf.d/new",
        ".ssh/absent",
    ] {
        let (folder, places) = in_folder(&[
            (".ssh/config", "Include conf.d/*\nInclude absent\n"),
            (".ssh/conf.d/1", "Host d\n"),
        ]);
        let config = Config::read(&places).unwrap();
        assert!(config.is_current(), "{change}");
        fs::write(folder.path().join(change), "Host changed\n").unwrap();
        assert!(!config.is_current(), "{change}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_write_is_refused_and_so_is_one_that_it_includes() {
    use std::os::unix::fs::PermissionsExt as _;

    for name in [".ssh/config", ".ssh/inner"] {
        let (folder, places) = in_folder(&[
            (".ssh/config", "Host *\nInclude inner\n"),
            (".ssh/inner", "Port 1\n"),
        ]);
        let path = folder.path().join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o646)).unwrap();
        let trouble = Config::read(&places).unwrap_err();
        assert_eq!(trouble.file, path);
        assert!(
            trouble.why.starts_with("bad owner or permissions"),
            "{trouble}"
        );
        let mut given = places.clone();
        given.guarded = false;
        assert_eq!(Config::read(&given).is_ok(), name == ".ssh/config");
    }
}

#[test]
fn includes_that_never_end_do() {
    let (_folder, places) = in_folder(&[(".ssh/config", "Include config\n")]);
    let trouble = Config::read(&places).unwrap_err();
    assert_eq!(trouble.why, "files include each other too deeply");
    let (_folder, places) =
        in_folder(&[(".ssh/config", "Include config config\nInclude config\n")]);
    assert!(Config::read(&places).is_err());
    let many: String = (0..MOST_FILES).map(|_| "Include other\n").collect();
    let (_folder, places) = in_folder(&[(".ssh/config", &many), (".ssh/other", "")]);
    let trouble = Config::read(&places).unwrap_err();
    assert!(trouble.why.contains("files are included"), "{trouble}");
}

#[test]
fn a_file_that_is_too_long_or_no_file_is_refused() {
    let long = "# \n".repeat(usize::try_from(MOST_BYTES).unwrap() / 3 + 1);
    let (_folder, places) = in_folder(&[(".ssh/config", &long)]);
    assert!(
        Config::read(&places)
            .unwrap_err()
            .why
            .contains("longer than")
    );
    let places = Places::alone(PathBuf::from("/dev/zero"), None);
    if places.user.exists() {
        assert_eq!(
            Config::read(&places).unwrap_err().why,
            "is not a regular file"
        );
    }
}
