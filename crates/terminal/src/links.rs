//! Which links a program on the server may show (OSC 8).
//!
//! Invariant: pages hold a bounded number of links, however many come: the xterm of a page keeps each
//! link, and each line that it is on, until the line leaves its scrollback or is cleared.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher as _},
};

/// Bytes of an address.
const LONGEST: usize = 2048;
/// Bytes of an id.
const LONGEST_ID: usize = 250;
/// The kinds of addresses that a person may be led to.
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "file://"];
/// Lines that have to scroll away before there is room for more links.
const WINDOW_LINES: u64 = 256;
/// What the links of a window may take in a page, in bytes: about eight links for each line.
const WINDOW_BYTES: usize = 512 * 1024;
/// What a page keeps for a link besides its address, and for each further line that it is on.
const LINK_BYTES: usize = 256;
const LINE_BYTES: usize = 128;

/// A place in a terminal, which links may be on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// A line, counted from the terminal's first, of a screen whose first line has the number `top`.
    Main { top: u64, line: u64 },
    /// A row of the alternate screen, when it was shown for the `turn`th time; it is empty each time.
    Alternate { turn: u64, row: u64 },
}

/// The links of a terminal.
#[derive(Debug, Default)]
pub(crate) struct Links {
    main: Window,
    alternate: Window,
}

/// Links since there was room for them.
#[derive(Debug, Default)]
struct Window {
    number: u64,
    /// Hashes of links, and of links with the lines that they are on.
    known: HashSet<u64>,
    bytes: usize,
}

impl Links {
    /// As [`allowed`], where there is room for it. One without an id gets one, the same for the same
    /// address: without one the page would keep it anew each time.
    pub(crate) fn take(&mut self, payload: &str, place: Place) -> String {
        let clean = allowed(payload);
        let Some((id, address)) = clean.split_once(';').filter(|(_, to)| !to.is_empty()) else {
            return clean;
        };
        let (window, number, line) = match place {
            Place::Main { top, line } => (&mut self.main, top / WINDOW_LINES, line),
            Place::Alternate { turn, row } => (&mut self.alternate, turn, row),
        };
        if window.number != number {
            *window = Window {
                number,
                ..Window::default()
            };
        }
        let clean = if id.is_empty() {
            format!("id={number};{address}")
        } else {
            clean
        };
        if window.has_room(&clean, line) {
            clean
        } else {
            ";".to_owned()
        }
    }
}

impl Window {
    fn has_room(&mut self, link: &str, line: u64) -> bool {
        let (alone, there) = (hash(&link), hash(&(link, line)));
        let mut bytes = 0;
        if !self.known.contains(&alone) {
            bytes += LINK_BYTES + link.len();
        }
        if !self.known.contains(&there) {
            bytes += LINE_BYTES;
        }
        if bytes > 0 && self.bytes >= WINDOW_BYTES {
            return false;
        }
        self.bytes += bytes;
        self.known.extend([alone, there]);
        true
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The payload behind `8;` made harmless: `PARAMETERS;ADDRESS` with at most an id, or `;` where a
/// link ends or may not be shown.
fn allowed(payload: &str) -> String {
    let Some((parameters, address)) = payload.split_once(';') else {
        return ";".to_owned();
    };
    let plain = |text: &str| text.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    let lower = address
        .get(..address.len().min(8))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let fits = address.len() <= LONGEST
        && plain(address)
        && SCHEMES.iter().any(|scheme| lower.starts_with(scheme));
    if !fits {
        return ";".to_owned();
    }
    let id = parameters
        .split(':')
        .find(|each| each.starts_with("id="))
        .filter(|id| id.len() <= LONGEST_ID && plain(id))
        .unwrap_or_default();
    format!("{id};{address}")
}

#[cfg(test)]
mod tests {
    use super::{Links, Place, WINDOW_BYTES, WINDOW_LINES, allowed};

    fn on(line: u64) -> Place {
        Place::Main { top: line, line }
    }

    /// How many of so many links, each another, are shown at this place.
    fn shown(links: &mut Links, place: Place, of: usize) -> usize {
        (0..of)
            .filter(|each| links.take(&format!(";https://{each}.example"), place) != ";")
            .count()
    }

    #[test]
    fn a_link_without_an_id_has_that_of_its_address() {
        let mut links = Links::default();
        let one = links.take(";https://a", on(7));
        assert_eq!(one, "id=0;https://a");
        assert_eq!(links.take(";https://a", on(8)), one);
        assert_eq!(links.take("id=x;https://a", on(8)), "id=x;https://a");
        assert_eq!(links.take(";", on(8)), ";");
        assert_eq!(links.take(";javascript:x", on(8)), ";");
    }

    #[test]
    fn links_beyond_what_pages_should_keep_are_not_shown() {
        let mut links = Links::default();
        let first = shown(&mut links, on(0), 100_000);
        assert!((1000..=WINDOW_BYTES / 256).contains(&first), "{first}");
        assert_eq!(shown(&mut links, on(WINDOW_LINES - 1), 100_000), 0);
        // What is there already takes nothing more.
        assert_eq!(shown(&mut links, on(0), 100), 100);
        assert!(links.main.known.len() < 2 * WINDOW_BYTES / 256);
        // Lines that scroll away make room, and so does an alternate screen that is shown anew.
        assert_eq!(shown(&mut links, on(WINDOW_LINES), 100), 100);
        let row = |turn| Place::Alternate { turn, row: 3 };
        assert!(shown(&mut links, row(1), 100_000) < 3000);
        assert_eq!(shown(&mut links, row(2), 100), 100);
    }

    #[test]
    fn each_line_that_a_link_is_on_counts() {
        let mut links = Links::default();
        let link = |line: u64| Place::Main { top: 0, line };
        let lines = (0..100_000).filter(|line| links.take("id=a;https://a", link(*line)) != ";");
        assert!((1000..5000).contains(&lines.count()));
    }

    #[test]
    fn only_known_kinds_of_links_are_shown() {
        assert_eq!(
            allowed(";https://example.org/a;b"),
            ";https://example.org/a;b"
        );
        assert_eq!(allowed("foo=1:id=a:x=2;HTTP://x"), "id=a;HTTP://x");
        assert_eq!(allowed(";file://web1/etc"), ";file://web1/etc");
        for wrong in [
            "",
            ";",
            ";javascript:alert(1)",
            ";data:text/html,x",
            ";https://a\u{1b}b",
            ";https://a b",
            ";vscode://x",
            ";https://ä",
        ] {
            assert_eq!(allowed(wrong), ";", "{wrong}");
        }
        assert_eq!(allowed(&format!(";https://{}", "x".repeat(3000))), ";");
    }
}
