//! The lines of a diagnosis: its steps, in their order, each with how it went.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

/// Two for each step, and one.
pub(super) const MOST_LINES: usize = StepName::ALL.len() * 2 + 1;

/// A step, in the order they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum StepName {
    /// The name's addresses.
    Resolve,
    /// TCP, and the server's greeting.
    Connect,
    /// Agreement on keys and ciphers.
    KeyExchange,
    /// Whether the host's key is the known one.
    HostKey,
    /// The proofs of who one is.
    Login,
    /// Whether commands run.
    Session,
    /// Whether there is SFTP.
    Sftp,
    /// How the user could become root.
    Elevation,
    /// The tools that are there.
    Tools,
}

impl StepName {
    const ALL: [Self; 9] = [
        Self::Resolve,
        Self::Connect,
        Self::KeyExchange,
        Self::HostKey,
        Self::Login,
        Self::Session,
        Self::Sftp,
        Self::Elevation,
        Self::Tools,
    ];

    /// For people.
    fn title(self) -> &'static str {
        match self {
            Self::Resolve => "Look up the name",
            Self::Connect => "Connect",
            Self::KeyExchange => "Agree on encryption",
            Self::HostKey => "Check the host key",
            Self::Login => "Log in",
            Self::Session => "Run a command",
            Self::Sftp => "Open SFTP",
            Self::Elevation => "Administrator rights",
            Self::Tools => "Find tools",
        }
    }
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum StepStatus {
    /// Well.
    Ok,
    /// Not as it should, but the server can be used, or a person must decide.
    Warning,
    /// It did not succeed; nothing after it was tried.
    Failed,
    /// It was not needed or not reached.
    Skipped,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which.
    pub name: StepName,
    /// The same for people.
    pub title: String,
    /// How it went.
    pub status: StepStatus,
    /// For people: what was found, or what failed and why.
    pub detail: String,
    /// How long it took; `null`: it was not measured on its own.
    pub took_ms: Option<u32>,
    /// What to try; `null`: nothing.
    pub hint: Option<String>,
}

/// A line of a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum DiagnosisLine {
    /// A step begins.
    Started {
        /// Which.
        name: StepName,
        /// The same for people.
        title: String,
    },
    /// A step has ended. One that was skipped did not begin.
    Step {
        /// How it went.
        step: Step,
    },
    /// All steps are through.
    Done {
        /// Whether none failed, and no person has to decide about the host key.
        ok: bool,
        /// Whether the server is connected now.
        connected: bool,
    },
}

/// The lines so far.
pub(super) struct Report {
    lines: mpsc::Sender<DiagnosisLine>,
    /// How many steps have ended.
    next: usize,
    ok: bool,
}

impl Report {
    pub(super) fn to(lines: mpsc::Sender<DiagnosisLine>) -> Self {
        Self {
            lines,
            next: 0,
            ok: true,
        }
    }

    /// Whether this is the step that comes next.
    pub(super) fn is_at(&self, name: StepName) -> bool {
        self.next == step(name)
    }

    /// Something has to be decided by a person.
    pub(super) fn spoil(&mut self) {
        self.ok = false;
    }

    fn tell(&self, line: DiagnosisLine) {
        // There is room for all of them; an error means that nobody listens.
        let _ = self.lines.try_send(line);
    }

    pub(super) fn start(&self, name: StepName) {
        let title = name.title().to_owned();
        self.tell(DiagnosisLine::Started { name, title });
    }

    /// The next step has ended.
    pub(super) fn end(
        &mut self,
        status: StepStatus,
        detail: &str,
        took: Option<Duration>,
        hint: Option<String>,
    ) {
        let Some(name) = StepName::ALL.get(self.next).copied() else {
            return;
        };
        self.next += 1;
        self.ok &= status != StepStatus::Failed;
        let step = Step {
            name,
            title: name.title().to_owned(),
            status,
            detail: detail.to_owned(),
            took_ms: took.and_then(|took| u32::try_from(took.as_millis()).ok()),
            hint,
        };
        self.tell(DiagnosisLine::Step { step });
    }

    pub(super) fn skip(&mut self, why: &str) {
        self.end(StepStatus::Skipped, why, None, None);
    }

    pub(super) fn fine(&mut self, detail: &str) {
        self.end(StepStatus::Ok, detail, None, None);
    }

    /// All steps before this one went well, as is known by now.
    pub(super) fn fine_until(&mut self, name: StepName) {
        while self.next < step(name) {
            self.fine("");
        }
    }

    /// The steps that are left were not reached.
    pub(super) fn done(&mut self, connected: bool) {
        while self.next < StepName::ALL.len() {
            self.skip("");
        }
        self.tell(DiagnosisLine::Done {
            ok: self.ok,
            connected,
        });
    }
}

fn step(name: StepName) -> usize {
    let place = StepName::ALL.iter().position(|each| *each == name);
    place.unwrap_or(StepName::ALL.len())
}
