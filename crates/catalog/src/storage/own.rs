//! What the catalog's own commands printed, told from what people typed.

use crate::RawOutput;

/// Whether a command of the catalog itself printed this: nothing was typed, or the query's id was.
pub(super) fn is_own(raw: &RawOutput<'_>) -> bool {
    raw.typed
        .first()
        .is_none_or(|program| crate::find(program).is_some())
}
