//! A field of an entry in the JSON of `journalctl(1)`: a text, a list of bytes where it is no UTF-8
//! or holds control characters, `null` where it is too long, and a list of all these where the
//! field is there more than once.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};

/// The field as text; several are its lines. Borrowed from the input where that is possible.
#[derive(Debug, Default)]
pub(super) struct Field<'a>(Option<Cow<'a, str>>);

impl Field<'_> {
    /// The whole text.
    pub(super) fn text(self) -> Option<String> {
        self.0.map(Cow::into_owned)
    }

    /// The text of a field that is one line: of several the first.
    pub(super) fn first(self) -> Option<String> {
        let text = self.0?;
        let line = text.lines().next()?;
        Some(line.to_owned())
    }

    /// The number it is.
    pub(super) fn number<Number: std::str::FromStr>(&self) -> Option<Number> {
        self.0.as_deref()?.lines().next()?.parse().ok()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field of the journal")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Field(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Field(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Field(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut bytes = Vec::new();
        let mut lines: Vec<String> = Vec::new();
        while let Some(item) = items.next_element()? {
            match item {
                Item::Byte(byte) => bytes.push(byte),
                Item::Text(text) => lines.extend(text),
            }
        }
        if !bytes.is_empty() {
            lines.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        let text = (!lines.is_empty()).then(|| Cow::Owned(lines.join("\n")));
        Ok(Field(text))
    }
}

/// An element of a field that is a list.
enum Item {
    Byte(u8),
    Text(Option<String>),
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a byte or a field of the journal")
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Item, E> {
        u8::try_from(number).map(Item::Byte).map_err(E::custom)
    }

    fn visit_str<E>(self, text: &str) -> Result<Item, E> {
        Ok(Item::Text(Some(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Item, E> {
        Ok(Item::Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Item, A::Error> {
        let mut bytes: Vec<u8> = Vec::new();
        while let Some(byte) = items.next_element()? {
            bytes.push(byte);
        }
        Ok(Item::Text(Some(
            String::from_utf8_lossy(&bytes).into_owned(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Option<String> {
        serde_json::from_str::<Field<'_>>(json).unwrap().text()
    }

    #[test]
    fn every_form_is_text() {
        assert_eq!(text(r#""a\nb""#).as_deref(), Some("a\nb"));
        assert_eq!(text("[104,105,255]").as_deref(), Some("hi\u{fffd}"));
        assert_eq!(
            text(r#"["a",[98,99],null,"d"]"#).as_deref(),
            Some("a\nbc\nd")
        );
        assert_eq!(text("null"), None);
        assert_eq!(text("[]"), None);
        assert!(serde_json::from_str::<Field<'_>>("[256]").is_err());
        assert!(serde_json::from_str::<Field<'_>>(r#"{"a":1}"#).is_err());
    }
}
