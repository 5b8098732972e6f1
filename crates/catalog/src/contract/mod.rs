//! The contract every query fulfils: what it asks, which tools can answer, what comes back.
//!
//! Invariant: all of it is plain data and pure functions; running is the engine's business.

mod complaint;
mod feed;
mod output;

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

use crate::{Capability, Command, Init, ServerFacts};

pub use feed::{Feed, FeedVariant, Heard};
pub use output::{FileContent, ParseError, Parsed, RawOutput, Unread};

/// A question about a server: "which filesystems, how full?"
pub trait Query: 'static {
    /// Domain and name, for example `storage.filesystems`; the folder and the route are named so too.
    const ID: &'static str;
    /// What it asks, in a few words for people: "Filesystems and how full they are".
    const TITLE: &'static str;
    /// What a profile must be granted for it.
    const CAPABILITY: Capability;
    /// Validated arguments: a field's `Deserialize` is its validation.
    type Args: DeserializeOwned + JsonSchema;
    /// The typed answer, a JSON object, the same whichever variant gave it.
    type Answer: Serialize + DeserializeOwned + JsonSchema;
    /// The tools that can answer, best first.
    const VARIANTS: &'static [Variant<Self::Args, Self::Answer>];
    /// For counters: turns two samples into rates. `None` where one sample is the whole answer.
    const RATE: Option<Rate<Self::Answer>> = None;
}

/// Fills the rates of `current` from `previous`, taken `elapsed` earlier. A server's own clock in
/// the samples is preferred to `elapsed`, which holds the network's jitter. Counters that went
/// back (a restart, a replaced device) leave the rate `None`.
pub type Rate<Answer> = fn(previous: &Answer, current: &mut Answer, elapsed: Duration);

/// One tool's way to answer a query.
pub struct Variant<Args, Answer> {
    /// The file it lives in and the prefix of its fixtures, for example `findmnt`.
    pub name: &'static str,
    /// What the server must have for it.
    pub needs: Needs,
    /// What to run or read.
    pub source: fn(&Args) -> Source,
    /// Command lines of people whose output this parser reads too: the program and, in this order,
    /// words that stand among the command's words, as in `ip a|addr|address`; `|` stands between
    /// spellings, a last `*` for any ending. Options need no mention: the parser tells by the
    /// output what it is. Empty: none. Files need none either, for `cat` shows them as they are.
    pub reads: &'static [&'static str],
    /// Turns the raw bytes into the answer; pure, total, linear in the input's length.
    pub parse: fn(RawOutput<'_>) -> Result<Parsed<Answer>, ParseError>,
}

/// What a server must have for a variant to be tried.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// Programs that must be on the PATH (sbin folders included); empty: none.
    pub programs: &'static [&'static str],
    /// The init system that must run; `None`: any.
    pub init: Option<Init>,
    /// Whether it must be asked as root, because as another user it would leave files behind.
    pub root: bool,
}

impl Needs {
    /// Nothing but a Linux `/proc`.
    pub const NOTHING: Needs = Needs {
        programs: &[],
        init: None,
        root: false,
    };

    /// These programs on the PATH.
    #[must_use]
    pub const fn programs(programs: &'static [&'static str]) -> Needs {
        Needs {
            programs,
            init: None,
            root: false,
        }
    }

    /// These programs, under this init system.
    #[must_use]
    pub const fn under(init: Init, programs: &'static [&'static str]) -> Needs {
        Needs {
            programs,
            init: Some(init),
            root: false,
        }
    }

    /// The same, as root alone.
    #[must_use]
    pub const fn as_root(self) -> Needs {
        Needs { root: true, ..self }
    }

    /// Whether a server with these facts has them all.
    #[must_use]
    pub fn met_by(&self, facts: &ServerFacts) -> bool {
        self.met_as_root(facts) && (!self.root || facts.uid == 0)
    }

    /// Whether it would have them all if commands ran as root.
    #[must_use]
    pub fn met_as_root(&self, facts: &ServerFacts) -> bool {
        self.init.is_none_or(|init| init == facts.init)
            && self.programs.iter().all(|program| facts.has(program))
    }
}

/// Where a variant's bytes come from.
#[derive(Debug)]
pub enum Source {
    /// One command on an exec channel.
    Command(Command),
    /// Fixed files, read over SFTP all at once; by one `grep` where there is no SFTP. A file that
    /// is absent or unreadable is simply not among the contents.
    Files(&'static [FixedPath]),
}

/// An absolute path that is written in this crate, never made from a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixedPath(&'static str);

impl FixedPath {
    pub(crate) const fn new(path: &'static str) -> Self {
        Self(path)
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}
