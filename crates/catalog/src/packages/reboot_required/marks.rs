//! The marks that package managers leave: `/run/reboot-required` of Debian and Ubuntu, and
//! `/run/reboot-needed` of SUSE. pacman leaves none: there an upgrade of the kernel takes the modules
//! of the running one away.

use std::collections::BTreeSet;

use super::RebootState;
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Who keeps track is known by the hooks of update-notifier and unattended-upgrades.
const SCRIPT: &str = r#"running=$(uname -r)
echo "running=$running"
for mark in /run/reboot-required /var/run/reboot-required /run/reboot-needed; do
  if [ -e "$mark" ]; then echo mark=yes; break; fi
done
for list in /run/reboot-required.pkgs /var/run/reboot-required.pkgs; do
  if [ -r "$list" ]; then sed 's/^/package=/' "$list"; break; fi
done
for hook in /etc/kernel/postinst.d/unattended-upgrades /etc/kernel/postinst.d/update-notifier /usr/share/update-notifier/notify-reboot-required; do
  if [ -e "$hook" ]; then echo kept=yes; break; fi
done
[ -d /var/lib/pacman/local ] && [ ! -e /run/systemd/container ] && for modules in /lib/modules/*/modules.dep; do
  [ -e "$modules" ] || continue
  modules=${modules%/modules.dep}
  echo "kernel=${modules##*/}"
done
echo end=end"#;

pub(super) const VARIANT: Variant<NoArgs, RebootState> = Variant {
    name: "marks",
    needs: Needs::NOTHING,
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["cat|ls /run/reboot-required*|/var/run/reboot-required*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<RebootState>, ParseError> {
    if raw.typed.is_empty() {
        return of_script(&raw);
    }
    if raw.error_text().contains("No such file or directory") && raw.stdout.is_empty() {
        return Err(ParseError::Unavailable("there is no such mark".to_owned()));
    }
    // `ls` ends with 2 where one of two is missing.
    if raw.stdout.is_empty() {
        raw.expect_exit(&[0])?;
    }
    let mut known = BTreeSet::new();
    let parsed = raw.read_lines(RebootState::default(), |state, line| {
        let line = line.trim();
        let is_mark = line.starts_with("*** ") && line.ends_with(" ***");
        let is_path = line.starts_with('/') && line.contains("/reboot-required");
        let is_name = line.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && line
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.".contains(&b));
        if is_name && known.insert(line.to_owned()) {
            state.packages.push(line.to_owned());
        }
        let is_known = is_mark || is_path || is_name;
        if is_known {
            state.required = Some(true);
        }
        is_known.then_some(())
    });
    if parsed.value.required.is_none() {
        raw.expect_output()?;
        return Err(ParseError::shape("no mark of a restart"));
    }
    Ok(parsed)
}

fn of_script(raw: &RawOutput<'_>) -> Result<Parsed<RebootState>, ParseError> {
    raw.expect_exit(&[0])?;
    let (mut is_marked, mut is_kept, mut is_whole) = (false, false, false);
    let mut kernels: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    let mut parsed = raw.read_lines(RebootState::default(), |state, line| {
        let (key, value) = line.split_once('=')?;
        match key {
            "running" => state.running_kernel = Some(value.to_owned()),
            "mark" => is_marked = true,
            "package" if known.insert(value.to_owned()) => state.packages.push(value.to_owned()),
            "package" => {}
            "kept" => is_kept = true,
            "kernel" => kernels.push(value.to_owned()),
            "end" => is_whole = true,
            _ => return None,
        }
        Some(())
    });
    if !is_whole {
        return Err(ParseError::shape("the marks were not looked at to the end"));
    }
    let running = parsed.value.running_kernel.as_deref().unwrap_or_default();
    let is_taken_away = !kernels.is_empty() && !kernels.iter().any(|kernel| kernel == running);
    if is_taken_away && let [only] = kernels.as_slice() {
        parsed.value.expected_kernel = Some(only.clone());
    }
    parsed.value.required = if is_marked || is_taken_away {
        Some(true)
    } else {
        is_kept.then_some(false)
    };
    Ok(parsed)
}
