//! The folders that things are copied into: made where they are missing, given mode and times at the end.
//!
//! Invariant: what comes with a tree leads out of none of them, and nothing is put into one that others
//! exchanged for another.

use std::sync::Arc;

use ssh::{Metadata, file_type};

use super::{Ends, Item};
use crate::files::{
    Doing, Problem,
    ground::Ground,
    jobs::work::{Stop, is_lost},
    part::{lending_no_other, lends},
};

/// A folder of the copy.
pub(super) struct Made {
    pub(super) ground: Arc<Ground>,
    /// Whether it was not there before.
    pub(super) is_new: bool,
    /// The folder it lies in.
    inside: Arc<Ground>,
    /// Of the folder it is a copy of.
    original: Metadata,
}

impl Ends<'_> {
    /// Makes sure, where that is in question, that the folder something goes into is where it was.
    pub(super) async fn check_target(&self, item: &Item) -> Result<(), Stop> {
        let server = &self.transfer.to_server;
        let folder = &item.goes_into;
        self.work.check(server, folder, Doing::Write).await
    }

    /// Makes a folder where there is none.
    pub(super) async fn folder(&self, item: &Item) -> Result<Made, Stop> {
        let (is_new, metadata) = self.make_folder(item).await?;
        self.work.one_done();
        let name = item.to.split().map(|(_, name)| name);
        let ground = name.and_then(|name| item.goes_into.inside(&name, &metadata));
        let Some(ground) = ground else {
            let files = self.to().await?;
            return Err(files
                .refused(&item.to, Doing::Make, Problem::NameTooLong)
                .into());
        };
        Ok(Made {
            ground: Arc::new(ground),
            is_new,
            inside: Arc::clone(&item.goes_into),
            original: item.metadata,
        })
    }

    /// Whether it was made, and what it is.
    async fn make_folder(&self, item: &Item) -> Result<(bool, Metadata), Stop> {
        loop {
            self.check_target(item).await?;
            let files = self.to().await?;
            // Whatever its mode will be, we have to put something in.
            let mode = item.metadata.permissions();
            let mode = mode.map(|mode| mode & 0o777 | 0o700);
            let error = match files.files.make_folder(&item.to, mode).await {
                Ok(()) => {
                    let made = Metadata {
                        owner: Some((files.user, 0)),
                        mode: Some(file_type::FOLDER | mode.unwrap_or(0o777)),
                        ..Metadata::default()
                    };
                    return Ok((true, made));
                }
                Err(error) => error,
            };
            // Not through a link: one that came with the tree may lead anywhere.
            match files.files.lstat(&item.to).await {
                Ok(there) if there.is_folder() => return Ok((false, there)),
                Ok(_) => {
                    return Err(files
                        .refused(&item.to, Doing::Make, Problem::AlreadyExists)
                        .into());
                }
                Err(_) => {}
            }
            let error = files.failed(&item.to, Doing::Make, error).await;
            if !is_lost(&error) {
                return Err(error.into());
            }
        }
    }

    /// Gives a folder the mode and times of its original; what fails is told to the job.
    pub(super) async fn finish_folder(&self, made: &Made) -> Result<(), Stop> {
        let files = self.to().await?;
        let path = &made.ground.path;
        let kept = async {
            let mode = match made.original.permissions() {
                Some(mode) if lends(mode) => {
                    let there = files.files.lstat(path).await?;
                    Some(lending_no_other(mode, self.owner(&made.original), &there))
                }
                mode => mode,
            };
            let kept = Metadata {
                mode,
                times: made.original.times,
                ..Metadata::default()
            };
            let found = made.ground.metadata();
            made.inside.set(&files.files, path, found, kept).await
        };
        if let Err(problem) = kept.await {
            let error = files.failed_by(path, Doing::Change, problem).await;
            self.work.fail(path, &error);
        }
        Ok(())
    }
}
