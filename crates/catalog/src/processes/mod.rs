//! What runs on the server.

mod cells;
mod list;
mod row;
mod table;
mod top;

pub use list::{List, ProcessList};
pub use row::{ProcessColumn, ProcessRow};
pub use top::{Top, TopCpu, TopMemory, TopSample, TopSamples, TopTasks};
