//! Words that may stand only in certain rooms: processes, sockets, clocks, raw HTML.

use super::{Source, no_faults, sources};

/// A rule: in files below `below` with this extension, none of `words`, but for files below one
/// of `except`.
struct Rule {
    below: &'static str,
    extensions: &'static [&'static str],
    words: &'static [&'static str],
    except: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        below: "ui/src/",
        extensions: &["ts", "tsx"],
        words: &[
            "dangerouslySetInnerHTML",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "srcdoc",
            "eval(",
        ],
        except: &[],
        why: "text from a server is rendered as text only",
    },
    Rule {
        below: "crates/",
        extensions: &["rs"],
        words: &[
            "process::Command",
            "process::{C",
            "process::{self",
            "tokio::process",
            "pty_process",
            "posix_spawn",
            "CommandExt",
        ],
        except: &["crates/local/", "crates/testkit/"],
        why: "only `local` runs programs, and a library the browser",
    },
    Rule {
        below: "crates/",
        extensions: &["rs"],
        words: &["russh::", "use russh"],
        except: &["crates/ssh/", "crates/local/", "crates/testkit/"],
        why: "only `ssh` speaks SSH to servers, and `local` to this program",
    },
    Rule {
        below: "crates/",
        extensions: &["rs"],
        words: &[
            ".channel_open_session(",
            ".channel_open_direct_tcpip(",
            ".exec(true",
            ".exec(false",
            ".request_shell(",
        ],
        except: &[
            "crates/ssh/src/channels.rs",
            "crates/ssh/src/dial.rs",
            "crates/ssh/src/exec/",
            "crates/ssh/src/forward/",
            "crates/ssh/src/shell.rs",
            "crates/testkit/",
        ],
        why: "a channel is opened, and asked for a command, in few places: see ARCHITECTURE.md",
    },
    Rule {
        below: "crates/",
        extensions: &["rs"],
        words: &["TcpListener", "UnixListener", "TcpSocket"],
        except: &[
            "crates/http/",
            "crates/testkit/",
            "crates/engine/src/forwards/",
            // It connects from a chosen address.
            "crates/ssh/src/dial.rs",
        ],
        why: "only `http` and forwarded ports listen, on loopback by type",
    },
    Rule {
        below: "crates/",
        extensions: &["rs"],
        words: &[
            "TcpStream::connect",
            "lookup_host",
            "to_socket_addrs",
            "UdpSocket",
            "reqwest",
        ],
        except: &[
            "crates/llm/",
            "crates/ssh/src/dial.rs",
            "crates/ssh/src/greeting.rs",
            "crates/testkit/",
        ],
        why: "only `ssh` and `llm` reach out",
    },
    Rule {
        below: "crates/catalog/",
        extensions: &["rs"],
        words: &[
            "std::fs",
            "std::net",
            "std::env",
            "Instant::now",
            "SystemTime::now",
            "Utc::now",
            "Local::now",
            "async fn",
        ],
        // Examples measure and describe it, and are no part of it.
        except: &["crates/catalog/examples/"],
        why: "the catalog is pure: no IO, no clock, no environment",
    },
    Rule {
        below: "",
        extensions: &["rs"],
        words: &["#[allow(", "#![allow(", "todo!(", "unimplemented!("],
        except: &["xtask/src/tidy/"],
        why: "use #[expect(.., reason)]; nothing is half done",
    },
];

#[test]
fn words_stand_only_where_they_may() {
    no_faults(&faults(&sources()));
}

#[test]
fn a_word_in_the_wrong_room_is_found() {
    for (path, text) in [
        ("ui/src/apps/a.tsx", "<p dangerouslySetInnerHTML={x} />"),
        (
            "crates/engine/src/a.rs",
            "std::process::Command::new(\"ls\")",
        ),
        ("crates/engine/src/a.rs", "use tokio::process::Command;"),
        (
            "crates/headlessos/src/a.rs",
            "use std::{fs, process::{Command, Stdio}};",
        ),
        ("crates/engine/src/a.rs", "use std::process::{self};"),
        ("crates/engine/src/a.rs", "use russh::client::Handle;"),
        ("crates/ssh/src/a.rs", "handle.channel_open_session().await"),
        ("crates/ssh/src/a.rs", "channel.exec(true, line)"),
        ("crates/ssh/src/a.rs", "TcpListener::bind(address)"),
        ("crates/engine/src/a.rs", "reqwest::get(update)"),
        ("crates/headlessos/src/a.rs", "TcpStream::connect(to)"),
        ("crates/catalog/src/a.rs", "let now = Utc::now();"),
        ("crates/ssh/src/a.rs", "#[allow(dead_code)]"),
        (
            "crates/ssh/src/a.rs",
            "#[cfg(test)]\nmod tests;\nuse std::process::Command;",
        ),
    ] {
        assert_eq!(faults(&[Source::new(path, text)]).len(), 1, "{path}");
    }
    for (path, text) in [
        ("ui/src/apps/a.spec.tsx", "expect(x.innerHTML)"),
        ("crates/local/src/a.rs", "use tokio::process::Command;"),
        ("crates/headlessos/src/a.rs", "use std::process::ExitCode;"),
        ("crates/ssh/src/exec/mod.rs", "channel.exec(true, line)"),
        (
            "crates/ssh/src/a.rs",
            "#[cfg(test)]\nmod tests { use std::net::TcpListener; }",
        ),
        ("crates/engine/tests/a.rs", "TcpListener::bind(address)"),
    ] {
        assert_eq!(
            faults(&[Source::new(path, text)]),
            Vec::<String>::new(),
            "{path}"
        );
    }
}

fn faults(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        if source.is_test() || source.is_made() {
            continue;
        }
        let text = if source.extension() == "rs" {
            source.shipped_rust()
        } else {
            &source.text
        };
        for rule in RULES.iter().filter(|rule| rule.holds_for(source)) {
            if let Some(word) = rule.words.iter().find(|word| text.contains(**word)) {
                faults.push(format!("{}: `{word}`: {}", source.path, rule.why));
            }
        }
    }
    faults
}

impl Rule {
    fn holds_for(&self, source: &Source) -> bool {
        source.path.starts_with(self.below)
            && self.extensions.contains(&source.extension())
            && !self
                .except
                .iter()
                .any(|folder| source.path.starts_with(folder))
    }
}
