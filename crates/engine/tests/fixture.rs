//! Readings as fixtures, and what of a secret leaves the engine: raw output, lines that were not
//! understood, the journal.
#![expect(clippy::panic, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::time::Duration;

use engine::{Ask, Fixture, Outcome};
use support::machine::{connected, machine, nothing};
use testkit::server::{Answer as Reply, Asked};

/// A `wg` that prints an interface with its private key, a peer at an address, and a line of nothing.
fn wireguard(asked: &Asked) -> Reply {
    if !asked.argv.iter().any(|word| word.contains("wg")) {
        return Reply::exit(127);
    }
    Reply::printing(format!(
        "wg0\t{PRIVATE}\t{PUBLIC}\t51820\toff\n\
         wg0\t{PUBLIC}\t(none)\t10.9.8.7:51820\t10.9.8.0/24\t0\t0\t0\toff\n\
         DB_PASSWORD=hunter2 of /home/carol\n"
    ))
}

const PRIVATE: &str = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
const PUBLIC: &str = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

fn content<'a>(fixture: &'a Fixture, ending: &str) -> &'a str {
    let file = fixture
        .files
        .iter()
        .find(|file| file.name.ends_with(ending));
    &file
        .unwrap_or_else(|| panic!("{ending} of {fixture:?}"))
        .content
}

fn ask(raw: bool) -> Ask {
    Ask {
        raw,
        max_age: Some(Duration::from_secs(60)),
        ..Ask::default()
    }
}

#[tokio::test]
async fn secrets_stay_in_the_engine() {
    let (desk, _server, id) = connected(machine("program=wg\n", wireguard), None).await;
    let reading = desk.engine.ask(&id, "network.wireguard", ask(true)).await;
    let reading = reading.unwrap();
    let raw = reading.raw.as_ref().unwrap();
    assert!(raw.removed >= 2, "{raw:?}");
    assert!(raw.stdout.contains("[removed]"), "{raw:?}");
    let all = serde_json::to_string(&reading).unwrap();
    assert!(!all.contains(PRIVATE) && !all.contains("hunter2"), "{all}");
}

#[tokio::test]
async fn a_refusal_and_a_failure_quote_no_secret() {
    for printed in [
        Reply::printing("DB_PASSWORD=hunter2\n"),
        Reply::exit(1).with_stderr("Permission denied: https://ann:hunter2@web/\n"),
        Reply::exit(1).with_stderr("Operation not permitted, password=hunter2\n"),
        Reply::exit(2).with_stderr("DB_PASSWORD=hunter2\n"),
    ] {
        let chronyc = move |_: &Asked| printed.clone();
        let (desk, _server, id) = connected(machine("program=chronyc\n", chronyc), None).await;
        let reading = desk
            .engine
            .ask(&id, "system.time_sources", ask(false))
            .await;
        let said = format!("{:?}", reading.unwrap().outcome);
        assert!(
            said.contains("[removed]") && !said.contains("hunter2"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_fixture_has_the_files_of_the_golden_tests_without_secrets_and_names() {
    let (desk, server, id) = connected(machine("program=wg\n", wireguard), None).await;
    desk.engine
        .ask(&id, "network.wireguard", ask(false))
        .await
        .unwrap();
    let before = support::machine::runs(&server, "wg");
    let fixture = desk
        .engine
        .fixture(&id, "network.wireguard", ask(false))
        .await
        .unwrap();
    assert_eq!(
        support::machine::runs(&server, "wg"),
        before,
        "it was asked again"
    );
    let out = content(&fixture, ".out");
    for told in [PRIVATE, "hunter2", "10.9.8", "carol"] {
        assert!(!out.contains(told), "{told}: {out}");
    }
    assert!(
        out.contains(&format!("wg0\t[removed]\t{PUBLIC}\t51820\toff\n")),
        "{out}"
    );
    assert!(out.contains("192.0.2.7:51820\t192.0.2.0/24"), "{out}");
    assert!(
        fixture
            .files
            .iter()
            .all(|file| file.name.contains("--recorded.")),
        "{fixture:?}"
    );
    assert!(
        fixture.removed >= 2 && !fixture.replaced.is_empty(),
        "{fixture:?}"
    );
}

#[tokio::test]
async fn what_was_not_understood_is_a_fixture_too_and_so_are_files() {
    let garbled = |_: &Asked| Reply::exit(3).with_stderr("what? 10.9.8.7 --password geheim\n");
    let (desk, _server, id) = connected(machine("program=wg\n", garbled), None).await;
    let reading = desk
        .engine
        .ask(&id, "network.wireguard", ask(false))
        .await
        .unwrap();
    assert!(
        !matches!(reading.outcome, Outcome::Ok { .. }),
        "{reading:?}"
    );
    let fixture = desk
        .engine
        .fixture(&id, "network.wireguard", ask(false))
        .await
        .unwrap();
    assert_eq!(
        content(&fixture, ".err"),
        "what? 192.0.2.7 --password [removed]\n"
    );
    assert_eq!(
        (content(&fixture, ".exit"), content(&fixture, ".out")),
        ("3\n", "")
    );

    let (desk, _server, id) = connected(machine("", nothing), None).await;
    let fixture = desk
        .engine
        .fixture(&id, "system.load", ask(false))
        .await
        .unwrap();
    let out = content(&fixture, ".out");
    assert!(
        out.contains("/proc/loadavg:0.50 0.25 0.10 1/99 1234\n"),
        "{out}"
    );
    assert_eq!(
        (fixture.removed, fixture.replaced.len()),
        (0, 0),
        "{fixture:?}"
    );
}
