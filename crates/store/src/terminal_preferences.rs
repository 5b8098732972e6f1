//! How terminals look and behave, in every window.
//!
//! Invariant: a number outside its range is brought back into it when it is saved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The shape of the cursor where no program asks for another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum CursorStyle {
    #[default]
    Block,
    Bar,
    Underline,
}

/// What draws the characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Renderer {
    #[default]
    Auto,
    Dom,
    Webgl,
}

/// What the bell does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Bell {
    None,
    #[default]
    Visual,
    Sound,
}

/// A colour scheme that the user imported. Colours are `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportedScheme {
    /// Its id, unlike any other's.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Text.
    pub foreground: String,
    /// Behind the text.
    pub background: String,
    /// The cursor.
    pub cursor: String,
    /// Behind selected text.
    pub selection: String,
    /// The sixteen ANSI colours, the eight bright ones last.
    pub ansi: [String; 16],
}

/// How terminals look and behave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TerminalPreferences {
    /// A font of this computer; empty: the one that comes with HeadlessOS.
    pub font_family: String,
    /// In CSS pixels, 8 to 32.
    pub font_size: f64,
    /// In heights of the font, 1 to 2.
    pub line_height: f64,
    /// The shape of the cursor.
    pub cursor_style: CursorStyle,
    /// Whether the cursor blinks.
    pub cursor_blink: bool,
    /// How many lines above the screen are kept, 100 to 100,000.
    pub scrollback_lines: u32,
    /// The id of the colour scheme; `auto`: as light or dark as the desktop.
    pub scheme: String,
    /// Imported colour schemes, at most 50.
    pub schemes: Vec<ImportedScheme>,
    /// What draws the characters.
    pub renderer: Renderer,
    /// What the bell does.
    pub bell: Bell,
    /// Whether selecting copies.
    pub copy_on_select: bool,
    /// Whether programs on the server may write to the clipboard (OSC 52).
    pub clipboard_write: bool,
    /// Whether pasting several lines asks first.
    pub warn_on_paste: bool,
    /// Whether output is read aloud by a screen reader.
    pub screen_reader: bool,
    /// The absolute path of the shell of new terminals; empty: the user's login shell.
    pub shell: String,
}

impl Default for TerminalPreferences {
    fn default() -> Self {
        Self {
            font_family: String::new(),
            font_size: 13.0,
            line_height: 1.2,
            cursor_style: CursorStyle::default(),
            cursor_blink: true,
            scrollback_lines: 10_000,
            scheme: "auto".to_owned(),
            schemes: Vec::new(),
            renderer: Renderer::default(),
            bell: Bell::default(),
            copy_on_select: false,
            clipboard_write: false,
            warn_on_paste: true,
            screen_reader: false,
            shell: String::new(),
        }
    }
}

/// Imported schemes that are kept.
const MOST_SCHEMES: usize = 50;
/// Characters of a name.
const LONGEST_NAME: usize = 100;

impl TerminalPreferences {
    /// The same, with every number in its range, every text bounded, and no scheme whose colours
    /// are none.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        let standard = Self::default();
        self.font_size = bounded(self.font_size, 8.0, 32.0, standard.font_size);
        self.line_height = bounded(self.line_height, 1.0, 2.0, standard.line_height);
        self.scrollback_lines = self.scrollback_lines.clamp(100, 100_000);
        for text in [&mut self.font_family, &mut self.scheme, &mut self.shell] {
            *text = shortened(text);
        }
        self.schemes.retain(ImportedScheme::has_colours);
        self.schemes.truncate(MOST_SCHEMES);
        for scheme in &mut self.schemes {
            scheme.id = shortened(&scheme.id);
            scheme.name = shortened(&scheme.name);
        }
        self
    }
}

impl ImportedScheme {
    fn has_colours(&self) -> bool {
        [
            &self.foreground,
            &self.background,
            &self.cursor,
            &self.selection,
        ]
        .into_iter()
        .chain(&self.ansi)
        .all(|colour| {
            colour.strip_prefix('#').is_some_and(|digits| {
                digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
            })
        })
    }
}

fn bounded(value: f64, least: f64, most: f64, standard: f64) -> f64 {
    if value.is_finite() {
        value.clamp(least, most)
    } else {
        standard
    }
}

fn shortened(text: &str) -> String {
    text.chars()
        .filter(|each| !each.is_control())
        .take(LONGEST_NAME)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_range_is_brought_back() {
        let scheme = |colour: &str| ImportedScheme {
            id: "a".to_owned(),
            name: "b\u{7}".to_owned(),
            foreground: colour.to_owned(),
            background: "#000000".to_owned(),
            cursor: "#ffffff".to_owned(),
            selection: "#333333".to_owned(),
            ansi: std::array::from_fn(|_| "#123abc".to_owned()),
        };
        let odd = TerminalPreferences {
            font_size: 400.0,
            line_height: f64::NAN,
            scrollback_lines: 0,
            font_family: "x".repeat(500),
            schemes: vec![scheme("#fff000"), scheme("url(x)")],
            shell: "/bin/\u{7}zsh".to_owned(),
            ..TerminalPreferences::default()
        }
        .within_bounds();
        assert_eq!(odd.shell, "/bin/zsh");
        assert!((odd.font_size - 32.0).abs() < f64::EPSILON);
        assert!((odd.line_height - 1.2).abs() < f64::EPSILON);
        assert_eq!(odd.scrollback_lines, 100);
        assert_eq!(odd.font_family.len(), 100);
        assert_eq!(odd.schemes.len(), 1);
        assert_eq!(odd.schemes[0].name, "b");
    }
}
