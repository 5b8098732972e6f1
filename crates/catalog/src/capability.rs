//! The fifteen capabilities a profile can be granted; the one gate in `engine` checks them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! capabilities {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// What a server profile may be used for. Granted per profile, checked before any channel
        /// opens.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Capability {
            $(#[serde(rename = $name)] #[expect(missing_docs, reason = "the wire name says it")] $variant,)+
        }

        impl Capability {
            /// All fifteen, in the order they are shown.
            pub const ALL: &'static [Capability] = &[$(Capability::$variant,)+];

            /// The name on the wire, for example `system.read`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Capability::$variant => $name,)+ }
            }
        }
    };
}

capabilities! {
    SystemRead = "system.read",
    FilesRead = "files.read",
    FilesWrite = "files.write",
    LogsRead = "logs.read",
    ProcessesSignal = "processes.signal",
    ServicesControl = "services.control",
    DockerRead = "docker.read",
    DockerControl = "docker.control",
    PackagesChange = "packages.change",
    AccountsChange = "accounts.change",
    FirewallChange = "firewall.change",
    CronChange = "cron.change",
    PowerControl = "power.control",
    TerminalOpen = "terminal.open",
    AgentAct = "agent.act",
}

impl Capability {
    /// The capabilities of a read-only profile: just those that end in `.read`.
    pub fn read_only() -> impl Iterator<Item = Capability> {
        Self::ALL
            .iter()
            .copied()
            .filter(|capability| capability.name().ends_with(".read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_fifteen_and_four_of_them_only_read() {
        assert_eq!(Capability::ALL.len(), 15);
        let read: Vec<_> = Capability::read_only().map(Capability::name).collect();
        assert_eq!(
            read,
            ["system.read", "files.read", "logs.read", "docker.read"]
        );
    }

    #[test]
    fn wire_name_and_name_agree() {
        for capability in Capability::ALL {
            assert_eq!(serde_json::to_value(capability).unwrap(), capability.name());
        }
    }
}
