//! Another user of this computer, without rights: the port, the data folder, the page that leads to the
//! launch address and the program's own entries in /proc give nothing.

use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt as _, symlink},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use crate::{PATIENCE, found::found_in, program::Program};

/// Debian's `nobody`; nothing of ours is anybody's else.
const NOBODY: u32 = 65534;

/// Everything of a process that could hold a secret; the command line is for everybody to read.
const OF_PROCESS: [&str; 10] = [
    "environ",
    "mem",
    "maps",
    "fd",
    "fdinfo",
    "map_files",
    "cwd",
    "root",
    "auxv",
    "cmdline",
];

#[test]
fn another_user_gets_nothing() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can become another user");
        return;
    }
    let program = Program::start("trace");
    // What is around the data folder protects nothing.
    fs::set_permissions(program.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    let data = program.folder().join("data");
    let mut unlock = Unlocking::start(&program, &data);
    let keys: Vec<String> = [
        program.keys()[0].to_owned(),
        program.keys()[1].to_owned(),
        unlock.secret(),
    ]
    .to_vec();
    let files = files_below(&data);
    assert!(files.len() > 3, "{files:?}");

    // For us they are to be had, so that who finds nothing has looked in the right places.
    let ours = files.iter().map(|file| fs::read(file).unwrap());
    let read = ours.collect::<Vec<_>>().concat();
    assert!(found_in(&read, &keys[2]), "{files:?}");

    let mut said = Vec::new();
    for path in [&data, &data.join("launch")].into_iter().chain(&files) {
        let (worked, output) = as_nobody("cat \"$1\" || ls -la \"$1\"", path);
        assert!(
            !worked,
            "{}: {}",
            path.display(),
            String::from_utf8_lossy(&output)
        );
        said.push(output);
    }
    let (worked, _) = as_nobody("echo mine >\"$1\"/launch/mine", &data);
    assert!(!worked, "it wrote in the data folder");
    for process in [program.id(), unlock.child.id()] {
        for entry in OF_PROCESS {
            let path = PathBuf::from(format!("/proc/{process}/{entry}"));
            let (worked, output) = as_nobody("cat \"$1\" 2>/dev/null || ls -la \"$1\"/", &path);
            assert_eq!(worked, entry == "cmdline", "{}", path.display());
            said.push(output);
        }
    }
    for (path, expected) in [
        ("/api/servers", "HTTP/1.1 401 "),
        ("/api/sessions", "HTTP/1.1 401 "),
        ("/", "HTTP/1.1 200 "),
    ] {
        let ask = format!(
            "exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'GET {path} HTTP/1.1\\r\\nhost: 127.0.0.1:{port}\\r\\n\
             connection: close\\r\\n\\r\\n' >&3; cat <&3",
            port = program.port()
        );
        let (_, output) = as_nobody(&ask, Path::new(path));
        assert!(output.starts_with(expected.as_bytes()), "{path}");
        said.push(output);
    }
    let said = said.concat();
    for key in &keys {
        assert!(!found_in(&said, key), "{}", String::from_utf8_lossy(&said));
    }
    // It was good all the time.
    unlock.still_waits();
}

/// Runs a line as the other user; whether it worked, and what it printed.
fn as_nobody(line: &str, path: &Path) -> (bool, Vec<u8>) {
    let output = Command::new("bash")
        .args(["-c", line, "bash"])
        .arg(path)
        .uid(NOBODY)
        .gid(NOBODY)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.success(), output.stdout)
}

/// `headlessos unlock` while it waits for a browser that does not come.
struct Unlocking {
    child: Child,
    page: PathBuf,
}

impl Unlocking {
    fn start(program: &Program, data: &Path) -> Self {
        let bin = program.folder().join("bin");
        fs::create_dir(&bin).unwrap();
        // Whatever opens a browser on this computer. No new file: one that another thread's child still
        // holds open for writing cannot be run.
        symlink("/bin/true", bin.join("xdg-open")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_headlessos"))
            .args(["unlock", "--data-dir"])
            .arg(data)
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let page = data.join(format!("launch-{}.html", child.id()));
        let mut unlocking = Self { child, page };
        let end = Instant::now() + PATIENCE;
        while !unlocking.page.exists() || fs::read(&unlocking.page).unwrap().is_empty() {
            unlocking.still_waits();
            assert!(Instant::now() < end, "no page");
            std::thread::yield_now();
        }
        unlocking
    }

    fn secret(&self) -> String {
        let page = fs::read_to_string(&self.page).unwrap();
        let (_, rest) = page.split_once("#launch=").unwrap();
        rest.chars().take_while(char::is_ascii_hexdigit).collect()
    }

    fn still_waits(&mut self) {
        assert!(self.child.try_wait().unwrap().is_none(), "it ended");
    }
}

impl Drop for Unlocking {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(files_below(&path)),
            false => files.push(path),
        }
    }
    files
}
