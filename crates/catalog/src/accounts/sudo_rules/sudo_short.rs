//! `sudo -l`, for versions whose long list is not understood.

use super::{SudoRuleList, SudoRulesOf, listing};
use crate::{Command, Needs, Source, Variant};

const SCRIPT: &str = r#"exec sudo -n -l ${1:+-U "$1"}"#;

pub(super) const VARIANT: Variant<SudoRulesOf, SudoRuleList> = Variant {
    name: "sudo_short",
    needs: Needs::programs(&["sudo"]),
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.user.as_ref())),
    reads: &[],
    parse: listing::read,
};
