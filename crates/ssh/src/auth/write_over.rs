//! Takes a secret out of the packet that carried it.
//!
//! Invariant: once the login is over, no packet buffer holds a secret. russh keeps what it sent last
//! until something as long is written there.

use super::Login;

/// What a request for authentication has besides the user's name and secrets, and some more.
const AROUND_BYTES: usize = 128;
/// Fits into the smallest packet that every server takes (RFC 4253, 6.1).
const MOST_BYTES: usize = 32_000;
/// A request that servers know or pass over, whatever comes with it (RFC 4254, 4).
const PASSED_OVER: &str = "keepalive@openssh.com";

impl Login<'_> {
    /// Notes that secrets of so many bytes go out.
    pub(super) fn gives(&mut self, secret_bytes: usize) {
        if secret_bytes == 0 {
            return;
        }
        let bytes = AROUND_BYTES + self.target.user.len() + secret_bytes;
        self.given_bytes = self.given_bytes.max(bytes.min(MOST_BYTES));
    }

    /// Sends something as long, if a secret went out. No answer is wanted.
    pub(super) async fn write_over(&self) {
        if self.given_bytes == 0 {
            return;
        }
        let zeros = vec![0; self.given_bytes];
        let request = self.handle.send_global_request(PASSED_OVER, &zeros, false);
        // An error means that the connection is gone, and its buffers with it.
        let _ = request.await;
    }
}
