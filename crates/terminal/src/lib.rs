//! One terminal's state: what a server sends goes in, what a page may get comes out.
//!
//! Invariants: pure (no IO, no clock, no async); memory is bounded whatever comes in; what comes out
//! is whole sequences of kinds that are known to be harmless, so that a page acts on nothing else.

mod answers;
mod attributes;
mod colors;
mod edits;
mod emulator;
mod far_lines;
mod filter;
mod links;
mod moves;
mod paint;
mod pen;
mod plain;
mod recording;
mod repaint;
mod resizing;
mod scrollback;
mod sequences;
mod size;
mod terminal;
mod titles;
mod tracked;

pub use recording::Recording;
pub use size::Size;
pub use terminal::{Event, Output, Terminal};
pub use titles::shown_title;
