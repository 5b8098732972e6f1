//! What runs on the server.

mod cells;
mod figures;
mod limits;
mod list;
mod open_files;
mod row;
mod status;
mod table;
mod top;
mod tree;

use crate::{ParseError, RawOutput, arguments::Pid};

pub use limits::{Limits, ProcessLimit, ProcessLimitList};
pub use list::{List, ProcessList};
pub use open_files::{OpenFile, OpenFileList, OpenFiles};
pub use row::{ProcessColumn, ProcessRow};
pub use status::{ProcessStatus, Status};
pub use top::{Top, TopCore, TopCpu, TopMemory, TopSample, TopSamples, TopTasks};
pub use tree::{ProcessBranch, ProcessTree, Tree};

/// Which process is asked about.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcessWithPid {
    /// Its process id.
    pub pid: Pid,
}

/// Why a file of a process could not be read: it has ended, or it is another user's.
fn no_answer(raw: &RawOutput<'_>, otherwise: &'static str) -> ParseError {
    let said = raw.error_text();
    let first = said.lines().next().unwrap_or_default();
    if first.contains("No such file or directory") || first.contains("No such process") {
        return ParseError::Unavailable("there is no such process".to_owned());
    }
    if let Err(error) = raw.expect_exit(&[0]).and_then(|()| raw.expect_output()) {
        return error;
    }
    raw.complaint()
        .unwrap_or_else(|| ParseError::shape(otherwise))
}
