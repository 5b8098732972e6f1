//! The keychain against a real Secret Service: gnome-keyring on a D-Bus of the test's own. Each step
//! is a process of its own, as a keychain is for what outlives one. Skipped, with the reason printed,
//! where gnome-keyring or D-Bus is not installed.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
};

use keychain::Keychain;
use secrecy::ExposeSecret as _;

/// What tells a process of this test that it is to do one step and nothing else.
const STEP: &str = "KEYCHAIN_TEST_STEP";

/// A D-Bus and a keyring that see nothing of the user's own.
struct Desktop {
    folder: tempfile::TempDir,
    address: String,
    bus: Child,
    keyring: Option<Child>,
}

impl Desktop {
    /// Without a keyring; `None`: D-Bus or gnome-keyring is missing.
    fn start() -> Option<Self> {
        for program in ["dbus-daemon", "gnome-keyring-daemon"] {
            if Command::new(program).arg("--version").output().is_err() {
                println!("skipped: {program} is not installed");
                return None;
            }
        }
        let folder = tempfile::tempdir().unwrap();
        // Without folders for services nothing is started by itself: no keyring, no prompt.
        let config = format!(
            "<busconfig><type>session</type><listen>unix:dir={}</listen>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().display()
        );
        let file = folder.path().join("bus.conf");
        std::fs::write(&file, config).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        Some(Self {
            folder,
            address: address.trim().to_owned(),
            bus,
            keyring: None,
        })
    }

    /// Starts the keyring; with a password on its standard input it is unlocked. Waits until it
    /// answers.
    fn keyring(&mut self, password: Option<&str>) {
        self.stop_keyring();
        let mut command = self.inside(Path::new("gnome-keyring-daemon"));
        command.args(["--foreground", "--components=secrets"]);
        if password.is_some() {
            command.arg("--unlock");
        }
        let mut keyring = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It reads to the end of its input.
        let mut input = keyring.stdin.take().unwrap();
        input
            .write_all(password.unwrap_or_default().as_bytes())
            .unwrap();
        drop(input);
        self.keyring = Some(keyring);
        while self.step("check") != "ok" {
            assert!(
                self.keyring.as_mut().unwrap().try_wait().unwrap().is_none(),
                "gnome-keyring ended"
            );
        }
    }

    fn stop_keyring(&mut self) {
        if let Some(mut keyring) = self.keyring.take() {
            keyring.kill().unwrap();
            keyring.wait().unwrap();
        }
    }

    /// What a process of its own says to one step.
    fn step(&self, step: &str) -> String {
        let output = self
            .inside(&env::current_exe().unwrap())
            .args(["--exact", "one_step", "--nocapture"])
            .env(STEP, step)
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let said = printed.lines().find_map(|line| line.split_once("said: "));
        match said {
            Some((_, said)) => said.to_owned(),
            None => panic!("{step}: {printed}"),
        }
    }

    fn inside(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        command
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.stop_keyring();
        let _gone = self.bus.kill();
        let _gone = self.bus.wait();
    }
}

/// Does what the environment names and prints what came of it; nothing in a usual run of the tests.
#[tokio::test]
async fn one_step() {
    let Ok(step) = env::var(STEP) else { return };
    let keychain = Keychain::system();
    let mut words = step.splitn(3, '|');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (what, name, secret) = (word(), word(), word());
    let said = match what.as_str() {
        "check" => keychain.check().await.map(|()| "ok".to_owned()),
        "keep" => {
            let kept = keychain.keep(&name, secret.into()).await;
            kept.map(|()| "ok".to_owned())
        }
        "find" => keychain.find(&name).await.map(|found| match found {
            Some(secret) => format!("found {}", secret.expose_secret()),
            None => "none".to_owned(),
        }),
        _ => keychain.remove(&name).await.map(|()| "ok".to_owned()),
    };
    println!("said: {}", said.unwrap_or_else(|error| error.to_string()));
}

#[test]
fn a_secret_outlives_the_process_under_its_name_alone_and_goes_when_it_is_removed() {
    let Some(mut desktop) = Desktop::start() else {
        return;
    };
    desktop.keyring(Some("a password"));
    assert_eq!(desktop.step("find|one"), "none");
    assert_eq!(desktop.step("keep|one|hunter2 ä"), "ok");
    assert_eq!(desktop.step("keep|two|other"), "ok");
    assert_eq!(desktop.step("find|one"), "found hunter2 ä");
    assert_eq!(desktop.step("find|on"), "none");
    assert_eq!(desktop.step("keep|one|changed"), "ok");
    assert_eq!(desktop.step("find|one"), "found changed");
    assert_eq!(desktop.step("remove|one"), "ok");
    assert_eq!(desktop.step("remove|one"), "ok");
    assert_eq!(desktop.step("find|one"), "none");
    assert_eq!(desktop.step("find|two"), "found other");
}

#[test]
fn a_keychain_that_is_locked_says_so_and_gives_nothing() {
    let Some(mut desktop) = Desktop::start() else {
        return;
    };
    desktop.keyring(Some("a password"));
    assert_eq!(desktop.step("keep|one|hunter2"), "ok");
    // It starts again as after a reboot: nobody has typed its password.
    desktop.keyring(None);
    for step in ["find|one", "keep|one|other"] {
        let said = desktop.step(step);
        assert!(
            said.starts_with("the keychain of this computer cannot be used: "),
            "{step}: {said}"
        );
        assert!(!said.contains("hunter2"));
    }
    desktop.keyring(Some("a password"));
    assert_eq!(desktop.step("find|one"), "found hunter2");
}

#[test]
fn a_computer_without_a_keychain_says_so() {
    let Some(desktop) = Desktop::start() else {
        return;
    };
    for step in ["check", "find|one", "keep|one|hunter2"] {
        let said = desktop.step(step);
        assert!(
            said.starts_with("the keychain of this computer cannot be used: "),
            "{step}: {said}"
        );
    }
}
