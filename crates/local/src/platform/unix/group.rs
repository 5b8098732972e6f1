//! A running shell and its descendants: their signals, their end, the shell's exit.
//!
//! Invariant: a process group is sent a signal only while its shell has not been waited for, or at
//! once after, so the signal cannot reach another's group.

use std::{io, os::unix::process::ExitStatusExt, time::Duration};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use russh::Sig;
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout};

use super::{super::Exit, pty::Master};

/// How long a process group may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(1);

/// Names a process group, to send it signals.
#[derive(Clone, Copy)]
pub(crate) struct GroupId(Option<Pid>);

impl GroupId {
    /// Sends one of the signals that SSH names; any other is ignored.
    pub(crate) fn signal(self, signal: &Sig) {
        let signal = match signal {
            Sig::ABRT => Signal::SIGABRT,
            Sig::ALRM => Signal::SIGALRM,
            Sig::HUP => Signal::SIGHUP,
            Sig::INT => Signal::SIGINT,
            Sig::KILL => Signal::SIGKILL,
            Sig::QUIT => Signal::SIGQUIT,
            Sig::TERM => Signal::SIGTERM,
            Sig::USR1 => Signal::SIGUSR1,
            _ => return,
        };
        self.send(signal);
    }

    fn send(self, signal: Signal) {
        if let Some(id) = self.0 {
            // It fails only where every member has ended.
            let _ = killpg(id, signal);
        }
    }
}

/// A running shell and its descendants in one process group; killed where it is dropped early.
pub(crate) struct Group {
    child: Child,
    id: GroupId,
    reaped: bool,
}

impl Group {
    /// The group that `child` was made the leader of.
    pub(super) fn of(child: Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self {
            child,
            id: GroupId(id.map(Pid::from_raw)),
            reaped: false,
        }
    }

    pub(crate) fn id(&self) -> GroupId {
        self.id
    }

    /// The three pipes, once.
    pub(crate) fn take_streams(
        &mut self,
    ) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
        let child = &mut self.child;
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    }

    /// Waits for the shell. Afterwards the group's id may be another's, so nothing is sent it.
    pub(crate) async fn wait(&mut self) -> io::Result<Exit> {
        let status = self.child.wait().await?;
        self.reaped = true;
        let signal = status
            .signal()
            .and_then(|number| Signal::try_from(number).ok());
        Ok(match (status.code().map(u32::try_from), signal) {
            (Some(Ok(code)), _) => Exit::Code(code),
            (_, Some(signal)) => Exit::Signal {
                name: signal.as_str().trim_start_matches("SIG").to_owned(),
                core_dumped: status.core_dumped(),
            },
            _ => Exit::Code(255),
        })
    }

    /// Asks the group to end and gives the shell [`GRACE`] for it, then kills what is left.
    pub(crate) async fn end(&mut self) {
        self.end_by(Signal::SIGTERM).await;
    }

    /// Hangs up the shell's terminal. Where the shell still runs it is told, as on any hang-up:
    /// it passes that on to its jobs, and when it is gone the system tells the job that was in
    /// front. A shell that does not heed it is killed with its own group after [`GRACE`]; a job in
    /// a group of its own that does not (`nohup`, an upgrade at work) lives on, as under sshd.
    pub(crate) async fn hang_up(&mut self, terminal: Master) {
        drop(terminal);
        if !self.reaped {
            self.end_by(Signal::SIGHUP).await;
        }
    }

    async fn end_by(&mut self, request: Signal) {
        self.id.send(request);
        let _ = tokio::time::timeout(GRACE, self.wait()).await;
        // Members that outlived the shell keep the group's id from being given to others; and
        // where there are none, the system has gone through no whole round of ids since.
        self.id.send(Signal::SIGKILL);
        if !self.reaped {
            let _ = self.wait().await;
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if !self.reaped {
            self.id.send(Signal::SIGKILL);
        }
    }
}
