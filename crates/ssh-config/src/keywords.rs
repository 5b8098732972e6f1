//! Every keyword that an ssh knows, what it takes, and what becomes of it here.
//!
//! Invariant: a keyword that is not acted on has its reason in this table, and is either named to
//! the user or without effect on whom one reaches and how safely.

use crate::other_names::{APPLE, OTHERS};
use crate::values::{
    CANONICAL, COMPRESSION, FAMILY, FINGERPRINT, FLAG, FLAG_OR_ASK, Form, LOG_FACILITY, LOG_LEVEL,
    MASTER, PUBLIC_KEY, SESSION, STRICT, TERMINAL, TUNNEL,
};

/// A keyword.
#[derive(Debug)]
pub(crate) struct Keyword {
    /// In lower case.
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) role: Role,
}

/// What becomes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is in `Settings`.
    Honoured,
    /// It is named as not supported for the second, unless its value is one of the first.
    Named(&'static [&'static str], &'static str),
    /// It has no effect here, because of this.
    Silent(&'static str),
    /// ssh takes it for the other keyword.
    Alias(&'static str),
}

use Form::{Anything, Command, List, Number, Own, Port, Text, Time};
use Role::{Alias, Honoured, Named, Silent};

const NO: &[&str] = &["no"];
const NONE: &[&str] = &["none"];
/// As many known_hosts files as ssh takes.
const KNOWN_HOSTS_FILES: usize = 32;

/// The keyword of this name, in lower case; aliases are followed.
pub(crate) fn find(name: &str) -> Option<&'static Keyword> {
    let found = all().find(|keyword| keyword.name == name)?;
    match found.role {
        Alias(other) if cfg!(target_os = "macos") || other != APPLE => find(other),
        Alias(_) => None,
        _ => Some(found),
    }
}

/// All there are.
fn all() -> impl Iterator<Item = &'static Keyword> {
    KEYWORDS.iter().chain(OTHERS)
}

pub(crate) const fn row(name: &'static str, form: Form, role: Role) -> Keyword {
    Keyword { name, form, role }
}

