//! `Match`: whether the block that it opens applies.

use crate::{
    expand::USUAL,
    pass::Pass,
    patterns::{Verdict, fits_hosts, fits_list, within_networks},
    words::next_word,
};

/// What a line comes to.
pub(crate) struct Outcome {
    /// Whether the block applies.
    pub(crate) holds: bool,
    /// Why it does not, though everything else on the line holds.
    pub(crate) unanswered: Option<&'static str>,
}

/// The tokens of `Match exec`; those of a last pass are the usual ones.
const OF_EXEC: &str = USUAL;

const NOT_RUN: &str = "the command of Match exec was not run, so the block does not apply";
const NO_ADDRESSES: &str =
    "the networks of this computer are not known, so the block does not apply";
const NO_SESSION: &str = "one connection serves many sessions, so the block does not apply";

/// Reads the criteria. The outer error ends the reading, the inner one is that of the line. What is
/// left of the line stays in `rest`. `never`: the block cannot apply, and nothing is run.
pub(crate) fn read(
    pass: &mut Pass<'_>,
    rest: &mut Option<String>,
    never: bool,
) -> Result<Result<Outcome, String>, String> {
    let tokens = pass.tokens()?;
    let mut holds = true;
    let mut unanswered = None;
    let mut criteria = 0;
    while let Some(word) = next_word(rest).filter(|word| !word.is_empty()) {
        if word.starts_with('#') {
            *rest = None;
            break;
        }
        let (name, negated) = match word.strip_prefix('!') {
            Some(name) => (name.to_ascii_lowercase(), true),
            None => (word.to_ascii_lowercase(), false),
        };
        if name == "all" {
            // It may stand alone, or behind `final` or `canonical`.
            let next = next_word(rest).filter(|next| !next.is_empty());
            match next {
                Some(next) if next.starts_with('#') => *rest = None,
                Some(_) => return Ok(Err(alone(&word))),
                None => {}
            }
            if criteria > 1 {
                return Ok(Err(alone(&word)));
            }
            criteria += 1;
            holds &= !negated;
            break;
        }
        criteria += 1;
        if name == "final" || name == "canonical" {
            pass.wants_last |= name == "final";
            holds &= pass.is_last != negated;
            continue;
        }
        let argument = next_word(rest).filter(|text| !text.is_empty() && !text.starts_with('#'));
        let Some(argument) = argument else {
            return Ok(Err(format!("Match {name} needs a value")));
        };
        let lists = |text: &str| Some(fits_list(text, &argument) == Verdict::Yes);
        let answer = match name.as_str() {
            "host" => Some(fits_hosts(&tokens.host, &argument)),
            "originalhost" => Some(fits_hosts(&pass.asked.host, &argument)),
            "user" => lists(&tokens.user),
            "localuser" => lists(&pass.asked.here.user),
            "tagged" => lists(pass.state.text("tag").unwrap_or_default()),
            "command" => lists(""),
            "localnetwork" => {
                // A list that cannot be read is an error, whatever the addresses are.
                let addresses = pass.asked.here.addresses.as_deref();
                match within_networks(addresses.unwrap_or_default(), &argument) {
                    None => return Ok(Err(format!("{argument:?} is no list of networks"))),
                    Some(within) => addresses.map(|_| within),
                }
            }
            "exec" => {
                let command = tokens.percent(&argument, OF_EXEC)?;
                if !holds || never {
                    continue;
                }
                (pass.outside.exec)(&command)
            }
            "sessiontype" | "version" => None,
            _ => return Ok(Err(format!("Match does not know {word:?}"))),
        };
        match answer {
            Some(answer) => holds &= answer != negated,
            // Without an answer the block must not apply, negated or not.
            None => {
                unanswered = Some(match name.as_str() {
                    "exec" => NOT_RUN,
                    "localnetwork" => NO_ADDRESSES,
                    _ => NO_SESSION,
                });
            }
        }
    }
    if criteria == 0 {
        return Ok(Err("Match needs something to compare".to_owned()));
    }
    Ok(Ok(Outcome {
        unanswered: unanswered.filter(|_| holds),
        holds: holds && unanswered.is_none(),
    }))
}

fn alone(word: &str) -> String {
    format!("{word:?} cannot stand beside other criteria")
}
