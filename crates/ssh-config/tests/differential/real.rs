//! What the real ssh makes of a file.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use ssh_config::Here;

/// A keyword as `ssh -G` prints it, and its values in order.
pub(crate) type Printed = BTreeMap<String, Vec<String>>;

/// The variables that ssh gets, and no others.
pub(crate) const VARIABLES: &[(&str, &str)] = &[
    ("PATH", "/usr/bin:/bin"),
    ("SHELL", "/bin/sh"),
    ("SSH_AUTH_SOCK", "/run/of-the-environment"),
    ("KEYS", "/srv/keys"),
    ("WITH_TOKEN", "a%hb"),
    ("EMPTY", ""),
];

pub(crate) fn variable(name: &str) -> Option<String> {
    let known = VARIABLES.iter().find(|(known, _)| *known == name);
    known.map(|(_, value)| (*value).to_owned())
}

/// The ssh of this computer.
pub(crate) struct Ssh {
    /// As in `(9, 2)`.
    pub(crate) version: (u32, u32),
    pub(crate) here: Here,
    pub(crate) home: PathBuf,
    pub(crate) defaults: Printed,
    known: BTreeMap<&'static str, Vec<String>>,
    /// A program that answers as no server does, so that a connection through it ends at once, but
    /// not before all is said: ssh loses lines of its log when a program that it waits for ends.
    proxy: tempfile::TempPath,
}

/// Why it refused: the line, where it names one.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) line: Option<(PathBuf, usize)>,
    pub(crate) said: String,
}

impl Ssh {
    /// `None`: there is none.
    pub(crate) fn find() -> Option<Self> {
        let version = Command::new("ssh").arg("-V").output().ok()?;
        let version = String::from_utf8_lossy(&version.stderr).into_owned();
        let (major, rest) = version.strip_prefix("OpenSSH_")?.split_once('.')?;
        let minor: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let user = text(Command::new("id").arg("-un"));
        let passwd = text(Command::new("getent").arg("passwd").arg(&user));
        let mut ssh = Self {
            version: (major.parse().ok()?, minor.parse().ok()?),
            here: Here {
                user_id: text(Command::new("id").arg("-u")),
                host_name: text(Command::new("uname").arg("-n")),
                addresses: Some(Vec::new()),
                user,
            },
            home: PathBuf::from(passwd.split(':').nth(5).unwrap()),
            defaults: Printed::new(),
            known: BTreeMap::new(),
            proxy: proxy(),
        };
        for (keyword, query) in [
            ("ciphers", "cipher"),
            ("macs", "mac"),
            ("kexalgorithms", "kex"),
            ("hostkeyalgorithms", "key-sig"),
            ("pubkeyacceptedalgorithms", "key-sig"),
            ("casignaturealgorithms", "sig"),
        ] {
            let known = text(Command::new("ssh").arg("-Q").arg(query));
            ssh.known
                .insert(keyword, known.lines().map(str::to_owned).collect());
        }
        ssh.defaults = ssh.settings(Path::new("/dev/null"), "host").unwrap();
        Some(ssh)
    }

    /// The names that it knows for a list of algorithms.
    pub(crate) fn known(&self, keyword: &str) -> Vec<&str> {
        self.known[keyword].iter().map(String::as_str).collect()
    }

    /// The names that it uses where nothing is said.
    pub(crate) fn default_names(&self, keyword: &str) -> Vec<&str> {
        self.defaults[keyword][0].split(',').collect()
    }

