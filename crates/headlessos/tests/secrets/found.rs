//! Where a text is found: in bytes, in files, in the memory, arguments and environments of processes.

use std::{
    fs,
    os::unix::fs::FileExt as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

/// How much of a process's memory is read at once.
const PIECE: u64 = 4 << 20;

/// Whether bytes hold a text, in UTF-8 or in UTF-16.
pub(crate) fn found_in(bytes: &[u8], text: &str) -> bool {
    !places(bytes, text).is_empty()
}

/// Where bytes hold a half of a text: the place, and how it is written there. Memory that was freed
/// has lost its first bytes to the allocator's own notes, so a whole text would not be found there.
fn places(bytes: &[u8], text: &str) -> Vec<(usize, &'static str)> {
    let (first, second) = text.split_at(text.len() / 2);
    let mut found = Vec::new();
    for half in [first, second] {
        let wide: Vec<u8> = half.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (what, kind) in [(half.as_bytes(), "UTF-8"), (wide.as_slice(), "UTF-16")] {
            found.extend(memchr::memmem::find_iter(bytes, what).map(|at| (at, kind)));
        }
    }
    found
}

/// All files below a folder with their content.
pub(crate) fn in_files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(in_files(&path));
        } else if let Ok(bytes) = fs::read(&path) {
            all.push((path.display().to_string(), bytes));
        }
    }
    assert!(!all.is_empty(), "{} is empty", folder.display());
    all
}

/// Where a process's own memory holds one of the texts, one line each; for a reader, what stands
/// around it.
pub(crate) fn in_memory(process: u32, texts: &[&str]) -> Vec<String> {
    let memory = fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut found = Vec::new();
    let mut looked = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        let name = line.rsplit(' ').next().unwrap();
        let (from, to) = range.split_once('-').unwrap();
        let [mut at, to] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
        while at < to {
            // Pieces overlap, so that nothing is hidden at their ends.
            let mut piece = vec![0; usize::try_from((to - at).min(PIECE)).unwrap()];
            let Ok(read) = memory.read_at(&mut piece, at) else {
                break;
            };
            looked += read;
            for text in texts {
                for (place, kind) in places(&piece, text) {
                    let around = &piece[place.saturating_sub(48)..(place + 80).min(piece.len())];
                    let around = String::from_utf8_lossy(around).replace(char::is_control, ".");
                    found.push(format!(
                        "{text} as {kind} in {name} at {:x}: {around}",
                        at + place as u64
                    ));
                }
            }
            at += if (to - at) > PIECE {
                PIECE - 4096
            } else {
                PIECE
            };
        }
    }
    assert!(looked > 1 << 20, "only {looked} bytes could be read");
    found.dedup();
    found
}

/// Looks into the arguments and the environment of every process of this machine, the lab's hosts
/// among them, again and again.
pub(crate) struct Processes {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Vec<String>>,
}

impl Processes {
    pub(crate) fn watch(texts: &[&str]) -> Self {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut wrongs = Vec::new();
            let mut saw_server = false;
            while !stopped.load(Ordering::Relaxed) {
                look(&texts, &mut wrongs, &mut saw_server);
            }
            assert!(saw_server, "the server's processes were not seen");
            wrongs.sort();
            wrongs.dedup();
            wrongs
        });
        Self { stop, thread }
    }

    /// Ends it; gives what was found.
    pub(crate) fn stop(self) -> Vec<String> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

fn look(texts: &[String], wrongs: &mut Vec<String>, saw_server: &mut bool) {
    for entry in fs::read_dir("/proc").unwrap() {
        let path = entry.unwrap().path();
        let is_process = path.file_name().unwrap().as_encoded_bytes()[0].is_ascii_digit();
        if !is_process {
            continue;
        }
        for place in ["cmdline", "environ"] {
            // A process may be gone by now.
            let bytes = fs::read(path.join(place)).unwrap_or_default();
            // `sshd: USER`, and `sshd-session: USER` of later versions.
            *saw_server |=
                bytes.starts_with(b"sshd") && memchr::memmem::find(&bytes, b": planted").is_some();
            let found = texts.iter().filter(|text| found_in(&bytes, text));
            wrongs.extend(found.map(|text| format!("{text} is in the {place} of a process")));
        }
    }
}
