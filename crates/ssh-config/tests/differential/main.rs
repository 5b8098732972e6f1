//! Our settings against those of the real ssh, for files made by hand and by chance: `ssh -G`, and
//! the start of a connection for what `-G` does not print in full.
#![cfg(unix)]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

mod differences;
mod generate;
mod ours;
mod real;

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use differences::{DIFFERENCES, Found};
use real::Ssh;
use ssh_config::{Asked, Config, Outside, Places, Settings, Trouble};

/// The hosts that every file is asked about, beside those that it names itself.
const HOSTS: [&str; 3] = ["web1", "db.example.org", "Unheard-Of"];

/// How many files are made by chance.
const BY_CHANCE: u64 = 160;

/// A file, and the hosts to ask it about.
struct Case {
    path: PathBuf,
    text: String,
    hosts: Vec<String>,
}

/// What was compared so far, and what differed.
struct Comparison<'a> {
    ssh: &'a Ssh,
    pairs: usize,
    refused: usize,
    seen: BTreeSet<usize>,
    faults: Vec<String>,
}

#[test]
fn we_resolve_every_file_as_ssh_does_and_differ_only_where_it_is_meant() {
    let Some(ssh) = Ssh::find() else {
        println!("skipped: there is no OpenSSH client on this computer to compare with");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let cases = cases(folder.path());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let parts = cases.chunks(cases.len().div_ceil(workers));
    let found: Vec<Comparison<'_>> = thread::scope(|scope| {
        let running: Vec<_> = parts
            .map(|part| scope.spawn(|| compared(&ssh, part)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let sum = |count: fn(&Comparison<'_>) -> usize| found.iter().map(count).sum::<usize>();
    let seen: BTreeSet<usize> = found.iter().flat_map(|found| found.seen.clone()).collect();
    println!(
        "compared {} files for {} pairs of file and host, of which both refused {}; {} kinds of \
         differences that are meant; OpenSSH {:?}",
        cases.len(),
        sum(|found| found.pairs),
        sum(|found| found.refused),
        seen.len(),
        ssh.version,
    );
    let mut faults: Vec<String> = found.into_iter().flat_map(|found| found.faults).collect();
    for (at, difference) in DIFFERENCES.iter().enumerate() {
        if (difference.occurs)(&ssh) && !seen.contains(&at) {
            faults.push(format!(
                "no longer differs: {} ({})",
                difference.what, difference.why
            ));
        }
    }
    assert!(cases.len() >= 400, "only {} files", cases.len());
    let shown = faults.iter().take(40).cloned().collect::<Vec<_>>();
    assert!(
        faults.is_empty(),
        "{} differences:\n{}",
        faults.len(),
        shown.join("\n")
    );
}

#[test]
fn an_included_file_that_others_may_write_is_refused_by_both() {
    let Some(ssh) = Ssh::find() else {
        println!("skipped: there is no OpenSSH client on this computer to compare with");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let [path, inner] = ["config", "inner"].map(|name| folder.path().join(name));
    fs::write(&path, format!("Include {}\n", inner.display())).unwrap();
    fs::write(&inner, "Port 7\n").unwrap();
    let (comparison, mut refused) = (compared(&ssh, &[]), 0);
    for mode in [0o600, 0o644, 0o640, 0o646, 0o666, 0o602] {
        fs::set_permissions(&inner, fs::Permissions::from_mode(mode)).unwrap();
        let real = ssh.resolve(&path, "web1").is_err();
        assert_eq!(comparison.ours(&path, "web1").is_err(), real, "{mode:o}");
        refused += usize::from(real);
    }
    assert_eq!(refused, 3);
}

#[test]
fn we_know_the_user_and_the_computer_as_ssh_does() {
    let Some(ssh) = Ssh::find() else {
        println!("skipped: there is no OpenSSH client on this computer to compare with");
        return;
    };
    let here = ssh_config::Here {
        addresses: ssh.here.addresses.clone(),
        ..ssh_config::Here::of_user()
    };
    assert_eq!(here, ssh.here);
}

/// The files made by hand, those of one line each, and those made by chance.
fn cases(folder: &Path) -> Vec<Case> {
    let configs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/configs");
    copy(&configs, folder, folder);
    let mut cases = Vec::new();
    for path in names(folder) {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let named = text.lines().find_map(|line| line.strip_prefix("# hosts: "));
        let named = named
            .unwrap_or_default()
            .split(' ')
            .filter(|host| !host.is_empty());
        let hosts = HOSTS.into_iter().chain(named).map(str::to_owned).collect();
        cases.push(Case { path, text, hosts });
    }
    let mut add = |name: String, text: String, hosts: &[&str]| {
        let path = folder.join(name);
        fs::write(&path, &text).unwrap();
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        cases.push(Case { path, text, hosts });
    };
    let lines = fs::read_to_string(folder.join("lines.txt")).unwrap();
    let wanted = |line: &&str| !line.is_empty() && !line.starts_with('#');
    for (at, line) in lines.lines().filter(wanted).enumerate() {
        let text = line.replace("\\n", "\n").replace("\\r", "\r");
        add(format!("line-{at}"), text, &HOSTS[..1]);
    }
    for seed in 0..BY_CHANCE {
        let at = usize::try_from(seed).unwrap() % HOSTS.len();
        let hosts = [HOSTS[at], HOSTS[(at + 1) % HOSTS.len()]];
        add(
            format!("by-chance-{seed}"),
            generate::config(seed, folder),
            &hosts,
        );
    }
    cases
}

fn compared<'a>(ssh: &'a Ssh, cases: &[Case]) -> Comparison<'a> {
    let mut comparison = Comparison {
        ssh,
        pairs: 0,
        refused: 0,
        seen: BTreeSet::new(),
        faults: Vec::new(),
    };
    for case in cases {
        for host in &case.hosts {
            comparison.host(&case.path, &case.text, host);
        }
    }
    comparison
}

impl Comparison<'_> {
    fn host(&mut self, path: &Path, text: &str, host: &str) {
        self.pairs += 1;
        let ours = self.ours(path, host);
        let real = self.ssh.resolve(path, host);
        match (real, ours) {
            (Err(refusal), Err(trouble)) => {
                self.refused += 1;
                let line = trouble.line.map(|line| (trouble.file.clone(), line));
                if refusal.line.is_some() && refusal.line != line {
                    let real = format!("refuses at {:?}: {}", refusal.line, refusal.said.trim());
                    self.differ(path, text, host, "", &real, &trouble.to_string());
                }
            }
            (Err(refusal), Ok(_)) => self.differ(path, text, host, "", refusal.said.trim(), ""),
            (Ok(_), Err(trouble)) => self.differ(path, text, host, "", "", &trouble.to_string()),
            (Ok(real), Ok(settings)) => {
                for (keyword, values) in ours::printed(&settings, self.ssh) {
                    let values = ours::normal(&keyword, values);
                    let theirs = real.get(&keyword).cloned().unwrap_or_default();
                    let theirs = ours::normal(&keyword, theirs);
                    if values != theirs {
                        let (theirs, values) = (format!("{theirs:?}"), format!("{values:?}"));
                        self.differ(path, text, host, &keyword, &theirs, &values);
                    }
                }
            }
        }
    }

    fn ours(&self, path: &Path, host: &str) -> Result<Settings, Trouble> {
        let places = Places::alone(path.to_path_buf(), Some(self.ssh.home.clone()));
        let asked = Asked {
            host: host.to_owned(),
            here: self.ssh.here.clone(),
            ..Asked::default()
        };
        let outside = Outside {
            exec: &|command| {
                let status = Command::new("/bin/sh")
                    .args(["-c", command])
                    .env_clear()
                    .envs(real::VARIABLES.iter().copied())
                    .status();
                Some(status.unwrap().success())
            },
            variable: &real::variable,
        };
        Config::read(&places)?.resolve(&asked, &outside)
    }

    fn differ(
        &mut self,
        path: &Path,
        text: &str,
        host: &str,
        keyword: &str,
        real: &str,
        ours: &str,
    ) {
        let found = Found {
            keyword,
            text,
            real,
            ours,
        };
        let meant = DIFFERENCES
            .iter()
            .position(|difference| (difference.is)(&found));
        if let Some(at) = meant {
            self.seen.insert(at);
            return;
        }
        let text = if path.extension().is_none() { text } else { "" };
        self.faults.push(format!(
            "{} for {host}: {keyword}\n   ssh: {real}\n  ours: {ours}\n{text}",
            path.display()
        ));
    }
}

/// Copies a folder of files, with its place written for `@DIR@`, and for `@CR@` what git would not keep.
fn copy(from: &Path, to: &Path, root: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target, root);
        } else {
            let text = fs::read(entry.path()).unwrap();
            match String::from_utf8(text) {
                Ok(text) => {
                    let text = text
                        .replace("@DIR@", root.to_str().unwrap())
                        .replace("@CR@", "\r");
                    fs::write(&target, text).unwrap();
                }
                Err(error) => fs::write(&target, error.into_bytes()).unwrap(),
            }
            fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "conf")
        })
        .collect();
    paths.sort();
    paths
}
