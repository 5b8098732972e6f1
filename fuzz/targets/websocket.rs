//! Any message of a page to the two sockets: what is subscribed to is a question of the catalog on one line,
//! a terminal's size is one that there is, and keys go on as they came.
#![no_main]

use catalog::{Marker, Source};
use headlessos_http::fuzzing::{subscription, terminal_frame};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Some((keys, size, _)) = terminal_frame(input) {
        match size {
            Some(size) => {
                assert!((2..=1000).contains(&size.columns()) && (1..=500).contains(&size.rows()));
            }
            None => assert!(keys.is_empty() || input.get(1..) == Some(&keys[..])),
        }
    }
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let Some((query, args, _)) = subscription(text) else {
        return;
    };
    let Some(query) = catalog::find(&query) else {
        return;
    };
    let Ok(prepared) = query.prepare(&args) else {
        return;
    };
    for variant in 0..query.variants().len() {
        if let Some(Source::Command(command)) = prepared.source(variant) {
            let line = command.script_line(&Marker::from_bits(1));
            assert_eq!(line.find('\n'), Some(line.len() - 1), "{line:?}");
            assert!(!line.contains('\0'), "{line:?}");
        }
    }
});
