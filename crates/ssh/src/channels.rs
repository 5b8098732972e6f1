//! How many channels one connection may have open at once, and the opening of them.
//!
//! Invariant: a refused channel lowers the budget and waits for another to end; it is never a reason
//! to open a second connection, and an abandoned opening still closes what it opened.

use std::sync::{Arc, Mutex, PoisonError};

use russh::{Channel, client::Msg};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Duration, sleep},
};

use crate::{ExecError, connection::Inner};

/// sshd's default `MaxSessions` is 10: one is for SFTP, one is kept for ending a process.
const COMMANDS: usize = 10 - 1 - 1;

/// dropbear mixes up commands that run at the same time: their channels close without output, and
/// now and then its own assertion `!channel->sent_close` ends the connection (seen with 2022.83,
/// with OpenSSH's client too).
const COMMANDS_OF_DROPBEAR: usize = 1;

/// How long a server may take to answer a wish for a channel that nobody waits for any more. After
/// that its answer is not waited for either, so that it cannot keep a connection from ending.
const UNWANTED: Duration = Duration::from_secs(60);

/// Refusals in a row, with no other command running, before it is taken for a plain no.
const LONELY_REFUSALS: usize = 2;

/// The budget of one connection.
#[derive(Debug)]
pub(crate) struct Channels {
    slots: Arc<Semaphore>,
    size: Mutex<usize>,
    ending: Semaphore,
    is_dropbear: bool,
}

/// A place in the budget; it is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Slot(OwnedSemaphorePermit);

/// No command runs as long as this is held.
pub(crate) struct Quiet<'a>(
    #[expect(dead_code, reason = "held for its drop")] tokio::sync::SemaphorePermit<'a>,
);

/// Why a channel was not opened.
pub(crate) enum NotOpened {
    /// The server said no.
    Refused,
    /// The connection is gone.
    Lost,
}

impl Channels {
    /// The budget for a server with this version line.
    pub(crate) fn for_version(version: &str) -> Self {
        let is_dropbear = version.to_ascii_lowercase().contains("dropbear");
        let size = if is_dropbear {
            COMMANDS_OF_DROPBEAR
        } else {
            COMMANDS
        };
        Self {
            slots: Arc::new(Semaphore::new(size)),
            size: Mutex::new(size),
            ending: Semaphore::new(1),
            is_dropbear,
        }
    }

    /// Waits until no command runs where the server would mix up its start with what is to be
    /// started; none runs until this is dropped.
    pub(crate) async fn quiet(&self) -> Option<Quiet<'_>> {
        if !self.is_dropbear {
            return None;
        }
        self.slots.acquire().await.ok().map(Quiet)
    }

    /// Gives up a place for good, unless it is the only one in use. Says whether it did.
    fn lower(&self, slot: Slot) -> bool {
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        let in_use = size.saturating_sub(self.slots.available_permits());
        if in_use < 2 {
            return false;
        }
        *size -= 1;
        slot.0.forget();
        tracing::debug!(
            size = *size,
            "the server refused a channel; the budget is lowered"
        );
        true
    }

    /// Waits for a command to end and gives its place up for good; `false`: it is the last one.
    pub(crate) async fn make_room(&self) -> bool {
        if *self.size.lock().unwrap_or_else(PoisonError::into_inner) < 2 {
            return false;
        }
        let Ok(permit) = self.slots.acquire().await else {
            return false;
        };
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        if *size < 2 {
            return false;
        }
        *size -= 1;
        permit.forget();
        true
    }

    /// Gives back a place that [`Self::make_room`] gave up.
    fn restore(&self) {
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        *size += 1;
        self.slots.add_permits(1);
    }

    /// Waits for the place that is kept for ending a process.
    pub(crate) async fn to_end_a_process(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.ending.acquire().await.ok()
    }
}

/// Opens a channel for a command, when there is a place for it. May be dropped at any time.
pub(crate) async fn open(inner: &Arc<Inner>) -> Result<(Channel<Msg>, Slot), ExecError> {
    let mut lonely = 0;
    loop {
        let permit = Arc::clone(&inner.channels.slots).acquire_owned().await;
        let Ok(permit) = permit else {
            return Err(inner.lost().await);
        };
        let slot = Slot(permit);
        match open_one(inner).await {
            Ok(channel) => return Ok((channel, slot)),
            Err(NotOpened::Lost) => return Err(inner.lost().await),
            Err(NotOpened::Refused) => {
                if inner.channels.lower(slot) {
                    continue;
                }
                lonely += 1;
                // SFTP may hold the only session there is; commands come first.
                let given_up = inner.sftp.give_up().await;
                if !given_up && lonely >= LONELY_REFUSALS {
                    return Err(ExecError::Refused);
                }
            }
        }
    }
}

/// The place of a shell, which lives long: where it took one of the commands', they get it back.
pub(crate) struct Room(Option<Arc<Inner>>);

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(inner) = self.0.take() {
            inner.channels.restore();
        }
    }
}

/// Opens a channel for a shell: beside the commands' places where the server allows more channels
/// than those, else in place of one, but never of the last.
pub(crate) async fn open_shell(inner: &Arc<Inner>) -> Result<(Channel<Msg>, Room), ExecError> {
    let mut room = Room(None);
    loop {
        match open_one(inner).await {
            Ok(channel) => return Ok((channel, room)),
            Err(NotOpened::Lost) => return Err(inner.lost().await),
            // The place was free a moment ago: the server does not mean the number of channels.
            Err(NotOpened::Refused) if room.0.is_some() => return Err(ExecError::Refused),
            Err(NotOpened::Refused) => {
                if !inner.channels.make_room().await {
                    return Err(ExecError::Refused);
                }
                room = Room(Some(Arc::clone(inner)));
            }
        }
    }
}

/// A channel on its way to whoever asked for it. Where it does not arrive it is closed, which russh
/// does not do for one that is dropped, so that none is left open on the server.
pub(crate) struct Opened(Option<Channel<Msg>>);

impl Opened {
    pub(crate) fn new(channel: Channel<Msg>) -> Self {
        Self(Some(channel))
    }

    /// The channel; never `None`.
    pub(crate) fn take(mut self) -> Option<Channel<Msg>> {
        self.0.take()
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let (Some(channel), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            let (read, write) = channel.split();
            // Before the close: an unread channel holds up the loop that takes it.
            drop(read);
            // A failure means that the connection is gone.
            runtime.spawn(async move { drop(write.close().await) });
        }
    }
}

/// Opens a session channel outside the budget. May be dropped at any time: the opening then goes on
/// by itself and closes what it opened, since the server counts it.
pub(crate) async fn open_one(inner: &Arc<Inner>) -> Result<Channel<Msg>, NotOpened> {
    let (mut opened, opening) = oneshot::channel();
    let inner = Arc::clone(inner);
    tokio::spawn(async move {
        let given_up = async {
            opened.closed().await;
            sleep(UNWANTED).await;
        };
        let result = tokio::select! {
            result = inner.handle.channel_open_session() => result,
            () = given_up => return,
        };
        // What nobody takes is closed with its drop.
        let _ = opened.send(result.map(Opened::new));
    });
    match opening.await {
        Ok(Ok(opened)) => opened.take().ok_or(NotOpened::Lost),
        Ok(Err(russh::Error::ChannelOpenFailure(_))) => Err(NotOpened::Refused),
        Ok(Err(_)) | Err(_) => Err(NotOpened::Lost),
    }
}
