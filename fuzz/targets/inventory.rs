//! Any bytes as the server list of another program: no panic, a bounded number of entries, and what is
//! exported reads as the same servers again.
#![no_main]

use inventory::{Entry, Format, MOST_ENTRIES, decode, guess, read, to_csv, to_ssh_config};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = decode(input);
    let _guessed = guess(&text);
    for format in Format::ALL {
        let found = read(format, &text, Some("session"));
        assert!(found.entries.len() <= MOST_ENTRIES && found.mistakes.len() <= 101);
        for entry in &found.entries {
            assert!(entry.line > 0 || format == Format::Putty, "{format:?}");
        }
        let fine: Vec<_> = found
            .entries
            .into_iter()
            .filter(|entry| entry.mistakes.is_empty() && !entry.host.is_empty())
            .collect();
        let csv = to_csv(&fine);
        let again = read(Format::Csv, &csv, None);
        assert_eq!(again.entries.len(), fine.len(), "{format:?}: {csv}");
        for (read, written) in again.entries.iter().zip(&fine) {
            assert_eq!(cells(read), cells(written), "{format:?}: {csv}");
        }
        let _config = to_ssh_config(&fine);
    }
});

/// What stands in a cell of its own.
fn cells(entry: &Entry) -> ([&str; 5], Option<u16>, Option<&str>) {
    let texts = [
        &entry.name,
        &entry.host,
        &entry.user,
        &entry.folder,
        &entry.notes,
    ];
    (texts.map(String::as_str), entry.port, entry.key.as_deref())
}
