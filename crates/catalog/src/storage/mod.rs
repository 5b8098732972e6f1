//! Disks, filesystems and what they hold.

mod biggest;
mod block_devices;
mod btrfs;
mod df_table;
mod escapes;
mod filesystems;
mod findmnt_table;
mod fstab;
mod inodes;
mod io;
mod lines;
mod lvm;
mod mounts;
mod own;
mod partitions;
mod raid;
mod smart;
mod swaps;
mod table;
mod zfs_columns;
mod zfs_datasets;
mod zfs_health;
mod zfs_pools;

use lines::file_lines;
use own::is_own;

pub use biggest::{Biggest, BiggestIn, FolderSize, FolderSizes};
pub use block_devices::{BlockDevice, BlockDeviceList, BlockDevices};
pub use btrfs::{Btrfs, BtrfsDevice, BtrfsFilesystem, BtrfsList};
pub use filesystems::{Filesystem, FilesystemList, FilesystemOf, Filesystems};
pub use fstab::{Fstab, FstabEntry, FstabList};
pub use inodes::{InodeList, InodeUse, Inodes};
pub use io::{DiskIo, DiskIoList, Io};
pub use lvm::{Lvm, LvmLogicalVolume, LvmPhysicalVolume, LvmReport, LvmVolumeGroup};
pub use mounts::{Mounts, StorageMount, StorageMountList};
pub use partitions::{DiskPartition, PartitionTableList, PartitionedDisk, Partitions};
pub use raid::{Raid, RaidArray, RaidArrayList, RaidMember};
pub use smart::{Smart, SmartAttribute, SmartDisk, SmartReport};
pub use swaps::{SwapArea, SwapList, Swaps};
pub use zfs_datasets::{ZfsDataset, ZfsDatasetList, ZfsDatasets};
pub use zfs_health::{ZfsDevice, ZfsHealth, ZfsHealthList, ZfsPoolHealth};
pub use zfs_pools::{ZfsPool, ZfsPoolList, ZfsPools};
