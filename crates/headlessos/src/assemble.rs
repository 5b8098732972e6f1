//! Puts the engine together: database, known hosts, this computer.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result};
use engine::{Engine, Options};
use store::Store;

use crate::arguments::Common;

/// The data folder: the one that was named, else the system's place for a program's data.
///
/// # Errors
/// The system names no such place.
pub(crate) fn data_dir(common: &Common) -> Result<PathBuf> {
    if let Some(folder) = &common.data_dir {
        return Ok(folder.clone());
    }
    let places = directories::ProjectDirs::from("", "", "headlessos")
        .context("this user has no home folder; name a folder with --data-dir")?;
    Ok(places.data_local_dir().to_owned())
}

/// The engine over the data folder. Must be called inside the runtime.
///
/// # Errors
/// The folder or the database cannot be opened.
pub(crate) fn engine(common: &Common) -> Result<Arc<Engine>> {
    let folder = data_dir(common)?;
    let store = Arc::new(Store::open(&folder)?);
    let (user, runs_as_root) = local::this_user();
    let home = std::env::home_dir();
    let ssh_settings = match &common.ssh_config {
        Some(file) => engine::SshSettings::of_file(
            Some(file.clone()).filter(|file| file.as_os_str() != "none"),
            &user,
        ),
        None => engine::SshSettings::of_user(&user),
    };
    let runtime = tokio::runtime::Handle::current();
    let ssh_settings = ssh_settings.with_shell(Box::new(move |command| {
        runtime.block_on(local::holds(command))
    }));
    let engine = Engine::new(Options {
        store,
        models: engine::Models::new(engine::Keychain::system()),
        known_hosts: engine::KnownHosts::of_user(folder.join("known_hosts")),
        ssh_settings,
        local: Box::new(move || {
            let served = local::serve(home.clone()).map_err(std::io::Error::other)?;
            Ok((served.stream, Some(served.files)))
        }),
        user,
        runs_as_root,
    })?;
    Ok(Arc::new(engine))
}
