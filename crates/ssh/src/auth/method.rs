//! Which method is next: OpenSSH's order, or the one that was asked for.

use russh::MethodKind::{self, KeyboardInteractive, Password, PublicKey};

use super::{Login, REFUSALS, Scope};
use crate::{AuthMethod, Proofs};

/// OpenSSH's order (`PreferredAuthentications` in ssh_config(5)), without what is not supported.
const ORDER: [MethodKind; 3] = [PublicKey, KeyboardInteractive, Password];

/// What has been used up since the last proof that was accepted.
#[derive(Debug, Default)]
pub(super) struct Spent {
    /// There is no key left.
    pub(super) keys: bool,
    /// Keyboard-interactive attempts.
    pub(super) dialogues: u32,
    /// Those of them in which the user's password was asked for, and nothing else.
    pub(super) dialogues_for_password: u32,
    /// Whether the last dialogue was refused before anything was asked.
    pub(super) asks_nothing: bool,
    /// Passwords.
    pub(super) passwords: u32,
}

impl Login<'_> {
    /// `None`: nothing is left to be tried.
    pub(super) fn next_method(&self, proofs: &Proofs) -> Option<MethodKind> {
        if self.refusals >= REFUSALS {
            return None;
        }
        let most = proofs.password_prompts;
        order(&proofs.preferred).into_iter().find(|method| {
            let left = match method {
                PublicKey => !self.spent.keys,
                KeyboardInteractive => self.spent.dialogues < most && !self.spent.asks_nothing,
                // A dialogue may ask for the password, too: the same one is not asked for twice as
                // often on a server that knows both ways.
                _ => self.spent.passwords + self.spent.dialogues_for_password < most,
            };
            left && self.offered.contains(method) && self.allows(*method, proofs)
        })
    }

    /// Whether a method may be used. Where a server does not take what was chosen, or wants something
    /// else before, a person may still be asked.
    fn allows(&self, method: MethodKind, proofs: &Proofs) -> bool {
        match (self.scope, &proofs.method) {
            (Scope::All, _) | (Scope::Chosen, AuthMethod::Auto) => true,
            (Scope::Chosen, AuthMethod::Password) => method != PublicKey,
            (Scope::Chosen, AuthMethod::Agent | AuthMethod::KeyFile(_)) => {
                method == PublicKey || !self.offered.contains(&PublicKey)
            }
        }
    }

    /// Whether a person may have to be asked, if no key is taken.
    pub(super) fn may_ask(&self, proofs: &Proofs) -> bool {
        [KeyboardInteractive, Password].iter().any(|method| {
            let wanted = order(&proofs.preferred).contains(method);
            wanted && self.offered.contains(method) && self.allows(*method, proofs)
        })
    }
}

/// The methods in the order in which they are tried.
fn order(preferred: &[String]) -> Vec<MethodKind> {
    if preferred.is_empty() {
        return ORDER.to_vec();
    }
    let known = preferred.iter().filter_map(|name| name.parse().ok());
    known.filter(|method| ORDER.contains(method)).collect()
}

/// What a server offers and this program does not have, in words; `None`: something can be used.
pub(super) fn unsupported(offered: &[MethodKind]) -> Option<String> {
    if offered.is_empty() || offered.iter().any(|method| ORDER.contains(method)) {
        return None;
    }
    let names: Vec<String> = offered.iter().map(String::from).collect();
    Some(format!(
        "{} cannot be used here; there are public keys, passwords and keyboard-interactive",
        names.join(" and ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order_of(names: &[&str]) -> Vec<MethodKind> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        order(&names)
    }

    #[test]
    fn the_order_is_openssh_s_unless_another_is_asked_for() {
        assert_eq!(order_of(&[]), [PublicKey, KeyboardInteractive, Password]);
        let asked = order_of(&["gssapi-with-mic", "password", "odd", "publickey"]);
        assert_eq!(asked, [Password, PublicKey]);
    }

    #[test]
    fn what_is_not_supported_is_named_where_there_is_nothing_else() {
        use MethodKind::{GssapiWithMic, HostBased};
        let said = unsupported(&[GssapiWithMic, HostBased]).unwrap();
        assert!(said.contains("gssapi-with-mic and hostbased"), "{said}");
        assert_eq!(unsupported(&[GssapiWithMic, Password]), None);
        assert_eq!(unsupported(&[]), None);
    }
}
