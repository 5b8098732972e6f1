//! What is written beside an item of the Recycle Bin: its place, encoded, and its date.
//!
//! Invariant: pure; what a note says leads nowhere but below the filesystem it lies on.

use catalog::arguments::{FileName, RemotePath};

use super::TrashFolder;

pub(super) fn original_path(folder: &TrashFolder, recorded: &[u8]) -> Option<RemotePath> {
    match &folder.top {
        Some(top) if recorded.first() != Some(&b'/') => {
            let path = RemotePath::from_bytes(&[top.as_bytes(), b"/", recorded].concat()).ok()?;
            Some(path)
        }
        // Of another filesystem than this one: nothing that this specification writes.
        Some(_) => None,
        None => RemotePath::from_bytes(recorded).ok(),
    }
}

/// `name`, `name.2`, `name.3` and so on, short enough for its note's name too.
pub(super) fn numbered(name: &FileName, number: u32) -> Option<FileName> {
    let bytes = name.as_bytes();
    let ending = match number {
        1 => String::new(),
        number => format!(".{number}"),
    };
    let most = 255 - ".trashinfo".len() - ending.len();
    let kept = bytes.get(..bytes.len().min(most))?;
    FileName::from_bytes(&[kept, ending.as_bytes()].concat()).ok()
}

/// As the specification wants paths (RFC 2396): all but letters, digits and some signs.
pub(super) fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/-_.!~*'()".contains(byte) {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

pub(super) fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, more)) = rest.split_first() {
        let code = more.first_chunk::<2>().filter(|_| *first == b'%');
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    bytes
}

/// The octal escapes of proc(5).
pub(super) fn unescaped(field: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, more)) = rest.split_first() {
        let code = more.first_chunk::<3>().filter(|_| *first == b'\\');
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 8).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = more.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    bytes
}

pub(super) fn is_date(text: &str) -> bool {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_stands_in_a_note_and_comes_back() {
        let path = b"/a b/\xff%\n'\"";
        let text = percent_encoded(path);
        assert_eq!(text, "/a%20b/%FF%25%0A'%22");
        assert_eq!(percent_decoded(text.as_bytes()), path);
        assert_eq!(percent_decoded(b"100%"), b"100%");
        assert_eq!(unescaped(b"/mnt/a\\040b"), b"/mnt/a b");
    }

    #[test]
    fn what_a_note_says_stays_below_its_filesystem() {
        let path = |text: &str| RemotePath::try_from(text.to_owned()).unwrap();
        let folder = TrashFolder {
            path: path("/mnt/.Trash-0"),
            top: Some(path("/mnt")),
        };
        assert_eq!(original_path(&folder, b"a/b"), Some(path("/mnt/a/b")));
        assert_eq!(original_path(&folder, b"../etc/passwd"), None);
        assert_eq!(original_path(&folder, b"/etc/passwd"), None);
    }

    #[test]
    fn a_second_of_the_same_name_gets_a_number() {
        let name = FileName::from_bytes(&[b'x'; 255]).unwrap();
        assert_eq!(numbered(&name, 1).unwrap().as_bytes().len(), 245);
        assert!(numbered(&name, 12).unwrap().as_bytes().ends_with(b"x.12"));
    }
}