    /// `ssh -G`, and from the start of a connection that goes nowhere what `-G` prints too early:
    /// key files and jumps with their tokens replaced.
    pub(crate) fn resolve(&self, file: &Path, host: &str) -> Result<Printed, Refusal> {
        let mut printed = self.settings(file, host)?;
        let has_jumps = printed.contains_key("proxyjump");
        let has_certificates = printed.contains_key("certificatefile");
        let has_default_keys = printed["identityfile"] == self.defaults["identityfile"];
        if has_default_keys && !has_jumps && !has_certificates {
            let home = self.home.to_str().unwrap();
            for key in printed.get_mut("identityfile").unwrap() {
                *key = key.replace('~', home);
            }
            drop_obsolete(printed.get_mut("identityfile").unwrap());
            return Ok(printed);
        }
        let output = self.connect(file, host, has_jumps);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let fatal = [
            "expand: failed",
            "invalid environment variable expansion",
            "No such user",
        ];
        if fatal.iter().any(|fatal| said.contains(fatal)) {
            return Err(Refusal { line: None, said });
        }
        let starts = |start: &str| -> Vec<String> {
            let paths = said.lines().filter_map(|line| {
                let path = line.strip_prefix("debug1: ")?.strip_prefix(start)?;
                // The log shows a backslash as two.
                Some(path.rsplit_once(" type ")?.0.replace("\\\\", "\\"))
            });
            paths.collect()
        };
        // Beside each key its certificate is looked for, where none is named.
        let certificates = starts("certificate file ");
        let step = if has_certificates { 1 } else { 2 };
        let keys = starts("identity file ").into_iter().step_by(step).collect();
        printed.insert("identityfile".to_owned(), keys);
        if has_default_keys {
            drop_obsolete(printed.get_mut("identityfile").unwrap());
        }
        printed.insert("certificatefile".to_owned(), certificates);
        let command = said.lines().find_map(|line| {
            let command = line.strip_prefix("debug1: Executing proxy command: exec ")?;
            command.strip_prefix(self.proxy.to_str().unwrap())
        });
        if has_jumps {
            let command = command.unwrap_or_else(|| panic!("no jump: {said}"));
            printed.insert("proxyjump".to_owned(), vec![command.trim().to_owned()]);
        }
        Ok(printed)
    }

    fn settings(&self, file: &Path, host: &str) -> Result<Printed, Refusal> {
        let output = self.run(Command::new("ssh").arg("-G"), file, host);
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let line = said.lines().find_map(place);
            return Err(Refusal { line, said });
        }
        let mut printed = Printed::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let (keyword, value) = line.split_once(' ').unwrap_or((line, ""));
            let values = printed.entry(keyword.to_owned()).or_default();
            values.push(value.to_owned());
        }
        Ok(printed)
    }

    fn connect(&self, file: &Path, host: &str, has_jumps: bool) -> Output {
        let mut command = Command::new("ssh");
        // For a jump ssh calls the program that it was called as.
        command
            .arg0(&self.proxy)
            .args(["-v", "-oProxyUseFdpass=no"]);
        if !has_jumps {
            let proxy = self.proxy.to_str().unwrap();
            command.arg(format!("-oProxyCommand={proxy}"));
        }
        self.run(&mut command, file, host)
    }

    fn run(&self, command: &mut Command, file: &Path, host: &str) -> Output {
        command
            .arg("-F")
            .arg(file)
            .arg("--")
            .arg(host)
            .env_clear()
            .envs(VARIABLES.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
}

/// Default keys that we leave out, as a newer ssh does.
fn drop_obsolete(keys: &mut Vec<String>) {
    keys.retain(|key| !key.ends_with("/id_dsa") && !key.ends_with("/id_xmss"));
}

fn proxy() -> tempfile::TempPath {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"#!/bin/sh\necho SSH-1.0-none\nexec cat >/dev/null\n")
        .unwrap();
    let permissions = fs::Permissions::from_mode(0o700);
    fs::set_permissions(file.path(), permissions).unwrap();
    // It could not be run while it is open for writing.
    file.into_temp_path()
}

fn text(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Of `FILE line N: ...` and `FILE: line N: ...`, but for a complaint that ssh goes on after.
fn place(line: &str) -> Option<(PathBuf, usize)> {
    if line.contains(": Unsupported option") {
        return None;
    }
    let (file, rest) = line.split_once(" line ")?;
    let (number, _) = rest.split_once(':')?;
    let file = file.strip_suffix(':').unwrap_or(file);
    Some((PathBuf::from(file), number.parse().ok()?))
}
