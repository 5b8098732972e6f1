//! Other names of keywords, what distributions add to ssh, and what ssh had once.

use crate::keywords::{
    Keyword,
    Role::{Alias, Named, Silent},
    row,
};
use crate::values::{
    FLAG,
    Form::{Anything, Own, Text},
};

/// Where keywords lead that only Apple's ssh has; elsewhere ssh refuses them.
pub(crate) const APPLE: &str = "apple's own";

const GONE: &str = "ssh itself no longer knows it";
const NO: &[&str] = &["no"];

/// Beside those of the manual.
pub(crate) const OTHERS: &[Keyword] = &[
    // Other names of some.
    row(
        "challengeresponseauthentication",
        Own,
        Alias("kbdinteractiveauthentication"),
    ),
    row("dsaauthentication", Own, Alias("pubkeyauthentication")),
    row(
        "hostbasedkeytypes",
        Own,
        Alias("hostbasedacceptedalgorithms"),
    ),
    row("identityfile2", Own, Alias("identityfile")),
    row("keepalive", Own, Alias("tcpkeepalive")),
    row(
        "pubkeyacceptedkeytypes",
        Own,
        Alias("pubkeyacceptedalgorithms"),
    ),
    row("rsaminsize", Own, Alias("requiredrsasize")),
    row(
        "skeyauthentication",
        Own,
        Alias("kbdinteractiveauthentication"),
    ),
    row("smartcarddevice", Own, Alias("pkcs11provider")),
    row(
        "tisauthentication",
        Own,
        Alias("kbdinteractiveauthentication"),
    ),
    // What distributions add.
    row(
        "gssapiclientidentity",
        Text,
        Silent("without GSSAPIAuthentication it has no effect"),
    ),
    row(
        "gssapikexalgorithms",
        Text,
        Silent("without GSSAPIKeyExchange it has no effect"),
    ),
    row(
        "gssapikeyexchange",
        FLAG,
        Named(NO, "keys are not exchanged with Kerberos (GSSAPI)"),
    ),
    row(
        "gssapirenewalforcesrekey",
        FLAG,
        Silent("without GSSAPIKeyExchange it has no effect"),
    ),
    row(
        "gssapiserveridentity",
        Text,
        Silent("without GSSAPIAuthentication it has no effect"),
    ),
    row(
        "gssapitrustdns",
        FLAG,
        Silent("without GSSAPIAuthentication it has no effect"),
    ),
    row("protocolkeepalives", Own, Alias("serveraliveinterval")),
    row("setuptimeout", Own, Alias("serveraliveinterval")),
    row("usekeychain", Own, Alias(APPLE)),
    row(
        APPLE,
        FLAG,
        Silent("passphrases are kept as this program's settings say"),
    ),
    // What ssh had once, and passes over.
    row("cipher", Anything, Silent(GONE)),
    row("fallbacktorsh", Anything, Silent(GONE)),
    row("globalknownhostsfile2", Anything, Silent(GONE)),
    row("protocol", Anything, Silent(GONE)),
    row("rhostsauthentication", Anything, Silent(GONE)),
    row("useprivilegedport", Anything, Silent(GONE)),
    row("userknownhostsfile2", Anything, Silent(GONE)),
    row("useroaming", Anything, Silent(GONE)),
    row("usersh", Anything, Silent(GONE)),
    // What ssh had once, and complains of.
    row("afstokenpassing", Anything, Named(&[], GONE)),
    row("compressionlevel", Anything, Named(&[], GONE)),
    row("kerberosauthentication", Anything, Named(&[], GONE)),
    row("kerberostgtpassing", Anything, Named(&[], GONE)),
    row("rhostsrsaauthentication", Anything, Named(&[], GONE)),
    row("rsaauthentication", Anything, Named(&[], GONE)),
];
