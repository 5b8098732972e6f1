//! What the settings may ask about this computer and its user.

use std::net::IpAddr;

use crate::files;

/// What the settings may ask about the computer and the user here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// The user's name: who logs in where nothing else is said, `%u` and `Match localuser`.
    pub user: String,
    /// The user's number, `%i`; empty where there is none.
    pub user_id: String,
    /// The computer's name, `%l`.
    pub host_name: String,
    /// The addresses of its interfaces, for `Match localnetwork`; `None`: not known, and such a
    /// block does not apply and is named.
    pub addresses: Option<Vec<IpAddr>>,
}

impl Here {
    /// The user who runs this program, on this computer; its addresses are not looked up, and what
    /// cannot be found out is empty.
    #[must_use]
    pub fn of_user() -> Self {
        let user_id = user_id();
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        // As ssh: by the number first, since a variable may be anything.
        let user = files::user_of(&user_id).or_else(|| {
            ["USER", "LOGNAME", "USERNAME"]
                .into_iter()
                .find_map(variable)
        });
        Self {
            user: user.unwrap_or_default(),
            user_id,
            host_name: host_name()
                .or_else(|| variable("COMPUTERNAME"))
                .unwrap_or_default(),
            addresses: None,
        }
    }
}

#[cfg(unix)]
fn user_id() -> String {
    rustix::process::getuid().as_raw().to_string()
}

#[cfg(not(unix))]
fn user_id() -> String {
    String::new()
}

#[cfg(unix)]
fn host_name() -> Option<String> {
    let names = rustix::system::uname();
    names.nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(unix))]
fn host_name() -> Option<String> {
    None
}
