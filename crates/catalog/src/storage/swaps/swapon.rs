//! `swapon(8)` of util-linux: `--show` in its forms, and `-s`, which copies `/proc/swaps`.

use super::{SwapArea, SwapList, proc};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::table::{self, Form},
};

const FORM: Form = Form {
    known: &["NAME", "SIZE", "PRIO"],
    right: &["SIZE", "USED", "PRIO"],
    tree: "",
    is_raw: true,
};

pub(super) const VARIANT: Variant<NoArgs, SwapList> = Variant {
    name: "swapon",
    needs: Needs::programs(&["swapon"]),
    source: |_| {
        let words = [
            "--show=NAME,TYPE,SIZE,USED,PRIO,UUID,LABEL",
            "--bytes",
            "--raw",
        ];
        Source::Command(Command::new("swapon").words(&words))
    },
    reads: &["swapon"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SwapList>, ParseError> {
    raw.expect_exit(&[0])?;
    let empty = SwapList { swaps: Vec::new() };
    // It prints nothing where nothing is swapped to.
    if raw.stdout.trim_ascii().is_empty() && raw.stderr.trim_ascii().is_empty() {
        return Ok(Parsed::whole(empty));
    }
    let text = raw.text();
    if text.lines().any(|line| line.starts_with("Filename")) {
        let mut is_headed = false;
        return Ok(raw.read_lines(empty, |list, line| {
            if !is_headed {
                is_headed = line.starts_with("Filename");
                return is_headed.then_some(());
            }
            list.swaps.push(proc::area(line)?);
            Some(())
        }));
    }
    let Parsed { value, unread } = table::read(&raw, &FORM)?;
    let swaps = value.rows.iter().filter_map(|row| {
        Some(SwapArea {
            path: value.owned(row, "NAME")?,
            kind: value.owned(row, "TYPE"),
            size_bytes: value.size(row, "SIZE"),
            used_bytes: value.size(row, "USED"),
            priority: value.number(row, "PRIO"),
            label: value.owned(row, "LABEL"),
            uuid: value.owned(row, "UUID"),
        })
    });
    let swaps: Vec<SwapArea> = swaps.collect();
    if swaps.is_empty() && !value.rows.is_empty() {
        return Err(ParseError::shape("the names are not among its columns"));
    }
    Ok(Parsed {
        value: SwapList { swaps },
        unread,
    })
}
