//! Disks, filesystems and what they hold.

mod filesystems;

pub use filesystems::{Filesystem, FilesystemList, FilesystemOf, Filesystems};
