//! Which programs serve over a data folder: each holds the lock of a file that names its port.
//!
//! Invariant: a port is named only while the program that holds it runs. The system lets go of a lock
//! when its program ends, however it ends, so what is left of one leads nobody to whoever has its port now.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

const NAME: &str = "running-";

/// Says that this program runs, until it is dropped.
pub(crate) struct Running {
    path: PathBuf,
    _lock: File,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.path);
    }
}

/// Says that this program holds a port.
///
/// # Errors
/// The data folder cannot be written to.
pub(crate) fn announce(data: &Path, port: u16) -> io::Result<Running> {
    let path = data.join(format!("{NAME}{port}"));
    crate::launch::write_private(&path, "")?;
    let lock = File::options().write(true).open(&path)?;
    lock.try_lock()?;
    Ok(Running { path, _lock: lock })
}

/// The ports of the programs that run, the lowest first.
///
/// # Errors
/// The data folder cannot be read.
pub(crate) fn ports(data: &Path) -> io::Result<Vec<u16>> {
    let mut ports = Vec::new();
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let name = entry.file_name();
        let port = name
            .to_str()
            .and_then(|name| name.strip_prefix(NAME)?.parse().ok());
        let Some(port) = port else { continue };
        let file = File::open(entry.path())?;
        if matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            ports.push(port);
        }
    }
    ports.sort_unstable();
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_named_while_its_program_runs() {
        let data = tempfile::tempdir().unwrap();
        assert!(ports(data.path()).unwrap().is_empty());
        let first = announce(data.path(), 3002).unwrap();
        let second = announce(data.path(), 3001).unwrap();
        assert_eq!(ports(data.path()).unwrap(), [3001, 3002]);
        drop(first);
        assert_eq!(ports(data.path()).unwrap(), [3001]);
        // As a program that was killed leaves it.
        let Running { path, _lock } = &second;
        _lock.unlock().unwrap();
        assert!(path.exists());
        assert!(ports(data.path()).unwrap().is_empty());
    }
}
