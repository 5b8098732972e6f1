//! What files held before they were saved, where a person wants that kept.
//!
//! Invariant: it lies in the store of this computer, never on a server; who may not read a server's
//! files may not read this either.

use std::sync::Arc;

use catalog::{Capability, arguments::RemotePath};
use chrono::Utc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Store, StoreError};

use super::ServerFilesToChange;
use crate::{Engine, Error, gate};

/// A version that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileVersion {
    /// Its number; a later one is higher.
    pub id: i64,
    /// When another took its place, seconds since 1970 in UTC.
    pub kept_at: i64,
    /// Its size.
    pub size_bytes: u64,
}

impl ServerFilesToChange {
    /// Keeps what a file holds now.
    pub(super) async fn keep_version(
        &self,
        path: &RemotePath,
        content: Vec<u8>,
    ) -> Result<(), Error> {
        let (server, path) = (self.id.clone(), path.as_bytes().to_vec());
        let at = Utc::now().timestamp();
        aside(&self.store, move |store| {
            store.keep_version(&server, &path, &content, at)
        })
        .await
    }
}

impl Engine {
    /// What is kept of a file, newest first.
    ///
    /// # Errors
    /// There is no such server, its profile does not grant `files.read`, or the database failed.
    pub async fn file_versions(
        &self,
        server: &str,
        path: &RemotePath,
    ) -> Result<Vec<FileVersion>, Error> {
        self.may_read(server)?;
        let (server, path) = (server.to_owned(), path.as_bytes().to_vec());
        let kept = aside(&self.options.store, move |store| {
            store.versions(&server, &path)
        });
        let told = kept.await?.into_iter().map(|kept| FileVersion {
            id: kept.id,
            kept_at: kept.kept_at,
            size_bytes: kept.size_bytes,
        });
        Ok(told.collect())
    }

    /// What a kept version holds; `None`: it is not kept any more.
    ///
    /// # Errors
    /// As [`Self::file_versions`].
    pub async fn file_version(
        &self,
        server: &str,
        path: &RemotePath,
        id: i64,
    ) -> Result<Option<Vec<u8>>, Error> {
        self.may_read(server)?;
        let (server, path) = (server.to_owned(), path.as_bytes().to_vec());
        aside(&self.options.store, move |store| {
            store.version_content(&server, &path, id)
        })
        .await
    }

    /// Forgets what is kept of a file; `None`: of all files of the server.
    ///
    /// # Errors
    /// As [`Self::file_versions`].
    pub async fn forget_file_versions(
        &self,
        server: &str,
        path: Option<&RemotePath>,
    ) -> Result<(), Error> {
        self.may_read(server)?;
        let (server, path) = (server.to_owned(), path.map(|path| path.as_bytes().to_vec()));
        aside(&self.options.store, move |store| {
            store.forget_versions(&server, path.as_deref())
        })
        .await
    }

    fn may_read(&self, server: &str) -> Result<(), Error> {
        gate::check(&self.session(server)?.profile(), Capability::FilesRead).map(drop)
    }
}

/// Off the threads that may not block: a version may be large.
async fn aside<T: Send + 'static>(
    store: &Arc<Store>,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Error> {
    let store = Arc::clone(store);
    let done = tokio::task::spawn_blocking(move || work(&store)).await;
    done.map_err(|_| Error::Invalid("the program is ending".to_owned()))?
        .map_err(Error::from)
}
