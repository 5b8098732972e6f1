//! A Linux machine that answers what the engine asks first, and counts what it is asked.

use catalog::Capability;
use store::Auth;
use testkit::server::{Answer as Reply, Asked, Behaviour, Server};

use super::{Desk, desk};

const MEMINFO: &[u8] = b"MemTotal: 1000 kB\nMemFree: 400 kB\nMemAvailable: 600 kB\n";
const LOADAVG: &[u8] = b"0.50 0.25 0.10 1/99 1234\n";

/// A Linux machine with these programs and no SFTP, whose `grep` prints the files above.
pub(crate) fn machine(
    programs: &'static str,
    commands: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> Behaviour {
    Behaviour::with_password("right").answering(move |asked| {
        let program = asked.argv.first().map_or("", String::as_str);
        if program == "sh" && asked.argv.iter().any(|word| word.contains("uname -s")) {
            return Reply::printing(format!("os=Linux\nuid=1000\ninit=systemd\n{programs}"));
        }
        if program == "grep" {
            let files = [("/proc/meminfo", MEMINFO), ("/proc/loadavg", LOADAVG)];
            let asked_for = |path: &str| asked.argv.iter().any(|word| word == path);
            let lines: Vec<String> = files
                .iter()
                .filter(|(path, _)| asked_for(path))
                .flat_map(|(path, bytes)| {
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    text.lines()
                        .map(|line| format!("{path}:{line}\n"))
                        .collect::<Vec<_>>()
                })
                .collect();
            return Reply::printing(lines.concat());
        }
        commands(asked)
    })
}

pub(crate) fn nothing(_: &Asked) -> Reply {
    Reply::exit(127)
}

pub(crate) async fn connected(
    behaviour: Behaviour,
    capabilities: Option<Vec<Capability>>,
) -> (Desk, Server, String) {
    let server = Server::start(behaviour).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, capabilities);
    desk.connect(&id, "right").await;
    (desk, server, id)
}

/// How often a program was run, by itself or in a constant script.
pub(crate) fn runs(server: &Server, program: &str) -> usize {
    let ran = |argv: &&Vec<String>| {
        argv.first().is_some_and(|first| first == program)
            || argv.get(2).is_some_and(|script| script.contains(program))
    };
    server.seen().commands().iter().filter(ran).count()
}
