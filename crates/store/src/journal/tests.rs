//! The journal, attacked: edits, gaps, a cut end, an older layout.

use chrono::TimeDelta;

use super::*;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn begins(server: &str, command: &str) -> Begins {
    Begins {
        at: DateTime::UNIX_EPOCH,
        server: server.to_owned(),
        asker: Asker::Ui,
        capability: Capability::SystemRead,
        deed: Deed::Command,
        what: "system.load".to_owned(),
        tool: "uptime".to_owned(),
        command: command.to_owned(),
    }
}

fn add(store: &Store, line: Begins) -> i64 {
    store.append(&[JournalLine::Begins(line)]).unwrap()[0]
}

fn ended(entry: i64) -> JournalLine {
    JournalLine::Ended(Ended {
        entry,
        at: DateTime::UNIX_EPOCH + TimeDelta::milliseconds(7),
        duration_ms: 7,
        exit_code: Some(3),
        bytes: Some(1 << 40),
        outcome: "failed".to_owned(),
    })
}

fn commands(store: &Store, filter: &JournalFilter) -> Vec<String> {
    let entries = store.journal(filter, 100).unwrap();
    entries.into_iter().map(|entry| entry.command).collect()
}

#[test]
fn an_entry_is_there_before_its_end_and_has_it_after() {
    let (_folder, store) = store();
    let id = add(&store, begins("a", "uptime"));
    let before = store.journal(&JournalFilter::default(), 10).unwrap();
    assert_eq!(before[0].duration_ms, None);
    assert_eq!(before[0].outcome, None);
    store.append(&[ended(id)]).unwrap();
    let after = store.journal(&JournalFilter::default(), 10).unwrap();
    assert_eq!(after.len(), 1, "{after:?}");
    let expected = JournalEntry {
        exit_code: Some(3),
        duration_ms: Some(7),
        bytes: Some(1 << 40),
        outcome: Some("failed".to_owned()),
        ..before[0].clone()
    };
    assert_eq!(after[0], expected);
    assert_eq!(after[0].at, "1970-01-01T00:00:00.000Z");
}

#[test]
fn entries_are_found_by_server_time_kind_and_words() {
    let (_folder, store) = store();
    add(&store, begins("a", "uptime"));
    add(&store, begins("b", "grep 100% \"x\\y\" /etc"));
    add(
        &store,
        Begins {
            at: DateTime::UNIX_EPOCH + TimeDelta::hours(1),
            capability: Capability::TerminalOpen,
            deed: Deed::ForwardedPort,
            ..begins("a", "ssh -N -L 8080")
        },
    );
    let found = |filter: JournalFilter| commands(&store, &filter);
    let words = |words: &str| {
        found(JournalFilter {
            words: words.to_owned(),
            ..JournalFilter::default()
        })
    };
    assert_eq!(found(JournalFilter::default()).len(), 3);
    assert_eq!(words("PORT 8080"), ["ssh -N -L 8080"]);
    assert_eq!(words("100%"), ["grep 100% \"x\\y\" /etc"]);
    assert_eq!(words("\"x\\y\""), ["grep 100% \"x\\y\" /etc"]);
    assert_eq!(words("1000%").len(), 0, "% is no wildcard");
    assert_eq!(words("u_time").len(), 0, "nor is _");
    let server = Some("a".to_owned());
    let of_a = found(JournalFilter {
        server,
        ..JournalFilter::default()
    });
    assert_eq!(of_a, ["ssh -N -L 8080", "uptime"], "newest first");
    let late = found(JournalFilter {
        since: Some("1970-01-01T00:30".to_owned()),
        ..JournalFilter::default()
    });
    assert_eq!(late, ["ssh -N -L 8080"]);
    let changes = found(JournalFilter {
        changes: true,
        ..JournalFilter::default()
    });
    assert_eq!(changes, ["ssh -N -L 8080"]);
    let next = found(JournalFilter {
        before: Some(2),
        ..JournalFilter::default()
    });
    assert_eq!(next, ["uptime"]);
}

