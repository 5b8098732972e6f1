//! Getting the peers: ttyd as Debian packages it, and npm's packages for a gateway in Node.
//!
//! Invariant: everything lies in xtask's own folder; nothing is installed on this machine.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::shell;
use crate::tree::Tree;
use crate::ui::Runner;

const NPM_PACKAGES: &[&str] = &["@xterm/xterm@6.0.0", "ssh2@1.17.0", "ws@8.23.0"];
/// Signs what Debian's mirrors hold.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
/// Plug-ins are loaded by a path that the program has in it; here they lie elsewhere.
const PLUGIN: &str = "libwebsockets-evlib_uv.so";

/// The peers that are to be had.
pub(super) struct Peers {
    /// The folder with npm's packages; `None`: no gateway.
    pub(super) packages: Option<PathBuf>,
    /// `command` and `env` that start ttyd; `None`: no ttyd.
    pub(super) ttyd: Option<Value>,
    /// Why one is missing.
    pub(super) missing: Vec<String>,
}

impl Peers {
    /// None were asked for.
    pub(super) fn none() -> Self {
        Self {
            packages: None,
            ttyd: None,
            missing: Vec::new(),
        }
    }

    /// Gets those that can be had.
    ///
    /// # Errors
    /// The folder could not be made.
    pub(super) fn get(tree: &Tree, runner: Runner<'_>) -> Result<Self> {
        let mut peers = Self::none();
        let folder = tree.scratch().join("bench-peers");
        fs::create_dir_all(&folder)?;
        match gateway(&folder.join("npm"), runner) {
            Ok(packages) => peers.packages = Some(packages),
            Err(error) => peers.missing.push(format!("the Node gateway: {error:#}")),
        }
        match ttyd(&folder.join("ttyd"), runner) {
            Ok(ttyd) => peers.ttyd = Some(ttyd),
            Err(error) => peers.missing.push(format!("ttyd: {error:#}")),
        }
        Ok(peers)
    }

    /// Whether this subject can be measured; those that are no peers always.
    pub(super) fn has(&self, subject: &str) -> bool {
        match subject {
            "ttyd" => self.ttyd.is_some(),
            "gateway" => self.packages.is_some(),
            _ => true,
        }
    }
}

fn gateway(folder: &Path, runner: Runner<'_>) -> Result<PathBuf> {
    if !folder.join("node_modules/ws").is_dir() {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("package.json"), "{\"private\":true}\n")?;
        let mut words = vec!["install", "--no-audit", "--no-fund"];
        words.extend(NPM_PACKAGES);
        runner(shell::command("npm", &words, folder))?;
    }
    Ok(folder.to_path_buf())
}

/// The ttyd on the search path; else Debian's newest, unpacked with every library that it needs,
/// as releases do not have it.
fn ttyd(folder: &Path, runner: Runner<'_>) -> Result<Value> {
    if let Some(program) = shell::on_path("ttyd") {
        return Ok(json!({ "command": [program], "env": {} }));
    }
    let root = folder.join("root");
    let program = root.join("usr/bin/ttyd");
    if !program.is_file() {
        unpack_ttyd(folder, &root, runner)?;
    }
    let plugin = find(&root.join("usr/lib"), PLUGIN).context("its plug-in is missing")?;
    let plugins = folder.join("plugins");
    fs::create_dir_all(&plugins)?;
    fs::copy(&plugin, plugins.join(PLUGIN))?;
    let libraries = plugin.parent().context("no folder of libraries")?;
    let loader = find(libraries, "ld-linux").context("its loader is missing")?;
    Ok(json!({
        "command": [loader, "--library-path", libraries, program],
        // Only the plug-in: the `ssh` that it starts keeps this machine's libraries.
        "env": { "LD_LIBRARY_PATH": plugins },
    }))
}

fn unpack_ttyd(folder: &Path, root: &Path, runner: Runner<'_>) -> Result<()> {
    if shell::on_path("apt-get").is_none() {
        bail!("it is not on the search path, and this is no Debian to get it from");
    }
    for part in ["state/lists/partial", "cache/archives/partial", "root"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let sources = folder.join("sources.list");
    fs::write(
        &sources,
        format!("deb [signed-by={KEYRING}] {} unstable main\n", mirror()?),
    )?;
    // An apt of its own, which knows of no package that is installed here.
    let apt = |words: &[&str]| {
        let mut args: Vec<OsString> = Vec::new();
        for (option, value) in [
            ("Dir::Etc::sourcelist", sources.as_path()),
            ("Dir::Etc::sourceparts", Path::new("/dev/null")),
            ("Dir::State", &folder.join("state")),
            ("Dir::State::status", Path::new("/dev/null")),
            ("Dir::Cache", &folder.join("cache")),
            ("APT::Sandbox::User", Path::new("root")),
        ] {
            args.push("-o".into());
            args.push(format!("{option}={}", value.display()).into());
        }
        args.extend(words.iter().map(OsString::from));
        shell::command("apt-get", &args, folder)
    };
    runner(apt(&["-qq", "update"]))?;
    let install = ["-qq", "-y", "--no-install-recommends", "--download-only"];
    runner(apt(&[&install[..], &["install", "ttyd"]].concat()))?;
    for package in fs::read_dir(folder.join("cache/archives"))? {
        let package = package?.path();
        if package.extension().is_some_and(|suffix| suffix == "deb") {
            let words = ["-x".as_ref(), package.as_os_str(), root.as_os_str()];
            shell::pass_through(shell::command("dpkg-deb", &words, folder))?;
        }
    }
    Ok(())
}

/// The mirror that this machine's own apt uses.
fn mirror() -> Result<String> {
    if let Ok(named) = std::env::var("HEADLESSOS_DEBIAN_MIRROR") {
        return Ok(named);
    }
    let words = [
        "indextargets",
        "--format",
        "$(ORIGIN)|$(REPO_URI)|$(COMPONENT)",
        "Created-By: Packages",
    ];
    let printed = shell::printed(shell::command("apt-get", &words, Path::new("/")))?;
    printed
        .lines()
        .filter_map(|line| line.strip_prefix("Debian|")?.strip_suffix("|main"))
        .find(|address| !address.contains("security"))
        .map(str::to_owned)
        .context("apt here names no Debian mirror; set HEADLESSOS_DEBIAN_MIRROR to one")
}

/// The first file below `folder` whose name begins so.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(path);
            } else if entry.file_name().to_string_lossy().starts_with(name) {
                return Some(path);
            }
        }
    }
    None
}
