//! `lsof(8)` with `-F`: one field a line, by a letter before it.

use super::{OpenFile, OpenFileList, access};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, processes::ProcessWithPid,
};

/// No names of hosts and ports, no warnings.
const WORDS: &[&str] = &["-n", "-P", "-w", "-F", "pcLfatDrdsiPTn", "-p"];

pub(super) const VARIANT: Variant<ProcessWithPid, OpenFileList> = Variant {
    name: "lsof",
    needs: Needs::programs(&["lsof"]),
    source: |args| Source::Command(Command::new("lsof").words(WORDS).value(&args.pid)),
    reads: &["lsof"],
    parse,
};

/// lsof ends with 1 where something could not be found, whatever else it prints.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<OpenFileList>, ParseError> {
    let mut process: Option<OpenFile> = None;
    let mut begun = false;
    let parsed = raw.read_lines(OpenFileList::default(), |list, line| {
        let (letter, value) = line.split_at_checked(1)?;
        if letter == "p" {
            process = Some(OpenFile {
                pid: Some(value.parse().ok()?),
                ..OpenFile::default()
            });
            begun = false;
            return Some(());
        }
        let process = process.as_mut()?;
        if letter == "f" {
            begun = true;
            let descriptor = value.parse().ok();
            list.files.push(OpenFile {
                descriptor,
                usage: descriptor.is_none().then(|| value.to_owned()),
                ..process.clone()
            });
            return Some(());
        }
        match begun {
            true => of_file(list.files.last_mut()?, letter, value),
            false => of_process(process, letter, value),
        }
    });
    if process.is_none() {
        return Err(nothing(&raw, "lsof printed no fields of a process"));
    }
    Ok(parsed)
}

/// Why lsof printed nothing that was understood: without a word it found no such process.
pub(super) fn nothing(raw: &RawOutput<'_>, otherwise: &'static str) -> ParseError {
    let is_silent = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
    if is_silent(raw.stdout) && is_silent(raw.stderr) && raw.exit_code == Some(1) {
        return ParseError::Unavailable("there is no such process or file".to_owned());
    }
    crate::processes::no_answer(raw, otherwise)
}

fn of_process(process: &mut OpenFile, letter: &str, value: &str) -> Option<()> {
    match letter {
        "c" => process.command = Some(value.to_owned()),
        "L" => process.user = Some(value.to_owned()),
        "u" if process.user.is_none() => process.user = Some(value.to_owned()),
        // The parent, the group, the thread and its name.
        "R" | "g" | "u" | "K" | "M" | "Z" => {}
        _ => return None,
    }
    Some(())
}

fn of_file(file: &mut OpenFile, letter: &str, value: &str) -> Option<()> {
    let text = || Some(value.to_owned());
    match letter {
        "a" => file.access = value.chars().next().and_then(access),
        "t" => file.r#type = text(),
        // Of a device file its own number counts, which follows that of its filesystem.
        "D" | "r" => file.device = Some(device(value)?),
        "d" => file.device = text(),
        "s" => file.size_bytes = Some(value.parse().ok()?),
        "o" => file.offset_bytes = Some(offset(value)?),
        "i" => file.inode = Some(value.parse().ok()?),
        "P" => file.protocol = text(),
        "n" => file.name = value.trim_end().to_owned(),
        "T" => {
            if let Some(state) = value.strip_prefix("ST=") {
                file.state = Some(state.to_owned());
            }
        }
        // Lock, flags, link count, structure addresses.
        "l" | "G" | "k" | "C" | "F" | "N" | "S" => {}
        _ => return None,
    }
    Some(())
}

/// `0xfe00` as `254,0`: the table's form.
fn device(value: &str) -> Option<String> {
    let number = u64::from_str_radix(value.strip_prefix("0x")?, 16).ok()?;
    let major = (number >> 8 & 0xfff) | (number >> 32 & !0xfff);
    let minor = (number & 0xff) | (number >> 12 & !0xff & 0xffff_ffff);
    Some(format!("{major},{minor}"))
}

/// `0t123` in decimals, `0x7b` in hexadecimal.
pub(super) fn offset(value: &str) -> Option<u64> {
    match (value.strip_prefix("0t"), value.strip_prefix("0x")) {
        (Some(decimal), _) => decimal.parse().ok(),
        (_, Some(hexadecimal)) => u64::from_str_radix(hexadecimal, 16).ok(),
        (None, None) => None,
    }
}
