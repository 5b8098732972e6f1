//! Titles and folders that a program on the server names: text, cleaned and bounded.

/// Characters of a title.
const LONGEST_TITLE: usize = 200;
/// Bytes of a path (PATH_MAX of Linux).
const LONGEST_PATH: usize = 4096;

/// A title without control characters and without what would reorder its surroundings, at most 200
/// characters; `None`: nothing is left of it.
#[must_use]
pub fn shown_title(title: &str) -> Option<String> {
    let clean: String = title
        .chars()
        .filter(|each| !each.is_control() && !is_hidden(*each))
        .take(LONGEST_TITLE)
        .collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// What the page shows as marks (`visibleText.ts`): of Unicode 17 the format characters (`Cf`), what
/// has no ink of its own (`Default_Ignorable_Code_Point`), separators, and the braille cell without dots.
fn is_hidden(each: char) -> bool {
    matches!(each,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The path of an OSC 7 payload, `file://HOST/PATH` with percent escapes; `None`: it is no absolute
/// path in UTF-8.
pub(crate) fn folder(url: &str) -> Option<String> {
    let rest = url.strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.bytes();
    while let Some(byte) = left.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(left.next()?).to_digit(16)?;
        let low = char::from(left.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    (path.len() <= LONGEST_PATH && !path.contains('\0')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_plain_line() {
        assert_eq!(
            shown_title(" a\u{1b}[31m\nb\u{202e}c "),
            Some("a[31mbc".to_owned())
        );
        assert_eq!(shown_title("\u{7}\u{200b}"), None);
        let unseen = "\u{34f}\u{115f}\u{180e}\u{2800}\u{3164}\u{fe0f}\u{ffa0}\u{e0100}";
        assert_eq!(shown_title(unseen), None);
        assert_eq!(
            shown_title("Größe 東京 \u{1f642}"),
            Some("Größe 東京 \u{1f642}".to_owned())
        );
        assert_eq!(
            shown_title(&"x".repeat(999)).map(|title| title.len()),
            Some(200)
        );
    }

    #[test]
    fn a_folder_is_an_absolute_path() {
        assert_eq!(
            folder("file://web1/srv/with%20space/%C3%A4"),
            Some("/srv/with space/ä".to_owned())
        );
        assert_eq!(folder("file:///"), Some("/".to_owned()));
        for wrong in [
            "",
            "/srv",
            "http://x/y",
            "file://host",
            "file://h/%zz",
            "file://h/%",
            "file://h/%00",
            "file://h/%ff",
        ] {
            assert_eq!(folder(wrong), None, "{wrong}");
        }
    }
}
