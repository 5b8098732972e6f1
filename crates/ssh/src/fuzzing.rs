//! What fuzzing reaches of this crate; pure, and no part of the program.

/// Reads a line of a file of known hosts, and says whether it names a host.
#[must_use]
pub fn line_names(line: &str, name: &str) -> bool {
    crate::known_hosts::line_names(line, name)
}