#[test]
fn an_edit_a_gap_and_a_cut_end_show() {
    let (_folder, store) = store();
    for _ in 0..5 {
        add(&store, begins("a", "uptime"));
    }
    let whole = store.verify_journal(None).unwrap();
    assert_eq!((whole.lines, whole.breach.clone()), (5, None));
    let noted = whole.end.hash.clone();
    assert_eq!(store.verify_journal(Some(&noted)).unwrap().breach, None);
    let breach_after = |statement: &str| {
        let folder = tempfile::tempdir().unwrap();
        let copy = Store::open(folder.path()).unwrap();
        for _ in 0..5 {
            add(&copy, begins("a", "uptime"));
        }
        copy.lock().execute_batch(statement).unwrap();
        copy.verify_journal(Some(&noted)).unwrap().breach
    };
    assert_eq!(breach_after(""), None);
    let edit = "UPDATE journal SET record = replace(record, 'uptime', 'uptimf') WHERE id = 3";
    assert_eq!(breach_after(edit), Some(Breach::Changed { line: 3 }));
    let gap = "DELETE FROM journal WHERE id = 3";
    assert_eq!(breach_after(gap), Some(Breach::Missing { line: 3 }));
    let start = "DELETE FROM journal WHERE id = 1";
    assert_eq!(breach_after(start), Some(Breach::Missing { line: 1 }));
    let end = "DELETE FROM journal WHERE id > 3";
    assert_eq!(breach_after(end), Some(Breach::Missing { line: 4 }));
    // Whoever makes the whole chain anew cannot make the noted hash.
    let anew = "DELETE FROM journal; DELETE FROM sqlite_sequence";
    assert_eq!(breach_after(anew), Some(Breach::NotThere));
}

#[test]
fn what_is_old_is_forgotten_and_the_rest_is_still_a_chain() {
    let (_folder, store) = store();
    let noon = DateTime::UNIX_EPOCH + TimeDelta::days(10);
    let old = add(&store, begins("a", "old"));
    store.append(&[ended(old)]).unwrap();
    let new = Begins {
        at: noon,
        ..begins("a", "new")
    };
    add(&store, new.clone());
    let noted = store.verify_journal(None).unwrap().end.hash;
    add(&store, new);
    store.forget_journal_before(noon).unwrap();
    assert_eq!(commands(&store, &JournalFilter::default()), ["new", "new"]);
    let whole = store.verify_journal(Some(&noted)).unwrap();
    assert_eq!(
        (whole.lines, whole.forgotten_until, whole.breach),
        (2, 2, None)
    );
    // All of it may go, and numbers and chain go on.
    store
        .forget_journal_before(noon + TimeDelta::days(1))
        .unwrap();
    assert_eq!(add(&store, begins("a", "next")), 5);
    let whole = store.verify_journal(None).unwrap();
    assert_eq!(
        (whole.lines, whole.forgotten_until, whole.breach),
        (1, 4, None)
    );
}

/// What would have been forgotten is not there; lines that lie before the beginning were put there.
#[test]
fn a_beginning_that_was_moved_covers_no_edit() {
    let (_folder, store) = store();
    for number in 0..5 {
        add(&store, begins("a", &format!("tool {number}")));
    }
    let noted = store.verify_journal(None).unwrap().end;
    for move_start in [
        // To the line whose hash was noted.
        "UPDATE journal_start SET id = 5, hash = (SELECT hash FROM journal WHERE id = 5)",
        // To before the first hash, as in a journal that is older than the chain.
        "UPDATE journal_start SET id = 5, hash = zeroblob(32)",
    ] {
        let (_folder, copy) = self::store();
        for number in 0..5 {
            add(&copy, begins("a", &format!("tool {number}")));
        }
        let edit = "UPDATE journal SET record = replace(record, 'tool 1', 'tool 9')";
        let both = format!("{move_start}; {edit}");
        copy.lock().execute_batch(&both).unwrap();
        let verified = copy.verify_journal(Some(&noted.hash)).unwrap();
        assert!(verified.breach.is_some(), "{move_start}: {verified:?}");
    }
    // What was forgotten in truth.
    store.run(|db| chain::forget_until(db, 3)).unwrap();
    let verified = store.verify_journal(Some(&noted.hash)).unwrap();
    assert_eq!((verified.breach, verified.forgotten_until), (None, 3));
}

