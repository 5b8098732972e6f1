//! The page must give each character as many cells as the emulator does, or the two drift apart: its
//! table is made from the emulator's. `UPDATE_GOLDEN=1 cargo test -p terminal` writes it anew.

use std::{fmt::Write as _, path::Path};

use unicode_width::UnicodeWidthChar as _;

const FILE: &str = "../../ui/src/apps/terminal/widths.ts";
const HEAD: &str = "\
// How many cells a character takes: made from the program's own table by a test of crates/terminal, so that both agree. Not written by hand.
";

/// First and last of each run of characters with this width.
fn runs(width: usize) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in 0x80..=0x10_ffff_u32 {
        let has = char::from_u32(code).is_some_and(|each| each.width() == Some(width));
        match runs.last_mut() {
            Some((_, last)) if has && *last + 1 == code => *last = code,
            _ if has => runs.push((code, code)),
            _ => {}
        }
    }
    runs
}

fn table(name: &str, what: &str, width: usize) -> String {
    let mut text = format!(
        "\n/** First and last of each run of characters of {what}, ascending. */\nexport const {name}: readonly number[] = ["
    );
    for (index, (first, last)) in runs(width).iter().enumerate() {
        let separator = if index % 8 == 0 { "\n  " } else { " " };
        let _ = write!(text, "{separator}0x{first:x}, 0x{last:x},");
    }
    text.push_str("\n];\n");
    text
}

#[test]
fn the_table_of_the_page_is_that_of_the_emulator() {
    let expected = [
        HEAD.to_owned(),
        table("ZERO", "no width", 0),
        table("WIDE", "two cells", 2),
    ]
    .concat();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &expected).expect("it can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{FILE} is not current: UPDATE_GOLDEN=1 cargo test -p terminal"
    );
}
