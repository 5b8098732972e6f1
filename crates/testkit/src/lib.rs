//! SSH servers for tests, honest and hostile, and the way to the lab's real ones. Tests only.
