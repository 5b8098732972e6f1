//! OpenRC: `rc-status(8)` names the daemons that are gone, one a line, and ends with 1 where there
//! is none; the services whose start failed are marked in `/run/openrc/failed`.

use super::{FailedUnit, FailedUnits};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

const SCRIPT: &str = r#"crashed=$(rc-status --nocolor --crashed)
code=$?
[ "$code" -le 1 ] || exit "$code"
for service in $crashed; do echo "crashed $service"; done
for mark in /run/openrc/failed/*; do
  if [ -L "$mark" ]; then echo "failed ${mark##*/}"; fi
done"#;

pub(super) const VARIANT: Variant<NoArgs, FailedUnits> = Variant {
    name: "openrc",
    needs: Needs::under(Init::Openrc, &["rc-status"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let mut parsed = Parsed::whole(FailedUnits { units: Vec::new() });
    for (index, line) in text.lines().enumerate() {
        match line.split_once(' ') {
            Some((state @ ("crashed" | "failed"), name)) if !name.is_empty() => {
                parsed.value.units.push(FailedUnit {
                    name: name.to_owned(),
                    description: None,
                    state: state.to_owned(),
                });
            }
            _ => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}
