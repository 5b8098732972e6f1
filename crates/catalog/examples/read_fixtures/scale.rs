//! Long outputs: whether the time grows as the length does.

use serde_json::{Value, json};

use crate::{fixtures::Fixture, timing};

/// The length of an output that is long.
const LONG_BYTES: usize = 10 << 20;

/// Of each parser the longest fixture that is text in lines: a document does not grow by repeating.
pub(crate) fn longest(fixtures: &[Fixture]) -> Vec<&Fixture> {
    let mut longest: Vec<&Fixture> = Vec::new();
    for fixture in fixtures {
        let is_document = matches!(fixture.stdout.first(), None | Some(b'{' | b'[' | b'<'));
        if is_document || fixture.exit_code != Some(0) {
            continue;
        }
        let same = |kept: &&mut &Fixture| {
            (kept.query.id(), kept.variant) == (fixture.query.id(), fixture.variant)
        };
        match longest.iter_mut().find(same) {
            Some(kept) if kept.stdout.len() < fixture.stdout.len() => *kept = fixture,
            Some(_) => {}
            None => longest.push(fixture),
        }
    }
    longest
}

/// How long 1 MB and 10 MB of it take on the processor; what is linear takes ten times as long.
pub(crate) fn scaled(fixture: &Fixture) -> Value {
    let (query, index) = (fixture.query, fixture.index);
    let took = |length: usize, write: bool| {
        // Whole ones: an output that was cut takes the longer way.
        let stdout = fixture.stdout.repeat(length.div_ceil(fixture.stdout.len()));
        let (clock, processor) = fixture.with_raw(&stdout, |raw| match write {
            true => timing::once(|| {
                let mut json = Vec::new();
                let unread = query.write(index, raw, &mut json);
                (unread, json)
            }),
            false => timing::once(|| query.parse(index, raw)),
        });
        1e3 * processor.unwrap_or(clock)
    };
    json!({
        "query": query.id(),
        "variant": fixture.variant,
        "millisecondsOf1MB": took(LONG_BYTES / 10, false),
        "millisecondsOf10MB": took(LONG_BYTES, false),
        "millisecondsToWrite10MB": took(LONG_BYTES, true),
    })
}
