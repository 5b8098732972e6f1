//! What fuzzing reaches of this crate; pure, and no part of the program.

use crate::{Files, FilesPipe};

/// The files at the other end of a pipe, whoever answers there; `None`: the session did not begin.
pub async fn files(pipe: FilesPipe) -> Option<Files> {
    crate::sftp::over(pipe).await
}

/// Reads a line of a file of known hosts, and says whether it names a host.
#[must_use]
pub fn line_names(line: &str, name: &str) -> bool {
    crate::known_hosts::line_names(line, name)
}
