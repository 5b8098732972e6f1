//! Makes the data folder and the database file readable by their owner alone, before `SQLite`
//! writes a byte (its side files take over the mode). The one place with platform code here.

use std::{fs, io, path::Path};

pub(crate) fn prepare(folder: &Path, file: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        options.mode(0o600);
        let opened = options.open(file)?;
        opened.set_permissions(fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    {
        // The user's profile folder is private to the user by its inherited access list.
        fs::create_dir_all(folder)?;
        options.open(file).map(|_| ())
    }
}
