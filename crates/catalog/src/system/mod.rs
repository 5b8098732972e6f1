//! The machine as a whole: what it is, how busy, how much memory.

mod load;

pub use load::{Load, LoadAverages};
