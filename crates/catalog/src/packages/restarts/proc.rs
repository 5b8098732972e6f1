//! `/proc/PID/maps`, see `proc_pid_maps(5)`: programs and libraries that run and are deleted. Of
//! other users' processes root alone may know.

use super::{StaleList, StaleProcess};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Files of packages alone: memory of other kinds has such names too.
const SCRIPT: &str = r#"for folder in /proc/[0-9]*; do
  line=$(grep -sE -m 1 '^[^ ]+ r-xp .* /(usr|lib|lib64|bin|sbin|opt)/.* \(deleted\)$' "$folder/maps") || continue
  unit=$(sed -n 's|.*/\([^/]*\.service\).*|\1|p' "$folder/cgroup" 2>/dev/null | tail -n 1)
  name=$(cat "$folder/comm" 2>/dev/null) || continue
  printf '%s\t%s\t%s\t%s\n' "${folder#/proc/}" "$unit" "$name" "/${line#* /}"
done
echo end"#;

pub(super) const VARIANT: Variant<NoArgs, StaleList> = Variant {
    name: "proc",
    needs: Needs::NOTHING.as_root(),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<StaleList>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut is_whole = false;
    let mut parsed = raw.read_lines(StaleList::default(), |list, line| {
        if line == "end" {
            is_whole = true;
            return Some(());
        }
        let mut columns = line.splitn(4, '\t');
        let (pid, service, command) = (columns.next()?, columns.next()?, columns.next()?);
        let file = columns.next()?.strip_suffix(" (deleted)")?;
        list.processes.push(StaleProcess {
            pid: pid.parse().ok()?,
            command: command.to_owned(),
            service: Some(service.to_owned()).filter(|service| !service.is_empty()),
            file: Some(file.to_owned()),
        });
        Some(())
    });
    if !is_whole {
        return Err(ParseError::shape(
            "the processes were not looked at to the end",
        ));
    }
    parsed.value.name_services();
    Ok(parsed)
}
