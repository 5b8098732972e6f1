//! `/proc/interrupts`, see `proc_interrupts(5)`.

use super::{InterruptCount, InterruptList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

const INTERRUPTS: FixedPath = FixedPath::new("/proc/interrupts");

pub(super) const VARIANT: Variant<NoArgs, InterruptList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(&[INTERRUPTS]),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<InterruptList>, ParseError> {
    let content = raw.required_file(INTERRUPTS.as_str())?;
    let mut parsed = Parsed::whole(InterruptList::default());
    for (index, line) in text::lines(&content) {
        if parsed.value.processors.is_empty()
            && let Some(processors) = header(line)
        {
            parsed.value.processors = processors;
            continue;
        }
        match interrupt(line, parsed.value.processors.len()) {
            Some(interrupt) => parsed.value.interrupts.push(interrupt),
            None => parsed.leave_unread(index, line),
        }
    }
    if let Some((index, line)) = text::cut_line(&content) {
        parsed.leave_unread(index, line);
    }
    if parsed.value.processors.is_empty() {
        return Err(ParseError::shape("/proc/interrupts names no processors"));
    }
    Ok(parsed)
}

/// `           CPU0       CPU1`.
fn header(line: &str) -> Option<Vec<u32>> {
    line.split_ascii_whitespace()
        .map(|word| word.strip_prefix("CPU")?.parse().ok())
        .collect()
}

/// ` 24:          1          0  IO-APIC   5-edge      ACPI:Ged`.
fn interrupt(line: &str, processors: usize) -> Option<InterruptCount> {
    (processors > 0).then_some(())?;
    let (name, mut rest) = line.split_once(':')?;
    let mut counts = Vec::new();
    while counts.len() < processors {
        rest = rest.trim_start();
        let word = rest.split(' ').next()?;
        let Ok(count) = word.parse() else { break };
        counts.push(count);
        rest = rest.get(word.len()..)?;
    }
    // ERR and MIS are counted once.
    let is_whole = counts.len() == processors || (counts.len() == 1 && rest.trim().is_empty());
    is_whole.then(|| InterruptCount {
        name: name.trim().to_owned(),
        total: counts
            .iter()
            .fold(0, |sum: u64, count| sum.saturating_add(*count)),
        counts,
        description: rest.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
    })
}
