//! Whatever the files hold: there is no panic, and what comes out is bounded.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;

use proptest::prelude::*;
use ssh_config::{Asked, Config, Outside, Places};

/// Words that lines are made of, so that more of them mean something than by pure chance.
const WORDS: &[&str] = &[
    "Host",
    "Match",
    "Include",
    "IdentityFile",
    "ProxyJump",
    "LocalForward",
    "RemoteForward",
    "DynamicForward",
    "SetEnv",
    "SendEnv",
    "HostName",
    "Ciphers",
    "HostKeyAlgorithms",
    "Port",
    "IdentityAgent",
    "RemoteCommand",
    "UserKnownHostsFile",
    "AddKeysToAgent",
    "IPQoS",
    "EscapeChar",
    "RekeyLimit",
    "TunnelDevice",
    "PermitRemoteOpen",
    "StreamLocalBindMask",
    "ConnectTimeout",
    " ",
    "\t",
    "=",
    "\"",
    "'",
    "\\",
    "#",
    "\n",
    "\r\n",
    ",",
    "!",
    "*",
    "?",
    "%h",
    "%",
    "%C",
    "${",
    "}",
    "${A}",
    "~",
    "~root",
    "[",
    "]",
    ":",
    "::1",
    "/",
    "@",
    "ssh://",
    "none",
    "yes",
    "all",
    "final",
    "exec",
    "host",
    "user",
    "localnetwork",
    "a",
    "web",
    "0",
    "22",
    "99999999999999999999",
    "-",
    "+",
    "^",
    "1h",
    "é",
    "\u{fffd}",
    "\0",
    "\x0c",
    "../config",
    "*.part",
    "10.0.0.0/8",
];

fn resolves(text: &[u8]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir_all(home.join(".ssh")).unwrap();
    let user = home.join(".ssh/config");
    fs::write(&user, text).unwrap();
    let Ok(config) = Config::read(&Places::alone(user, Some(home))) else {
        return Ok(());
    };
    let names = config.aliases();
    prop_assert!(names.len() <= text.len());
    let outside = Outside {
        exec: &|_| Some(true),
        variable: &|name| (name == "A").then(|| "${A}%h".to_owned()),
    };
    let hosts = names.iter().map(|alias| alias.name.clone()).take(3);
    for host in hosts.chain(["web".to_owned(), "::1".to_owned(), String::new()]) {
        let asked = Asked {
            host,
            ..Asked::default()
        };
        if let Ok(settings) = config.resolve(&asked, &outside) {
            prop_assert!(settings.identity_files.len() <= 100);
            prop_assert!(settings.host_name.len() <= 64 * 1024 + 1024);
            prop_assert!(settings.unsupported.len() <= text.len());
        }
        let _ = config.route(&asked, &outside);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn bytes_by_chance_do_no_harm(text in prop::collection::vec(any::<u8>(), 0..400)) {
        resolves(&text)?;
    }

    #[test]
    fn words_of_the_language_in_any_order_do_no_harm(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..120)
    ) {
        resolves(words.concat().as_bytes())?;
    }
}

#[test]
fn a_file_made_to_take_for_ever_does_not() {
    let many = "Host a*a*a*a*a*a*a*a*a*a*a*b\n".repeat(2000);
    let env = format!(
        "SetEnv {}\n",
        (0..20_000).map(|n| format!("A{n}=1 ")).collect::<String>()
    );
    let forwards: String = (1..3000)
        .map(|n| format!("LocalForward {n} a:1\n"))
        .collect();
    let names = format!("HostName {}\n", "%h".repeat(100_000));
    let jumps = format!("ProxyJump {}\n", ["a"; 50_000].join(","));
    for text in [many, env, forwards, names, jumps] {
        resolves(text.as_bytes()).unwrap();
    }
}
