//! From the bytes of a file to text: UTF-8, or UTF-16 where a mark says so.

/// The text of a file. What is not valid becomes U+FFFD; a byte order mark is left out.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Written by a program of Windows without a mark: every second byte of ASCII is zero.
        [first, 0, _, 0, ..] if first.is_ascii_graphic() => wide(bytes, u16::from_le_bytes),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().map(|pair| unit(*pair));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_unicode_is_read() {
        let little: Vec<u8> = "\u{feff}Wé"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "\u{feff}Wé"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [
            little.as_slice(),
            &big,
            "\u{feff}Wé".as_bytes(),
            "Wé".as_bytes(),
        ] {
            assert_eq!(decode(bytes), "Wé");
        }
        let no_mark: Vec<u8> = "Windows"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&no_mark), "Windows");
        assert_eq!(decode(b"a\xffb"), "a\u{fffd}b");
    }
}
