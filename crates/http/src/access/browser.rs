//! What a browser calls itself, for a person to tell sessions apart.
//!
//! Invariant: only words of this file come out, whatever the header holds; nothing is decided by them.

/// From the most special: many say that they are Safari, or Chrome, as well.
const BROWSERS: [(&str, &str); 6] = [
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Of a `User-Agent` header; `None`: no browser that is known here.
pub(crate) fn name(header: &str) -> Option<String> {
    let first = |names: &[(&str, &'static str)]| {
        let mut found = names.iter().filter(|(mark, _)| header.contains(mark));
        found.next().map(|(_, name)| *name)
    };
    let browser = first(&BROWSERS)?;
    Some(match first(&SYSTEMS) {
        Some(system) => format!("{browser} on {system}"),
        None => browser.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_come_out() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(name(firefox).as_deref(), Some("Firefox on Linux"));
        let edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(name(edge).as_deref(), Some("Edge on Windows"));
        let odd = "<b>\u{1b}[31m Chrome/1 root@evil";
        assert_eq!(name(odd).as_deref(), Some("Chrome"));
        assert_eq!(name("curl/8"), None);
    }
}
