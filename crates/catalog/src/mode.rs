//! The three usual sets of capabilities: what most profiles are granted, under a name that says it.
//!
//! Invariant: a mode is read off the capabilities and never kept beside them, so it cannot say anything
//! else than what is granted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Capability;

/// A usual set of capabilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Looks, and changes nothing.
    Observe,
    /// Looks, and starts, stops and ends what is there. Neither a terminal nor the writing of files: with
    /// either, all that the login user may do could be done, packages and accounts included.
    Operate,
    /// All that a person does. What an agent does by itself is not part of it: whoever wants that says so.
    Administer,
}

impl Mode {
    /// All of them, each more than the one before.
    pub const ALL: [Mode; 3] = [Mode::Observe, Mode::Operate, Mode::Administer];

    /// What it grants, in the order of [`Capability::ALL`].
    #[must_use]
    pub fn capabilities(self) -> Vec<Capability> {
        let all = Capability::ALL.iter().copied();
        all.filter(|capability| self.grants(*capability)).collect()
    }

    /// The mode that is just these capabilities, in any order; `None`: no mode is.
    #[must_use]
    pub fn of(capabilities: &[Capability]) -> Option<Mode> {
        let is_it = |mode: &Mode| {
            let all = Capability::ALL.iter();
            all.clone()
                .all(|capability| mode.grants(*capability) == capabilities.contains(capability))
        };
        Self::ALL.into_iter().find(is_it)
    }

    fn grants(self, capability: Capability) -> bool {
        use Capability as C;
        let operates = matches!(
            capability,
            C::ProcessesSignal | C::ServicesControl | C::DockerControl
        );
        match self {
            Self::Observe => Capability::read_only().any(|read| read == capability),
            Self::Operate => operates || Self::Observe.grants(capability),
            Self::Administer => capability != C::AgentAct,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_is_told_by_its_capabilities_and_nothing_else_is() {
        let mut before: Vec<Capability> = Vec::new();
        for mode in Mode::ALL {
            let mut capabilities = mode.capabilities();
            assert!(before.iter().all(|one| capabilities.contains(one)));
            assert_eq!(Mode::of(&capabilities), Some(mode));
            before.clone_from(&capabilities);
            capabilities.reverse();
            assert_eq!(Mode::of(&capabilities), Some(mode), "in any order");
            capabilities.pop();
            assert_eq!(Mode::of(&capabilities), None, "one too few");
        }
        assert_eq!(Mode::of(&[]), None);
        assert_eq!(Mode::of(Capability::ALL), None, "an agent is no mode's");
    }

    #[test]
    fn who_operates_can_get_at_neither_files_nor_accounts_nor_packages() {
        let granted: Vec<_> = Mode::Operate.capabilities();
        let granted: Vec<_> = granted.into_iter().map(Capability::name).collect();
        assert_eq!(
            granted,
            [
                "system.read",
                "files.read",
                "logs.read",
                "processes.signal",
                "services.control",
                "docker.read",
                "docker.control"
            ]
        );
    }
}
