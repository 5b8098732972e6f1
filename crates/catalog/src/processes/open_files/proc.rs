//! `ls -l` of `/proc/PID/fd`, of GNU and of busybox: the descriptor, and where its link leads.

use super::{OpenFile, OpenFileList, access};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, processes::ProcessWithPid,
};

pub(super) const VARIANT: Variant<ProcessWithPid, OpenFileList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |args| Source::Command(Command::script(r#"exec ls -l "/proc/$1/fd""#).value(&args.pid)),
    reads: &["ls /proc/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<OpenFileList>, ParseError> {
    let mut begun = false;
    let parsed = raw.read_lines(OpenFileList::default(), |list, line| {
        // The total comes first, in any language, and with -a the folder and the one above.
        let is_total = !begun && line.split(' ').count() == 2 && line.ends_with(" 0");
        if is_total || (begun && line.starts_with('d')) {
            begun = true;
            return Some(());
        }
        list.files.push(file(line).filter(|_| begun)?);
        Some(())
    });
    // A process may have closed them all; then the total stands alone.
    let is_answer = begun && (!parsed.value.files.is_empty() || parsed.unread.is_empty());
    if !is_answer || (parsed.value.files.is_empty() && raw.exit_code != Some(0)) {
        return Err(crate::processes::no_answer(
            &raw,
            "this is no list of descriptors",
        ));
    }
    Ok(parsed)
}

/// Reads `lr-x------ 1 root root 64 Nov 29 01:09 0 -> /dev/null`.
fn file(line: &str) -> Option<OpenFile> {
    let (before, name) = line.split_once(" -> ")?;
    let mut mode = before.strip_prefix('l')?.chars();
    let letter = match (mode.next()?, mode.next()?) {
        ('r', 'w') => 'u',
        ('r', '-') => 'r',
        ('-', 'w') => 'w',
        _ => return None,
    };
    let (_, descriptor) = before.rsplit_once(' ')?;
    Some(OpenFile {
        descriptor: Some(descriptor.parse().ok()?),
        access: access(letter),
        name: name.to_owned(),
        ..OpenFile::default()
    })
}