/// In the order of `ssh_config(5)`.
pub(crate) const KEYWORDS: &[Keyword] = &[
    row("host", Own, Honoured),
    row("match", Own, Honoured),
    row(
        "addkeystoagent",
        Own,
        Named(&["no", "false"], "keys are not given to the agent"),
    ),
    row("addressfamily", FAMILY, Honoured),
    row("batchmode", FLAG, Honoured),
    row("bindaddress", Text, Honoured),
    row(
        "bindinterface",
        Text,
        Named(
            &[],
            "the interface to connect from cannot be chosen; BindAddress can",
        ),
    ),
    row(
        "canonicaldomains",
        Own,
        Silent("without CanonicalizeHostname it has no effect"),
    ),
    row(
        "canonicalizefallbacklocal",
        FLAG,
        Silent("without CanonicalizeHostname it has no effect"),
    ),
    row(
        "canonicalizehostname",
        CANONICAL,
        Named(
            NO,
            "names are looked up as they are, without the domains of CanonicalDomains",
        ),
    ),
    row(
        "canonicalizemaxdots",
        Number,
        Silent("without CanonicalizeHostname it has no effect"),
    ),
    row(
        "canonicalizepermittedcnames",
        Own,
        Named(
            NONE,
            "names are looked up as they are, and an alias in DNS does not change them",
        ),
    ),
    row("casignaturealgorithms", Own, Honoured),
    row("certificatefile", Own, Honoured),
    row(
        "channeltimeout",
        Anything,
        Named(NONE, "idle channels are closed by this program's own rules"),
    ),
    row("checkhostip", FLAG, Honoured),
    row("ciphers", Own, Honoured),
    row("clearallforwardings", FLAG, Honoured),
    row(
        "compression",
        COMPRESSION,
        Named(
            NO,
            "compression stays off: a false server could use it to fill the memory",
        ),
    ),
    row("connectionattempts", Number, Honoured),
    row("connecttimeout", Time, Honoured),
    row(
        "controlmaster",
        MASTER,
        Silent("one connection is shared in any case, and none with other programs"),
    ),
    row(
        "controlpath",
        Text,
        Silent("one connection is shared in any case, and none with other programs"),
    ),
    row(
        "controlpersist",
        Own,
        Silent("one connection is shared in any case, and none with other programs"),
    ),
    row("dynamicforward", Own, Honoured),
    row(
        "enableescapecommandline",
        FLAG,
        Silent("about the terminal of ssh itself"),
    ),
    row(
        "enablesshkeysign",
        FLAG,
        Silent("without HostbasedAuthentication it has no effect"),
    ),
    row(
        "escapechar",
        Own,
        Silent("about the terminal of ssh itself"),
    ),
    row("exitonforwardfailure", FLAG, Honoured),
    row(
        "fingerprinthash",
        FINGERPRINT,
        Named(&["sha256"], "fingerprints are always shown in SHA-256"),
    ),
    row(
        "forkafterauthentication",
        FLAG,
        Silent("about the process of ssh itself"),
    ),
    row("forwardagent", Own, Honoured),
    row("forwardx11", FLAG, Named(NO, "X11 is not forwarded")),
    row(
        "forwardx11timeout",
        Time,
        Silent("without ForwardX11 it has no effect"),
    ),
    row(
        "forwardx11trusted",
        FLAG,
        Silent("without ForwardX11 it has no effect"),
    ),
    row(
        "gatewayports",
        FLAG,
        Named(
            NO,
            "forwards are open to this computer only, never to its network",
        ),
    ),
    row("globalknownhostsfile", List(KNOWN_HOSTS_FILES), Honoured),
    row(
        "gssapiauthentication",
        FLAG,
        Named(NO, "a login with Kerberos (GSSAPI) is not offered"),
    ),
    row(
        "gssapidelegatecredentials",
        FLAG,
        Named(NO, "Kerberos tickets are not handed on"),
    ),
    row("hashknownhosts", FLAG, Honoured),
    row(
        "hostbasedacceptedalgorithms",
        Own,
        Silent("without HostbasedAuthentication it has no effect"),
    ),
    row(
        "hostbasedauthentication",
        FLAG,
        Named(NO, "this computer's own key is not used to log in"),
    ),
    row("hostkeyalgorithms", Own, Honoured),
    row("hostkeyalias", Text, Honoured),
    row("hostname", Text, Honoured),
    row("identitiesonly", FLAG, Honoured),
    row("identityagent", Own, Honoured),
    row("identityfile", Own, Honoured),
    row("ignoreunknown", Text, Honoured),
    row("include", Own, Honoured),
    row("ipqos", Own, Silent("only how the network queues packets")),
    row("kbdinteractiveauthentication", FLAG, Honoured),
    row(
        "kbdinteractivedevices",
        Text,
        Named(&[], "the server chooses what it asks"),
    ),
    row("kexalgorithms", Own, Honoured),
    row(
        "knownhostscommand",
        Command,
        Named(NONE, "a program that says which keys to trust is never run"),
    ),
    row(
        "localcommand",
        Command,
        Silent("without PermitLocalCommand it is not run by ssh either"),
    ),
    row("localforward", Own, Honoured),
    row("loglevel", LOG_LEVEL, Honoured),
    row(
        "logverbose",
        List(usize::MAX),
        Silent("about the log of ssh itself"),
    ),
    row("macs", Own, Honoured),
    row(
        "nohostauthenticationforlocalhost",
        FLAG,
        Named(NO, "host keys are checked for this computer too"),
    ),
    row("numberofpasswordprompts", Number, Honoured),
    row(
        "obscurekeystroketiming",
        Anything,
        Named(NO, "the time between key strokes is not hidden"),
    ),
    row("passwordauthentication", FLAG, Honoured),
    row(
        "permitlocalcommand",
        FLAG,
        Named(NO, "LocalCommand is not run"),
    ),
    row(
        "permitremoteopen",
        Own,
        Named(
            &["any"],
            "what a server may reach through a RemoteForward is not limited",
        ),
    ),
    row(
        "pkcs11provider",
        Text,
        Named(NONE, "smart cards are used through the agent only"),
    ),
    row("port", Port, Honoured),
    row("preferredauthentications", Text, Honoured),
    row(
        "proxycommand",
        Command,
        Named(
            NONE,
            "a program to connect through is not run; ProxyJump is supported",
        ),
    ),
    row("proxyjump", Own, Honoured),
    row(
        "proxyusefdpass",
        FLAG,
        Silent("without ProxyCommand it has no effect"),
    ),
    row("pubkeyacceptedalgorithms", Own, Honoured),
    row("pubkeyauthentication", PUBLIC_KEY, Honoured),
    row("refuseconnection", Text, Honoured),
    row(
        "rekeylimit",
        Own,
        Named(
            &["default", "default none"],
            "keys are renewed by this program's own limits",
        ),
    ),
    row("remotecommand", Command, Honoured),
    row("remoteforward", Own, Honoured),
    row("requesttty", TERMINAL, Honoured),
    row("requiredrsasize", Number, Honoured),
    row(
        "revokedhostkeys",
        Text,
        Named(
            NONE,
            "its list of revoked keys is not read; @revoked in known_hosts is",
        ),
    ),
    row(
        "securitykeyprovider",
        Text,
        Named(
            &["none", "internal"],
            "security keys are used through the agent only",
        ),
    ),
    row("sendenv", Own, Honoured),
    row("serveralivecountmax", Number, Honoured),
    row("serveraliveinterval", Time, Honoured),
    row("sessiontype", SESSION, Honoured),
    row("setenv", Own, Honoured),
    row("stdinnull", FLAG, Silent("about the process of ssh itself")),
    row(
        "streamlocalbindmask",
        Own,
        Silent("sockets are not made by this program"),
    ),
    row(
        "streamlocalbindunlink",
        FLAG,
        Silent("sockets are not made by this program"),
    ),
    row("stricthostkeychecking", STRICT, Honoured),
    row(
        "syslogfacility",
        LOG_FACILITY,
        Silent("about the log of ssh itself"),
    ),
    row("tag", Text, Honoured),
    row("tcpkeepalive", FLAG, Honoured),
    row(
        "tunnel",
        TUNNEL,
        Named(NO, "network devices are not forwarded"),
    ),
    row(
        "tunneldevice",
        Own,
        Silent("without Tunnel it has no effect"),
    ),
    row(
        "updatehostkeys",
        FLAG_OR_ASK,
        Named(NO, "further keys that a server announces are not learnt"),
    ),
    row("user", Text, Honoured),
    row("userknownhostsfile", List(KNOWN_HOSTS_FILES), Honoured),
    row(
        "verifyhostkeydns",
        FLAG_OR_ASK,
        Named(NO, "fingerprints in DNS are not looked up"),
    ),
    row(
        "versionaddendum",
        Anything,
        Silent("only how ssh calls itself"),
    ),
    row(
        "visualhostkey",
        FLAG,
        Silent("the picture of a key is shown with each question about it"),
    ),
    row(
        "warnweakcrypto",
        FLAG,
        Silent("weak algorithms are marked in any case"),
    ),
    row(
        "xauthlocation",
        Text,
        Silent("without ForwardX11 it has no effect"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written about them for people.
    const DOCUMENT: &str = include_str!("../../../docs/ssh-config.md");

    #[test]
    fn the_document_has_every_keyword_and_every_reason() {
        let document = DOCUMENT.to_lowercase();
        for keyword in all().filter(|keyword| keyword.name != APPLE) {
            let written = format!("`{}`", keyword.name);
            assert!(document.contains(&written), "{} is missing", keyword.name);
            if let Named(_, why) | Silent(why) = keyword.role {
                assert!(document.contains(&why.to_lowercase()), "{why:?} is missing");
            }
        }
    }

    #[test]
    fn every_name_stands_once_and_leads_somewhere() {
        for (at, keyword) in all().enumerate() {
            assert_eq!(keyword.name, keyword.name.to_lowercase());
            let first = all().position(|other| other.name == keyword.name);
            assert_eq!(first, Some(at), "{}", keyword.name);
            if let Alias(other) = keyword.role {
                let row = all().find(|keyword| keyword.name == other);
                assert!(row.is_some_and(|row| !matches!(row.role, Alias(_))));
            }
        }
    }

    #[test]
    fn what_only_apple_has_is_unknown_elsewhere() {
        assert_eq!(find("usekeychain").is_some(), cfg!(target_os = "macos"));
        assert_eq!(find("keepalive").unwrap().name, "tcpkeepalive");
    }
}
