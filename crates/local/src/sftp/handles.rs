//! What a client has open.
//!
//! Invariant: no more than [`MAX_HANDLES`] at once, and no handle is given twice.

use std::{
    collections::HashMap,
    fs::{File, ReadDir},
};

use bytes::Bytes;
use sftp::code;

use super::failure::Failure;

/// Files and folders open at once.
pub(super) const MAX_HANDLES: usize = 1024;

/// What a client has open.
#[derive(Default)]
pub(super) struct Handles {
    open: HashMap<u64, Opened>,
    last: u64,
}

pub(super) enum Opened {
    File {
        file: File,
        /// Every write goes to the end.
        appends: bool,
    },
    Folder(ReadDir),
}

impl Handles {
    /// # Errors
    /// Where as many are open as may; to be asked before anything is opened or made.
    pub(super) fn room_for_another(&self) -> Result<(), Failure> {
        if self.open.len() < MAX_HANDLES {
            return Ok(());
        }
        Err(Failure::Said(code::FAILURE, "too many open files"))
    }

    pub(super) fn keep(&mut self, opened: Opened) -> Bytes {
        self.last += 1;
        self.open.insert(self.last, opened);
        Bytes::copy_from_slice(&self.last.to_be_bytes())
    }

    /// The open file, and whether every write to it goes to the end.
    pub(super) fn file(&self, handle: &[u8]) -> Result<(&File, bool), Failure> {
        match number(handle).and_then(|number| self.open.get(&number)) {
            Some(Opened::File { file, appends }) => Ok((file, *appends)),
            _ => Err(unknown()),
        }
    }

    pub(super) fn folder(&mut self, handle: &[u8]) -> Result<&mut ReadDir, Failure> {
        match number(handle).and_then(|number| self.open.get_mut(&number)) {
            Some(Opened::Folder(folder)) => Ok(folder),
            _ => Err(unknown()),
        }
    }

    pub(super) fn remove(&mut self, handle: &[u8]) -> Result<Opened, Failure> {
        let opened = number(handle).and_then(|number| self.open.remove(&number));
        opened.ok_or_else(unknown)
    }
}

fn number(handle: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(handle.try_into().ok()?))
}

fn unknown() -> Failure {
    Failure::Said(code::FAILURE, "no such handle")
}
