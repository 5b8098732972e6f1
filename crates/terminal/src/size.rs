//! The size of a terminal in cells.

/// Columns and rows; brought into what every emulator can do when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    columns: u16,
    rows: u16,
}

impl Size {
    /// 2 to 1,000 columns, 1 to 500 rows; what is outside is brought to the nearest.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        Self {
            columns: columns.clamp(2, 1000),
            rows: rows.clamp(1, 500),
        }
    }

    /// Columns.
    #[must_use]
    pub fn columns(self) -> u16 {
        self.columns
    }

    /// Rows.
    #[must_use]
    pub fn rows(self) -> u16 {
        self.rows
    }
}

impl Default for Size {
    /// What a terminal has had since the VT100.
    fn default() -> Self {
        Self {
            columns: 80,
            rows: 24,
        }
    }
}
