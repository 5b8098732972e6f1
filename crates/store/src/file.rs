//! Makes the data folder and the files in it readable by their owner alone, before a byte is written
//! (SQLite's side files take over the mode). The one place with platform code here.

use std::{fs, io, path::Path};

/// The database file, made where it is not there.
pub(crate) fn prepare(folder: &Path, file: &Path) -> io::Result<()> {
    let opened = open(
        folder,
        file,
        fs::OpenOptions::new().create(true).append(true),
    )?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        opened.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    drop(opened);
    Ok(())
}

/// A new file, which must not be there.
pub(crate) fn create(folder: &Path, file: &Path) -> io::Result<fs::File> {
    open(
        folder,
        file,
        fs::OpenOptions::new().create_new(true).write(true),
    )
}

fn open(folder: &Path, file: &Path, options: &mut fs::OpenOptions) -> io::Result<fs::File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        options.mode(0o600).open(file)
    }
    #[cfg(not(unix))]
    {
        // The user's profile folder is private to the user by its inherited access list.
        fs::create_dir_all(folder)?;
        options.open(file)
    }
}
