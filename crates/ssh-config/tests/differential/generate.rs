//! Files made by chance, the same for the same seed: blocks, includes, tokens, lists and quotes in
//! combinations that nobody would write by hand.

use std::path::Path;

/// A stream of numbers that look random.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A file; `folder` is where the files to include are.
pub(crate) fn config(seed: u64, folder: &Path) -> String {
    let mut chance = Chance(seed);
    let mut text = String::new();
    let blocks = 1 + chance.below(6);
    for block in 0..blocks {
        if block > 0 || chance.one_in(2) {
            let header = header(&mut chance);
            line(&mut chance, &mut text, &header);
        }
        for _ in 0..1 + chance.below(6) {
            let option = option(&mut chance, folder);
            line(&mut chance, &mut text, &option);
        }
    }
    text
}

/// Writes a line in one of the many ways in which it means the same.
fn line(chance: &mut Chance, text: &mut String, line: &str) {
    if chance.one_in(8) {
        text.push_str(chance.of(&["# a comment\n", "\n", "   \n", "\t# more\n"]));
    }
    text.push_str(chance.of(&["", "", "", "  ", "    ", "\t"]));
    let (keyword, value) = line.split_once(' ').unwrap();
    let keyword = match chance.below(6) {
        0 => keyword.to_lowercase(),
        1 => keyword.to_uppercase(),
        _ => keyword.to_owned(),
    };
    text.push_str(&keyword);
    text.push_str(chance.of(&[" ", " ", " ", " ", "  ", "\t", "=", " = ", " =", "= "]));
    text.push_str(value);
    text.push_str(chance.of(&["\n", "\n", "\n", "\n", "  \n", "\r\n", "\t\n"]));
}

fn header(chance: &mut Chance) -> String {
    let mut words = Vec::new();
    if chance.one_in(3) {
        if chance.one_in(6) {
            return format!(
                "Match {}",
                chance.of(&["all", "final all", "!all", "canonical all"])
            );
        }
        for _ in 0..1 + chance.below(3) {
            words.push(chance.of(&[
                "host web*",
                "host *.example.org,!db*",
                "host \"web1,db.example.org\"",
                "!host db*",
                "originalhost web1",
                "originalhost Un*",
                "originalhost=web?",
                "user deploy",
                "user ops,root",
                "!user deploy",
                "localuser root",
                "localuser nobody,!root",
                "final",
                "!final",
                "canonical",
                "exec true",
                "exec false",
                "!exec false",
                "exec \"test %h = web1\"",
                "exec \"test %n.%p.%r = web1.22.root\"",
                "exec \"case %k in db*) exit 0;; *) exit 1;; esac\"",
                "!exec \"test -n %L\"",
            ]));
        }
        return format!("Match {}", words.join(" "));
    }
    for _ in 0..1 + chance.below(3) {
        words.push(chance.of(&[
            "*",
            "web1",
            "web?",
            "web*",
            "w*1",
            "!web1",
            "db.*",
            "*.example.org",
            "!*.org",
            "Un*",
            "unheard-of",
            "Unheard-Of",
            "\"web1\"",
            "?*",
            "'db.example.org'",
            "gw",
        ]));
    }
    format!("Host {}", words.join(" "))
}

fn option(chance: &mut Chance, folder: &Path) -> String {
    if chance.one_in(12) {
        return format!(
            "{} {}",
            chance.of(WITHOUT_SETTING),
            chance.of(&["yes", "no"])
        );
    }
    if chance.one_in(8) {
        let files = [
            "inc/ports.part",
            "inc/blocks.part",
            "inc/*.part",
            "inc/none*.part",
        ];
        return format!("Include {}/{}", folder.display(), chance.of(&files));
    }
    let (keyword, values) = OPTIONS[chance.below(OPTIONS.len())];
    let mut value = chance.of(values).to_owned();
    let plain = !matches!(keyword, "ProxyJump" | "RemoteCommand" | "ProxyCommand");
    if plain && !value.contains([' ', '"', '\'', '\\']) && chance.one_in(5) {
        let quote = chance.of(&["\"", "'"]);
        value = format!("{quote}{value}{quote}");
    }
    if plain && chance.one_in(10) {
        value.push_str(" # why");
    }
    format!("{keyword} {value}")
}

