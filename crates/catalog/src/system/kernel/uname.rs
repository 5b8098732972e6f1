//! `uname(1)` of coreutils and of busybox: one line of fields in a fixed order, of which the version
//! alone holds blanks.

use super::KernelIdentity;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

pub(super) const VARIANT: Variant<NoArgs, KernelIdentity> = Variant {
    name: "uname",
    needs: Needs::programs(&["uname"]),
    source: |_| Source::Command(Command::new("uname").word("-a")),
    reads: &["uname"],
    parse,
};

/// Machines as kernels call themselves, by how they begin.
const MACHINES: &[&str] = &[
    "x86_64",
    "i386",
    "i486",
    "i586",
    "i686",
    "aarch64",
    "arm",
    "ppc",
    "riscv",
    "s390",
    "mips",
    "loongarch",
    "alpha",
    "sparc",
    "m68k",
    "ia64",
    "parisc",
    "sh4",
    "unknown",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelIdentity>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let cleaned = raw.text();
    let mut lines = text::lines(&cleaned);
    let answer = lines.next().and_then(|(_, line)| read(&raw, line));
    answer
        .filter(|_| lines.next().is_none() && text::cut_line(&cleaned).is_none())
        .map(Parsed::whole)
        .ok_or_else(|| {
            let why = "uname printed another line than it was asked for";
            raw.complaint().unwrap_or_else(|| ParseError::shape(why))
        })
}

fn read(raw: &RawOutput<'_>, line: &str) -> Option<KernelIdentity> {
    let all = raw.typed.is_empty() || raw.typed_option('a', "all");
    let asked = |letter, name| all || raw.typed_option(letter, name);
    let [nodename, release, version, machine, system] = [
        asked('n', "nodename"),
        asked('r', "kernel-release"),
        asked('v', "kernel-version"),
        asked('m', "machine"),
        asked('o', "operating-system"),
    ];
    // Which of these it knows, and so prints, is its own affair.
    let unclear = raw.typed_option('p', "processor") || raw.typed_option('i', "hardware-platform");
    let name = asked('s', "kernel-name") || !(nodename || release || version || machine || system);
    (!unclear || all).then_some(())?;
    let mut rest = line.trim();
    let first = |rest: &mut &str| {
        let (word, after) = rest.split_once(' ').unwrap_or((*rest, ""));
        *rest = after.trim_start();
        Some(word.to_owned()).filter(|word| !word.is_empty())
    };
    let last = |rest: &mut &str| {
        let (before, word) = rest.rsplit_once(' ').unwrap_or(("", *rest));
        *rest = before.trim_end();
        Some(word.to_owned()).filter(|word| !word.is_empty())
    };
    let mut answer = KernelIdentity::default();
    if name {
        answer.name = Some(first(&mut rest)?);
    }
    if nodename {
        answer.hostname = Some(first(&mut rest)?);
    }
    if release {
        answer.release = Some(first(&mut rest)?);
    }
    if system {
        answer.operating_system = Some(last(&mut rest)?);
    }
    if machine {
        // With -a some print the processor and the platform too, mostly the same word again.
        let is_machine = |word: &str| MACHINES.iter().any(|machine| word.starts_with(machine));
        answer.machine = Some(last(&mut rest).filter(|word| is_machine(word))?);
        while all && rest.rsplit(' ').next().is_some_and(is_machine) {
            answer.machine = last(&mut rest);
        }
    }
    if version {
        answer.version = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        rest = "";
    }
    rest.is_empty().then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(line: &str, typed: &[&str]) -> Option<KernelIdentity> {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let raw = RawOutput {
            typed: &typed,
            ..RawOutput::default()
        };
        read(&raw, line)
    }

    #[test]
    fn the_version_is_what_the_others_leave() {
        let line = "Linux web 5.14.0-70.el9.x86_64 #1 SMP PREEMPT Thu Feb 24 19:11:22 EST 2022 x86_64 x86_64 x86_64 GNU/Linux";
        let read = machine(line, &["uname", "-a"]).unwrap();
        assert_eq!(read.machine.as_deref(), Some("x86_64"));
        let version = "#1 SMP PREEMPT Thu Feb 24 19:11:22 EST 2022";
        assert_eq!(read.version.as_deref(), Some(version));
        let line = "Linux old 5.10.0 #1 SMP i686 i686 i386 GNU/Linux";
        assert_eq!(machine(line, &[]).unwrap().machine.as_deref(), Some("i686"));
        assert_eq!(machine("x86_64 x86_64", &["uname", "-mp"]), None);
        assert_eq!(machine("Linux extra", &["uname"]), None);
    }
}
