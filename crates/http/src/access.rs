//! Who may use the API: the launch secret, exchanged once for a cookie.
//!
//! Invariant: both hold 256 random bits, are compared in constant time and live in memory only.

use std::{
    fmt::Write as _,
    sync::{Mutex, MutexGuard, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// The secrets of one launch of the program.
pub struct Access(Mutex<Secrets>);

struct Secrets {
    launch: Option<SecretString>,
    cookie: SecretString,
}

impl Access {
    /// Draws both secrets; gives the launch secret, to be put into the address that is opened.
    ///
    /// # Errors
    /// The system has no random bits.
    pub fn new() -> Result<(Self, SecretString), getrandom::Error> {
        let (launch, cookie) = (token()?, token()?);
        let copy = SecretString::from(launch.expose_secret());
        Ok((
            Self(Mutex::new(Secrets {
                launch: Some(launch),
                cookie,
            })),
            copy,
        ))
    }

    /// Takes the launch secret and gives the cookie's value; a second time it gives nothing.
    pub(crate) fn exchange(&self, secret: &SecretString) -> Option<SecretString> {
        let mut secrets = self.lock();
        let right = secrets
            .launch
            .as_ref()
            .is_some_and(|launch| equal(launch, secret));
        right.then(|| {
            secrets.launch = None;
            SecretString::from(secrets.cookie.expose_secret())
        })
    }

    /// Whether this is the cookie's value.
    pub(crate) fn admits(&self, value: &str) -> bool {
        self.lock()
            .cookie
            .expose_secret()
            .as_bytes()
            .ct_eq(value.as_bytes())
            .into()
    }

    fn lock(&self) -> MutexGuard<'_, Secrets> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn equal(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret()
        .as_bytes()
        .ct_eq(other.expose_secret().as_bytes())
        .into()
}

fn token() -> Result<SecretString, getrandom::Error> {
    let mut bits = [0_u8; 32];
    getrandom::fill(&mut bits)?;
    let text = bits
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        });
    Ok(SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_launch_secret_works_once() {
        let (access, launch) = Access::new().unwrap();
        assert!(access.exchange(&SecretString::from("wrong")).is_none());
        let cookie = access.exchange(&launch).unwrap();
        assert!(access.exchange(&launch).is_none());
        assert!(access.admits(cookie.expose_secret()));
        assert!(!access.admits(launch.expose_secret()));
        assert!(!access.admits(""));
    }
}
