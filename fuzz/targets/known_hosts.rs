//! Any text as a file of known hosts: no panic, and a line that names a host by a pattern or a hash takes
//! no time that grows with more than its length.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    for line in text.lines() {
        for name in [
            "web1.example.org",
            "[web1.example.org]:2222",
            "192.0.2.1",
            "*",
        ] {
            let _named = ssh::fuzzing::line_names(line, name);
        }
    }
    if let Ok(key) = ssh::PublicLine::parse(&text) {
        assert!(!format!("{key:?}").is_empty());
    }
});