/// Options that have no place in the settings: they must be read, and that is all.
const WITHOUT_SETTING: &[&str] = &[
    "ForwardX11",
    "GatewayPorts",
    "VisualHostKey",
    "StreamLocalBindUnlink",
    "PermitLocalCommand",
    "GSSAPIAuthentication",
    "UpdateHostKeys",
    "ProxyUseFdpass",
    "StdinNull",
    "EnableSSHKeysign",
];

const OPTIONS: &[(&str, &[&str])] = &[
    (
        "HostName",
        &[
            "%h.example.org",
            "10.0.0.7",
            "127.1",
            "UPPER.example.org",
            "%h",
            "a%%b",
            "2001:DB8::1",
            "inner",
        ],
    ),
    ("Port", &["22", "2222", "65535", "1", "https"]),
    (
        "User",
        &[
            "deploy",
            "ops",
            "root",
            "\"two words\"",
            "a.b",
            "domain\\\\user",
        ],
    ),
    ("HostKeyAlias", &["Alias", "%h", "shared.example"]),
    (
        "IdentityFile",
        &[
            "~/.ssh/id_%h",
            "/keys/%r@%n:%p",
            "${KEYS}/%u",
            "id_relative",
            "none",
            "\"~/with space/k\"",
            "~root/%i",
            "%d/k/%L",
            "/keys/%%",
            "/keys/%k",
        ],
    ),
    (
        "CertificateFile",
        &["~/.ssh/%h-cert.pub", "${KEYS}/c", "none", "/c/%C"],
    ),
    ("IdentitiesOnly", &["yes", "no", "true"]),
    (
        "IdentityAgent",
        &[
            "none",
            "SSH_AUTH_SOCK",
            "$KEYS",
            "${KEYS}/agent",
            "~/agent-%u",
            "$UNSET",
            "/run/%i/agent",
        ],
    ),
    ("ForwardAgent", &["yes", "no", "~/fwd-%h", "$KEYS", "TRUE"]),
    (
        "ProxyJump",
        &[
            "none",
            "gw",
            "ops@gw:2222",
            "a,b",
            "a@x,[2001:db8::1]:22,c",
            "ssh://u@gw:99",
            "%r@%h-gw",
            "gw # why",
            "None",
        ],
    ),
    (
        "ProxyCommand",
        &[
            "none",
            "nc %h %p",
            "ssh -W \"%h:%p\" gw # not a comment",
            "None",
        ],
    ),
    (
        "UserKnownHostsFile",
        &[
            "~/.ssh/kh ~/.ssh/kh2",
            "none",
            "/k/%h \"/k/b c\"",
            "${KEYS}/kh",
            "/dev/null",
            "%d/%C",
        ],
    ),
    (
        "GlobalKnownHostsFile",
        &["/etc/kh", "none", "/etc/a /etc/b", "~/not-replaced %h"],
    ),
    (
        "StrictHostKeyChecking",
        &["yes", "no", "ask", "accept-new", "off", "TRUE"],
    ),
    ("CheckHostIP", &["yes", "no"]),
    ("HashKnownHosts", &["yes", "no"]),
    ("ServerAliveInterval", &["0", "30", "1m30", "2h", "none"]),
    ("ServerAliveCountMax", &["1", "0", "10"]),
    ("TCPKeepAlive", &["yes", "no"]),
    ("ConnectTimeout", &["10", "none", "1m", "0"]),
    ("ConnectionAttempts", &["1", "3"]),
    ("AddressFamily", &["any", "inet", "inet6", "INET"]),
    ("BindAddress", &["127.0.0.1", "::1"]),
    (
        "Ciphers",
        &[
            "aes256-ctr",
            "+3des-cbc",
            "-aes*",
            "^aes256-gcm@openssh.com",
            "aes128-ctr,aes256-ctr",
            "-chacha20-poly1305@openssh.com,aes1*",
        ],
    ),
    (
        "MACs",
        &[
            "hmac-sha2-512",
            "+hmac-md5",
            "-*etm*",
            "^hmac-sha1,hmac-sha2-256",
        ],
    ),
    (
        "KexAlgorithms",
        &[
            "curve25519-sha256",
            "+diffie-hellman-group1-sha1",
            "-ecdh*",
            "^ecdh-sha2-nistp521",
        ],
    ),
    (
        "HostKeyAlgorithms",
        &[
            "ssh-ed25519",
            "+ssh-rsa",
            "-ecdsa*,sk-*",
            "^rsa-sha2-*",
            "+ssh-*",
        ],
    ),
    (
        "PubkeyAcceptedAlgorithms",
        &["ssh-ed25519", "+ssh-rsa", "-*cert*", "^*rsa*"],
    ),
    ("PubkeyAcceptedKeyTypes", &["+ssh-rsa", "ssh-ed25519*"]),
    (
        "CASignatureAlgorithms",
        &["ssh-ed25519", "+ssh-rsa", "-ecdsa-*"],
    ),
    (
        "SendEnv",
        &["LANG LC_*", "-LC_*", "FOO", "-* BAR", "A B -A"],
    ),
    (
        "SetEnv",
        &["FOO=bar", "A=1 B=\"two words\" A=2", "EMPTY=", "'C=a=b'"],
    ),
    (
        "PreferredAuthentications",
        &["publickey", "keyboard-interactive,password"],
    ),
    (
        "PubkeyAuthentication",
        &["yes", "no", "unbound", "host-bound"],
    ),
    ("PasswordAuthentication", &["yes", "no"]),
    ("KbdInteractiveAuthentication", &["yes", "no"]),
    ("ChallengeResponseAuthentication", &["yes", "no"]),
    ("NumberOfPasswordPrompts", &["1", "0", "5"]),
    ("BatchMode", &["yes", "no"]),
    ("Compression", &["yes", "no"]),
    (
        "LocalForward",
        &[
            "8080 web:80",
            "127.0.0.1:8081 [::1]:81",
            "[::1]:8082 db:5432",
            "/run/l-%h /run/r-%p",
            "*:8083 ${KEYS}/s",
            "8084 /run/db",
        ],
    ),
    (
        "RemoteForward",
        &[
            "9090 localhost:90",
            "0 localhost:91",
            "1081",
            "/run/x localhost:92",
            "[*]:9093 h:1",
        ],
    ),
    ("DynamicForward", &["1080", "localhost:1081", "[::1]:1082"]),
    ("ClearAllForwardings", &["no", "no", "yes"]),
    ("ExitOnForwardFailure", &["yes", "no"]),
    ("RequestTTY", &["yes", "no", "force", "auto"]),
    (
        "RemoteCommand",
        &[
            "uptime",
            "echo %h %n \"a  b\" # kept",
            "none",
            "tmux new -A -s %u",
        ],
    ),
    ("SessionType", &["none", "subsystem", "default"]),
    ("LogLevel", &["QUIET", "INFO", "debug1", "Verbose"]),
    ("RequiredRSASize", &["2048", "0"]),
    ("IgnoreUnknown", &["Use*", "UseKeychain,Other*"]),
    ("UseKeychain", &["yes"]),
    ("Protocol", &["2"]),
    ("RhostsRSAAuthentication", &["no"]),
    ("ControlPath", &["~/.ssh/cm-%C", "none", "/tmp/%r@%h:%p"]),
    ("EscapeChar", &["none", "~", "^]"]),
    ("RekeyLimit", &["1G 1h", "default none", "500M"]),
    ("IPQoS", &["af21 cs1", "throughput"]),
    ("AddKeysToAgent", &["yes", "confirm 5m", "1h", "ask"]),
    ("CanonicalDomains", &["example.org example.net", "none"]),
];
