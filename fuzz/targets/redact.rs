//! Any text around planted secrets: none survives, the number of lines stays, and what was redacted once
//! is redacted. The first byte chooses where the secret stands.
#![no_main]

use catalog::{redact, text};
use libfuzzer_sys::fuzz_target;

const SECRET: &str = "Zq7wXk29Lm4Tn8Rv";
const PLACES: &[&str] = &[
    "DB_PASSWORD=@",
    "password: @",
    "--password=@",
    "Authorization: Bearer @",
    "postgres://ann:@@db.example/shop",
    "\"api_key\": \"@\"",
    "-----BEGIN OPENSSH PRIVATE KEY-----\n@\n-----END OPENSSH PRIVATE KEY-----",
    "ghp_@Zq7wXk29Lm4Tn8Rvabcd",
];

fuzz_target!(|input: &[u8]| {
    let [choice, rest @ ..] = input else { return };
    let around = text::clean(rest);
    let lines = |text: &str| text.matches('\n').count();
    let alone = redact::text(&around);
    assert_eq!(lines(&alone.text), lines(&around));
    assert_eq!(redact::text(&alone.text).text, alone.text, "{around:?}");
    // It watches what is compared, and so finds out the secret; bare, nothing says that it is one.
    if around.contains(SECRET) {
        return;
    }
    let place = PLACES
        .get(usize::from(*choice) % PLACES.len())
        .copied()
        .unwrap_or_default();
    let planted = place.replacen('@', SECRET, 1);
    let mut half = around.len() / 2;
    while !around.is_char_boundary(half) {
        half -= 1;
    }
    let (before, after) = around.split_at(half);
    let whole = format!("{before}\n{planted}\n{after}");
    let redacted = redact::text(&whole);
    assert!(
        !redacted.text.contains(SECRET),
        "{whole:?} became {:?}",
        redacted.text
    );
    assert_eq!(lines(&redacted.text), lines(&whole));
    assert_eq!(
        redact::text(&redacted.text).text,
        redacted.text,
        "{whole:?}"
    );
    let words: Vec<String> = around.split_whitespace().map(str::to_owned).collect();
    let count = words.len();
    assert_eq!(redact::words(words).len(), count);
});
