//! `dmesg(1)` with JSON, of util-linux 2.38 or newer; for people's own, as that of some versions is
//! broken where records are long.

use serde::Deserialize;

use super::{KernelMessage, KernelMessageList, dmesg, priority};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, KernelMessageList> = Variant {
    name: "dmesg_json",
    needs: Needs::programs(&["dmesg"]),
    source: |_| Source::Command(Command::new("dmesg").word("--json")),
    reads: &["dmesg"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    dmesg: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    pri: Option<usize>,
    time: Option<f64>,
    msg: String,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelMessageList>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let document: Document = raw.json()?;
    let mut list = KernelMessageList::default();
    for record in document.dmesg {
        let mut lines = record.msg.lines();
        let (facility, level) = record.pri.map(priority).unwrap_or_default();
        list.messages.push(KernelMessage {
            uptime_seconds: record.time,
            level,
            facility,
            text: lines.next().unwrap_or_default().to_owned(),
            ..KernelMessage::default()
        });
        // Where the kernel gave several at once, the others stand in the first one's text, raw.
        for line in lines {
            match dmesg::message(line, false) {
                Some(message) => list.messages.push(message),
                None => dmesg::continue_last(&mut list, line),
            }
        }
    }
    Ok(Parsed::whole(list))
}
