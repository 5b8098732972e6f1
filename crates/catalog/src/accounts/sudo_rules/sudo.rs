//! `sudo -ll`: one rule a paragraph. It never asks for a password here; where it would, it refuses.
//! It writes a line into the server's log of logins.

use super::{SudoRuleList, SudoRulesOf, listing};
use crate::{Command, Needs, Source, Variant};

const SCRIPT: &str = r#"exec sudo -n -ll ${1:+-U "$1"}"#;

pub(super) const VARIANT: Variant<SudoRulesOf, SudoRuleList> = Variant {
    name: "sudo",
    needs: Needs::programs(&["sudo"]),
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.user.as_ref())),
    reads: &["sudo"],
    parse: listing::read,
};
