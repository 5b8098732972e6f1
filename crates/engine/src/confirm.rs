//! What cannot be undone is done only for who names the server that it is done on.
//!
//! Invariant: asked in this one place, whatever the surface; the name is the server's own, for what goes
//! wrong most is the right thing on the wrong server.

use store::Profile;

use crate::{
    Error,
    files::{Conflict, NewFileJob},
};

/// What of a production server cannot be undone.
pub(crate) const WRITING_OVER: &str = "writing over files of a production server";

/// Passes if the server's name was typed.
///
/// # Errors
/// [`Error::Unconfirmed`] where it was not, or another.
pub(crate) fn check(
    profile: &Profile,
    what: &'static str,
    typed: Option<&str>,
) -> Result<(), Error> {
    if typed.map(str::trim) == Some(profile.name.as_str()) {
        return Ok(());
    }
    Err(Error::Unconfirmed {
        server: profile.name.clone(),
        what,
    })
}

/// What of a job cannot be undone, in words, on the server that loses it; `None`: nothing. `is_production`:
/// that server's flag.
pub(crate) fn irreversible(new: &NewFileJob, is_production: bool) -> Option<&'static str> {
    match new {
        NewFileJob::Delete { .. } => Some("deleting for good"),
        NewFileJob::EmptyTrash { .. } => Some("deleting from the Recycle Bin"),
        NewFileJob::Copy(transfer) | NewFileJob::Move(transfer) => {
            let is_over = matches!(transfer.conflict, Conflict::Replace | Conflict::Newer);
            (is_production && is_over).then_some(WRITING_OVER)
        }
        NewFileJob::Trash { .. } | NewFileJob::Restore { .. } | NewFileJob::Attributes(_) => None,
    }
}
