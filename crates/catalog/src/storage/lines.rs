//! The lines of a file, read as those of a command are.

use crate::{FixedPath, ParseError, Parsed, RawOutput};

/// Reads the first of these files that is there, line by line; see [`RawOutput::read_lines`].
pub(super) fn file_lines<Answer>(
    raw: &RawOutput<'_>,
    paths: &[FixedPath],
    value: Answer,
    read: impl FnMut(&mut Answer, &str) -> Option<()>,
) -> Result<Parsed<Answer>, ParseError> {
    let file = paths
        .iter()
        .find_map(|path| raw.files.iter().find(|file| file.path == path.as_str()));
    let Some(file) = file else {
        let names: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
        let detail = format!("{} cannot be read", names.join(", "));
        return Err(ParseError::Absent(detail));
    };
    let lines = RawOutput {
        stdout: file.bytes,
        ..RawOutput::default()
    };
    Ok(lines.read_lines(value, read))
}