#[test]
fn an_end_that_was_moved_to_another_beginning_is_found() {
    let (_folder, store) = store();
    for number in 0..3 {
        let entry = add(&store, begins("a", &format!("tool {number}")));
        store.append(&[ended(entry)]).unwrap();
    }
    for forgotten in [0, 2] {
        store.run(|db| chain::forget_until(db, forgotten)).unwrap();
        let noted = store.verify_journal(None).unwrap();
        assert_eq!(noted.breach, None);
        // No text and no hash is another, but each end stands behind another beginning.
        let moved = |by: i64| {
            let all = [
                "UPDATE journal SET id = id + 1000".to_owned(),
                format!("UPDATE journal SET id = id - 1000 + {by}"),
                format!("UPDATE journal_start SET id = id + {by}"),
                format!("UPDATE sqlite_sequence SET seq = seq + {by} WHERE name = 'journal'"),
            ];
            store.lock().execute_batch(&all.join(";")).unwrap();
            store.verify_journal(Some(&noted.end.hash)).unwrap().breach
        };
        assert!(moved(2).is_some());
        assert_eq!(moved(-2), None);
    }
}

#[test]
fn a_check_beside_a_program_that_writes_finds_no_fault() {
    let (folder, store) = store();
    let other = Store::open(folder.path()).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..400 {
                add(&other, begins("a", &format!("tool {number}")));
                if number % 50 == 49 {
                    let forget = |db: &Connection| {
                        let forgetting = db.unchecked_transaction()?;
                        chain::forget_until(&forgetting, number - 20)?;
                        forgetting.commit()
                    };
                    other.run(forget).unwrap();
                }
            }
            is_over.store(true, std::sync::atomic::Ordering::Release);
        });
        let mut checks = 0;
        while !is_over.load(std::sync::atomic::Ordering::Acquire) || checks == 0 {
            assert_eq!(store.verify_journal(None).unwrap().breach, None);
            checks += 1;
        }
    });
}

#[test]
fn two_programs_write_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (
        Store::open(folder.path()).unwrap(),
        Store::open(folder.path()).unwrap(),
    );
    add(&one, begins("a", "1"));
    add(&two, begins("a", "2"));
    add(&one, begins("a", "3"));
    let whole = two.verify_journal(None).unwrap();
    assert_eq!((whole.lines, whole.breach), (3, None));
}

#[test]
fn an_older_journal_is_kept_and_the_chain_begins_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("headlessos.db");
    {
        let db = rusqlite::Connection::open(&path).unwrap();
        let before = crate::MIGRATIONS
            .iter()
            .position(|layout| layout.contains("journal_unchained"))
            .unwrap();
        for layout in &crate::MIGRATIONS[..before] {
            db.execute_batch(layout).unwrap();
        }
        let insert =
            "INSERT INTO journal VALUES (41, '2026-01-02T03:04:05.678Z', 'web', '\"logs.read\"',
            'logs.boots', 'journalctl', 'journalctl --list-boots', 1, 12, 'denied')";
        db.execute_batch(insert).unwrap();
        db.pragma_update(None, "user_version", before as i64)
            .unwrap();
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(add(&store, begins("web", "uptime")), 42);
    let old = store.journal(&JournalFilter::default(), 10).unwrap()[1].clone();
    assert_eq!(old.capability, Capability::LogsRead);
    assert_eq!((old.exit_code, old.duration_ms), (Some(1), Some(12)));
    assert_eq!(old.outcome.as_deref(), Some("denied"));
    let whole = store.verify_journal(None).unwrap();
    assert_eq!((whole.lines, whole.unchained, whole.breach), (1, 2, None));
}

/// The journal's part of a command: a line in the file before it, and the two of the chain, with others.
/// By hand: `cargo test -p store --release what_two_lines_cost -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn what_two_lines_cost() {
    const TIMES: u32 = 20_000;
    const TOGETHER: usize = 50;
    let (_folder, store) = store();
    let mut file = store.begun_file().unwrap();
    let since = std::time::Instant::now();
    let mut lines = Vec::new();
    for number in 0..TIMES {
        let begins = begins("a", "systemctl show getty@tty1.service");
        file.note(&begins).unwrap();
        lines.extend([JournalLine::Begins(begins), ended(number.into())]);
        if lines.len() >= 2 * TOGETHER {
            store.append(&std::mem::take(&mut lines)).unwrap();
            file.chained(TOGETHER as u64);
        }
    }
    let each = since.elapsed().as_nanos() / u128::from(TIMES);
    println!("{} ns for the two lines of each command", each);
}
