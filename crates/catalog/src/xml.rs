//! The little of XML that is needed to read tools' listings: start tags and their attributes. No
//! entities but the five of XML itself and characters by number, so nothing expands.

/// A start tag's attributes, as written.
pub(crate) struct Tag<'a>(&'a str);

/// The start tags of this name, in order. Linear in the text's length.
pub(crate) fn tags<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = Tag<'a>> {
    text.split('<').skip(1).filter_map(move |piece| {
        let rest = piece.strip_prefix(name)?;
        if !rest.starts_with([' ', '\t', '\n', '\r', '/', '>']) {
            return None;
        }
        let (attributes, _) = rest.split_once('>')?;
        Some(Tag(attributes))
    })
}

impl Tag<'_> {
    /// The value of an attribute; `None`: it has none of this name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.0;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = after.strip_prefix(quote)?.split_once(quote)?;
            if key.trim() == name {
                return Some(unescaped(value));
            }
            rest = after;
        }
    }
}

/// Replaces the entities; one that is unknown stays as it is.
fn unescaped(value: &str) -> String {
    let mut pieces = value.split('&');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let known = piece
            .split_once(';')
            .and_then(|(entity, after)| Some((character(entity)?, after)));
        match known {
            Some((character, after)) => {
                plain.push(character);
                plain.push_str(after);
            }
            None => {
                plain.push('&');
                plain.push_str(piece);
            }
        }
    }
    plain
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "apos" => Some('\''),
        "gt" => Some('>'),
        "lt" => Some('<'),
        "quot" => Some('"'),
        entity => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes() {
        let text = "<update-list><update name='a' edition=\"1&amp;2&#x41;&#66;&quot;&apos;&lt;&gt;\
                    &no;&\"/><update\n name = \"b\" ></update-list>";
        let found: Vec<_> = tags(text, "update")
            .map(|tag| (tag.attribute("name"), tag.attribute("edition")))
            .collect();
        let text = |text: &str| Some(text.to_owned());
        let expected = [(text("a"), text("1&2AB\"'<>&no;&")), (text("b"), None)];
        assert_eq!(found, expected);
    }
}
