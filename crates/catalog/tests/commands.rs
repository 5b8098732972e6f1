//! The commands that hold an argument, as they are shown and run: the argument stands where the
//! tool expects it, behind `--` wherever it could be taken for an option.

use catalog::Source;
use serde_json::{Value, json};

/// The command of one variant, as `headlessos show` prints it.
fn shown(id: &str, variant: &str, args: &Value) -> Option<String> {
    let query = catalog::find(id)?;
    let mut names = query.variants().into_iter().map(|(name, _)| name);
    let index = names.position(|name| name == variant)?;
    match query.prepare(args).ok()?.source(index)? {
        Source::Command(command) => Some(command.to_string()),
        Source::Files(_) => None,
    }
}

#[test]
fn a_path_is_an_operand_of_df_and_the_target_of_findmnt() {
    let args = json!({ "path": "/srv/with space" });
    let df = shown("storage.filesystems", "df", &args);
    assert_eq!(df.as_deref(), Some("df -a -P -T -k -- '/srv/with space'"));
    let findmnt = shown("storage.filesystems", "findmnt", &args).unwrap();
    assert!(
        findmnt.ends_with(" sh --target '/srv/with space'"),
        "{findmnt}"
    );
}

#[test]
fn a_path_is_an_operand_of_du() {
    let shown = shown("storage.biggest", "du", &json!({ "path": "/-x" }));
    assert_eq!(shown.as_deref(), Some("du -x -k -d 1 -- /-x"));
}

#[test]
fn a_unit_that_begins_with_a_dash_is_no_option() {
    let shown = shown("services.unit", "systemctl", &json!({ "unit": "-.mount" })).unwrap();
    assert!(shown.starts_with("env TZ=UTC0 systemctl show "), "{shown}");
    assert!(shown.ends_with(" -- -.mount"), "{shown}");
}

#[test]
fn the_journal_is_asked_for_what_the_arguments_say() {
    let args = json!({
        "lines": 50, "unit": "-.mount", "priority": 4, "since": "2026-11-29T01:50:17+01:00",
        "until": "2026-11-29T01:00:00Z",
    });
    let text = shown("logs.journal", "journalctl_text", &args);
    let expected = "env TZ=UTC0 journalctl --output=short-iso --no-pager --lines 50 --unit -.mount \
                    --priority 4 --since @1795913417 --until @1795914000";
    assert_eq!(text.as_deref(), Some(expected));
    for bad in [
        json!({ "lines": 0 }),
        json!({ "lines": 10_001 }),
        json!({ "unit": "--version" }),
        json!({ "priority": 8 }),
        json!({ "since": "yesterday" }),
    ] {
        assert_eq!(shown("logs.journal", "journalctl", &bad), None, "{bad}");
    }
}

#[test]
fn the_end_of_a_file_is_asked_for_by_its_path() {
    let args = json!({ "path": "/var/log/-n", "lines": 5 });
    let tail = shown("logs.syslog", "tail", &args);
    assert_eq!(tail.as_deref(), Some("tail -n 5 -- /var/log/-n"));
}

#[test]
fn a_user_is_an_operand_of_id_and_a_value_of_the_scripts() {
    let args = json!({ "user": "ann" });
    let id = shown("accounts.identity", "id", &args);
    assert_eq!(id.as_deref(), Some("id -- ann"));
    for (query, variant) in [
        ("accounts.identity", "groups"),
        ("accounts.sudo_rules", "sudo"),
        ("cron.user_jobs", "crontab"),
        ("cron.user_jobs", "spool"),
    ] {
        let named = shown(query, variant, &args).unwrap();
        assert!(named.ends_with(" sh ann"), "{named}");
        let own = shown(query, variant, &json!({})).unwrap();
        assert!(own.ends_with(" sh ''"), "{own}");
        assert!(shown(query, variant, &json!({ "user": "-l" })).is_none());
    }
}

#[test]
fn a_host_is_asked_by_its_name_or_address_and_the_server_itself_without_one() {
    for (query, variant, own) in [
        ("network.ping", "tool", "ping -c 3 127.0.0.1"),
        (
            "network.trace",
            "traceroute",
            "traceroute -n -q 1 -w 1 -m 20 127.0.0.1",
        ),
        ("network.trace", "mtr", "mtr -j -n -c 1 127.0.0.1"),
        ("network.lookup", "nslookup", "nslookup localhost 127.0.0.1"),
        (
            "network.lookup",
            "dig",
            "dig +tries=1 +time=1 @127.0.0.1 localhost",
        ),
    ] {
        assert_eq!(shown(query, variant, &json!({})).as_deref(), Some(own));
        for bad in ["-f", "a b", "127.1", "+trace", "@127.0.0.1", ""] {
            assert_eq!(shown(query, variant, &json!({ "host": bad })), None);
        }
    }
    let named = shown("network.ping", "tool", &json!({ "host": "fe80::1%eth0" }));
    assert_eq!(named.as_deref(), Some("ping -c 3 fe80::1%eth0"));
}

#[test]
fn a_name_is_never_a_type_to_dig() {
    let dig = |args| shown("network.lookup", "dig", &args);
    assert_eq!(
        dig(json!({ "host": "mx" })).as_deref(),
        Some("dig +tries=1 +time=1 -q mx")
    );
    assert_eq!(
        dig(json!({ "host": "192.0.2.1", "server": "ns.example" })).as_deref(),
        Some("dig +tries=1 +time=1 @ns.example -x 192.0.2.1")
    );
}
