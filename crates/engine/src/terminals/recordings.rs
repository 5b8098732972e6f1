//! Recordings as the surfaces see them: begun, ended, listed, read, deleted.

use std::path::PathBuf;

use chrono::Utc;

use super::{
    RecordingInfo, TerminalInfo,
    recorder::{Beginning, Recorder, describe},
};
use crate::{Engine, Error};

impl Engine {
    /// Starts or ends the recording of a terminal; where it is so already, nothing happens.
    ///
    /// # Errors
    /// There is no such terminal, the profile does not grant terminals, or the file cannot be made.
    pub fn record_terminal(&self, id: &str, recording: bool) -> Result<TerminalInfo, Error> {
        let (terminal, _) = self.granted_terminal(id)?;
        if !recording {
            terminal.stop_recording();
            return Ok(terminal.info());
        }
        let server = self.session(&terminal.server)?.profile().name.clone();
        let now = Utc::now();
        let mut bits = [0; 4];
        getrandom::fill(&mut bits).map_err(|_| Error::NoRandomness)?;
        let id = format!(
            "{}-{:08x}",
            now.format("%Y%m%d-%H%M%S"),
            u32::from_ne_bytes(bits)
        );
        terminal
            .record(|title, size, screen| {
                let file = self.options.store.new_recording(&id)?;
                let beginning = Beginning {
                    id: id.clone(),
                    server: &server,
                    title,
                    size,
                    screen,
                    at_unix_seconds: now.timestamp(),
                };
                Recorder::begin(file, beginning)
            })
            .map_err(Error::Recording)?;
        Ok(terminal.info())
    }

    /// All recordings, newest first. Reads the disk.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn recordings(&self) -> Result<Vec<RecordingInfo>, Error> {
        let running = self.running_recordings();
        let files = self.options.store.recordings().map_err(Error::Recording)?;
        Ok(files
            .iter()
            .filter_map(|file| describe(file, running.contains(&file.id)))
            .collect())
    }

    /// Where a recording lies.
    ///
    /// # Errors
    /// There is none with this id.
    pub fn recording(&self, id: &str) -> Result<PathBuf, Error> {
        let path = self.options.store.recording(id);
        path.ok_or(Error::UnknownRecording)
    }

    /// Deletes a recording that does not go on any more.
    ///
    /// # Errors
    /// There is none with this id, it still goes on, or it cannot be deleted.
    pub fn delete_recording(&self, id: &str) -> Result<(), Error> {
        if self.running_recordings().iter().any(|each| each == id) {
            return Err(Error::Conflict(
                "the recording still goes on; stop it first".to_owned(),
            ));
        }
        let deleted = self.options.store.delete_recording(id);
        if deleted.map_err(Error::Recording)? {
            Ok(())
        } else {
            Err(Error::UnknownRecording)
        }
    }

    fn running_recordings(&self) -> Vec<String> {
        let terminals = self.terminals.all();
        terminals
            .values()
            .filter_map(|terminal| terminal.recording_id())
            .collect()
    }
}
