//! A simulated Linux server for measurements: its commands answer with captured output, its files are
//! this machine's own, read anew each time, so that figures change as a real server's do.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use bytes::Bytes;
use catalog::Source;
use serde_json::Value;
use sftp::{Answer as Reply, Attributes, Request, code, file_type};

use crate::server::{Answer, Behaviour};

/// What a dashboard shows.
pub const DASHBOARD: [&str; 10] = [
    "accounts.sessions",
    "docker.containers",
    "network.rates",
    "packages.upgradable",
    "services.failed",
    "storage.filesystems",
    "system.cpu",
    "system.identity",
    "system.load",
    "system.memory",
];

/// The family whose captured output is answered.
const FAMILY: &str = "debian-12";
/// Folders whose files are served.
const FOLDERS: [&str; 3] = ["/proc/", "/sys/", "/etc/"];

/// A server that answers what a dashboard asks; every user gets in without a proof.
///
/// # Panics
/// The captured output is not there.
#[must_use]
pub fn machine() -> Behaviour {
    let (answers, programs) = captured();
    let first_look: String = programs
        .iter()
        .map(|program| format!("program={program}\n"))
        .collect();
    let first_look = format!("os=Linux\nnode=simulated\nuid=0\ninit=systemd\n{first_look}");
    let behaviour = Behaviour {
        open: true,
        ..Behaviour::default()
    };
    behaviour
        .answering(move |asked| {
            if asked.argv.iter().any(|word| word.contains("uname -s")) {
                return Answer::printing(&first_look);
            }
            match answers.get(&asked.argv) {
                Some(output) => Answer::printing(output.as_ref()),
                None => Answer::exit(127),
            }
        })
        .answering_sftp(|request| Some(vec![file(request)]))
}

type Captured = HashMap<Vec<String>, Arc<[u8]>>;

/// What commands print, and the programs that they need.
fn captured() -> (Captured, Vec<&'static str>) {
    let (mut answers, mut programs) = (HashMap::new(), Vec::new());
    for id in DASHBOARD {
        let query = catalog::find(id).expect("a query");
        let prepared = query.prepare(&Value::Null).expect("without arguments");
        for (index, (variant, needs)) in query.variants().into_iter().enumerate() {
            let Some(Source::Command(command)) = prepared.source(index) else {
                continue;
            };
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../catalog/src")
                .join(id.replace('.', "/"))
                .join(format!("fixtures/{variant}--{FAMILY}.out"));
            let Ok(output) = fs::read(file) else { continue };
            let argv = command.argv().iter().map(ToString::to_string).collect();
            answers.insert(argv, output.into());
            programs.extend(needs.programs);
        }
    }
    assert!(
        !answers.is_empty(),
        "the catalog's captured output is there"
    );
    (answers, programs)
}

/// This machine's file. A handle is its path.
fn file(request: &Request) -> Reply {
    match request {
        Request::Open { path, .. } => match content(path) {
            Some(_) => Reply::Handle(path.clone()),
            None => Reply::status(code::NO_SUCH_FILE),
        },
        Request::Read {
            handle,
            offset,
            len,
        } => {
            let content = content(handle).unwrap_or_default();
            let from = usize::try_from(*offset).unwrap_or(usize::MAX);
            let piece = content.get(from..).unwrap_or_default();
            match piece.get(..piece.len().min(*len as usize)) {
                None | Some([]) => Reply::status(code::EOF),
                Some(piece) => Reply::Data(Bytes::copy_from_slice(piece)),
            }
        }
        Request::Stat { path } | Request::LStat { path } => match content(path) {
            Some(content) => Reply::Attributes(Attributes {
                size_bytes: Some(content.len() as u64),
                mode: Some(file_type::FILE | 0o444),
                ..Attributes::default()
            }),
            None => Reply::status(code::NO_SUCH_FILE),
        },
        Request::Close { .. } => Reply::status(code::OK),
        _ => Reply::status(code::OP_UNSUPPORTED),
    }
}

fn content(path: &[u8]) -> Option<Vec<u8>> {
    let path = str::from_utf8(path).ok()?;
    if !FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        return None;
    }
    fs::read(path).ok()
}
