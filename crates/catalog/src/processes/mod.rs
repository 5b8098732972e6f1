//! What runs on the server.

mod cells;
mod list;
mod row;
mod table;

pub use list::{List, ProcessList};
pub use row::{ProcessColumn, ProcessRow};
