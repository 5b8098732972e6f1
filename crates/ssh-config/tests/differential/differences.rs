//! Where we differ from ssh on purpose. Every row must occur, and nothing else may.

use crate::real::Ssh;

/// A difference that was found.
pub(crate) struct Found<'a> {
    /// The keyword that differs; empty: one side refuses the file.
    pub(crate) keyword: &'a str,
    /// The text of the file.
    pub(crate) text: &'a str,
    /// What ssh printed, or why it refused.
    pub(crate) real: &'a str,
    /// The same of ours.
    pub(crate) ours: &'a str,
}

/// A difference that is meant.
pub(crate) struct Difference {
    pub(crate) what: &'static str,
    pub(crate) why: &'static str,
    pub(crate) is: fn(&Found<'_>) -> bool,
    /// Whether it must occur with this ssh.
    pub(crate) occurs: fn(&Ssh) -> bool,
}

pub(crate) const DIFFERENCES: &[Difference] = &[
    Difference {
        what: "keywords, criteria and tokens of a newer ssh are known",
        why: "a file may be written for another ssh than the one that is installed; \
              we follow the newest manual where an older one only refuses",
        is: |found| {
            let newer = [
                "Tag",
                "Match tagged",
                "Match localnetwork",
                "%j",
                "mlkem768x25519-sha256",
            ];
            found.keyword.is_empty()
                && found.ours.is_empty()
                && newer.iter().any(|newer| found.text.contains(newer))
        },
        occurs: |ssh| ssh.version < (9, 4),
    },
    Difference {
        what: "tokens in User are replaced",
        why: "a newer ssh does so; an older one takes them as they are",
        is: |found| found.text.contains("User domain%") || found.text.contains("User \"a%b\""),
        occurs: |ssh| ssh.version < (10, 0),
    },
    Difference {
        what: "%C has the jumps in it",
        why: "a newer ssh takes %l%h%p%r%j; an older one leaves %j out",
        is: |found| {
            let may_jump = ["ProxyJump", "inc/blocks.part", "inc/*.part"];
            found.text.contains("%C")
                && !found.keyword.is_empty()
                && may_jump.iter().any(|jump| found.text.contains(jump))
        },
        occurs: |ssh| ssh.version < (9, 6),
    },
    Difference {
        what: "ForkAfterAuthentication without a command is no error",
        why: "it is about the process of ssh, and we have none",
        is: |found| found.real.contains("Cannot fork into background") && found.ours.is_empty(),
        occurs: |_| true,
    },
    Difference {
        what: "whether the socket of ForwardAgent is there is found out later",
        why: "with ExitOnForwardFailure ssh looks before it connects; settings are resolved without \
              a look at what they name",
        is: |found| {
            let text = found.text.to_lowercase();
            found.keyword.is_empty()
                && found.ours.is_empty()
                && (found.real.is_empty() || found.real.contains("Cannot forward agent socket"))
                && text.contains("forwardagent")
                && text.contains("exitonforwardfailure")
        },
        occurs: |_| true,
    },
    Difference {
        what: "a user with a % in an address of a jump is read",
        why: "ssh reads it too where the jump is the last, and for others trips over the way in \
              which it hands them on to itself",
        is: |found| found.text.contains("ssh://a%40b@gw") && found.real.contains("unknown key %4"),
        occurs: |_| true,
    },
    Difference {
        what: "ports are not known by the names of rare services",
        why: "the list of services is the computer's, and a port by name is most often misspelt",
        is: |found| found.text.contains("Port telnet") && found.real.is_empty(),
        occurs: |_| true,
    },
];
