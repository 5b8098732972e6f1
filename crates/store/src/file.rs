//! Makes the data folder and the files in it readable by their owner alone, before a byte is written
//! (SQLite's side files take over the mode). The one place with platform code here.

use std::{fs, io, path::Path};

/// The database file, made where it is not there. The folder may be older than that.
pub(crate) fn prepare(folder: &Path, file: &Path) -> io::Result<()> {
    make(folder)?;
    #[cfg(unix)]
    close(folder, file)?;
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
    make(folder)?;
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(file)
}

/// On Windows the user's profile folder is private to the user by its inherited access list.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes from a folder what others may do in it. One of somebody else's is refused, and so is one that is
/// open to others and holds other things than ours: `/tmp` is not to be closed to everybody.
#[cfg(unix)]
fn close(folder: &Path, file: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let refused = |words| Err(io::Error::new(io::ErrorKind::PermissionDenied, words));
    let found = fs::metadata(folder)?;
    let owner = found.uid();
    if owner != rustix::process::geteuid().as_raw() && owner != 0 {
        return refused("its folder belongs to another user of this computer");
    }
    if found.mode() & 0o077 == 0 {
        return Ok(());
    }
    if owner != rustix::process::geteuid().as_raw() {
        return refused("its folder is root's and open to others");
    }
    if !file.exists() && fs::read_dir(folder)?.next().is_some() {
        return refused("its folder is open to others and holds other things");
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(found.mode() & 0o700))
}
