//! What a comparison with ssh cannot show: consent, what is named, the command line, and the way
//! over jumps.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::{cell::RefCell, fs, path::PathBuf};

use ssh_config::{Asked, Config, Here, Jump, Outside, Places, Settings, Trouble};

struct Files {
    folder: tempfile::TempDir,
    config: Config,
}

fn files(text: &str) -> Files {
    with_system(text, "")
}

fn with_system(text: &str, system: &str) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let (user, of_system) = (
        folder.path().join("config"),
        folder.path().join("ssh_config"),
    );
    fs::write(&user, text).unwrap();
    fs::write(&of_system, system).unwrap();
    let mut places = Places::alone(user, Some(PathBuf::from("/home/me")));
    places.system = Some(of_system);
    let config = Config::read(&places).unwrap();
    Files { folder, config }
}

fn asked(host: &str) -> Asked {
    Asked {
        host: host.to_owned(),
        here: Here {
            user: "me".to_owned(),
            user_id: "1000".to_owned(),
            host_name: "desk.lan".to_owned(),
            addresses: Some(vec!["192.168.7.2".parse().unwrap()]),
        },
        ..Asked::default()
    }
}

fn nobody_agrees(_: &str) -> Option<bool> {
    None
}

fn no_variable(_: &str) -> Option<String> {
    None
}

const OUTSIDE: Outside<'_> = Outside {
    exec: &nobody_agrees,
    variable: &no_variable,
};

impl Files {
    fn resolve(&self, asked: &Asked) -> Result<Settings, Trouble> {
        self.config.resolve(asked, &OUTSIDE)
    }

    fn host(&self, host: &str) -> Settings {
        self.resolve(&asked(host)).unwrap()
    }

    fn route(&self, host: &str) -> Result<String, Trouble> {
        let route = self.config.route(&asked(host), &OUTSIDE)?;
        let hops = route
            .iter()
            .map(|hop| format!("{}@{}:{}", hop.user, hop.host_name, hop.port));
        Ok(hops.collect::<Vec<_>>().join(" "))
    }
}

/// Keyword, value and line of all that is named.
fn named(settings: &Settings) -> Vec<String> {
    let one = |entry: &ssh_config::Unsupported| {
        format!("{} {} ({})", entry.keyword, entry.value, entry.line)
    };
    settings.unsupported.iter().map(one).collect()
}

#[test]
fn without_consent_no_block_of_a_command_applies_and_it_is_named() {
    let files = files(
        "Match host web exec \"test %h\"\n Port 1\nMatch !exec b\n Port 2\nMatch exec c all\n Port 3\n\
         Match host db exec d\n Port 4\nPort 5\n",
    );
    let settings = files.host("web");
    assert_eq!(settings.port, 22);
    assert_eq!(
        named(&settings),
        [
            "Match host web exec \"test %h\" (1)",
            "Match !exec b (3)",
            "Match exec c all (5)"
        ]
    );
    let why = &settings.unsupported.first().unwrap().why;
    assert!(why.contains("was not run"), "{why}");
}

#[test]
fn a_command_is_asked_for_only_where_the_rest_of_its_line_holds() {
    let files = files(
        "HostName inner\nMatch host web exec a\n Port 1\nMatch host inner exec \"b %h %n\"\n Port 2\n\
         Host other\n Include inner.part\n",
    );
    let ran = RefCell::new(Vec::new());
    let exec = |command: &str| {
        ran.borrow_mut().push(command.to_owned());
        Some(true)
    };
    let outside = Outside {
        exec: &exec,
        variable: &no_variable,
    };
    let settings = files.config.resolve(&asked("web"), &outside).unwrap();
    assert_eq!(settings.port, 2);
    assert_eq!(*ran.borrow(), ["b inner web"]);
    assert!(settings.unsupported.is_empty());
}

#[test]
fn what_is_not_acted_on_is_named_where_it_applies_and_asks_for_something() {
    let files = with_system(
        "Host web\n ForwardX11 yes\n proxycommand nc %h %p # x\nHost db\n Tunnel yes\n\
         Host *\n ForwardX11 yes\n GatewayPorts no\n VisualHostKey yes\n KnownHostsCommand /bin/keys\n\
         CanonicalizeHostname always\n RekeyLimit default none\n RSAAuthentication yes\n",
        "Host *\n GSSAPIAuthentication yes\n",
    );
    let settings = files.host("web");
    assert_eq!(
        named(&settings),
        [
            "ForwardX11 yes (2)",
            "proxycommand nc %h %p # x (3)",
            "KnownHostsCommand /bin/keys (10)",
            "CanonicalizeHostname always (11)",
            "RSAAuthentication yes (13)",
            "GSSAPIAuthentication yes (2)",
        ]
    );
    let of_system = settings.unsupported.iter().map(|entry| entry.of_system);
    assert_eq!(of_system.filter(|of_system| *of_system).count(), 1);
    assert_eq!(settings.proxy_command.as_deref(), Some("nc %h %p # x"));
    let last = settings.unsupported.last().unwrap();
    assert_eq!(last.file, files.folder.path().join("ssh_config"));
}

#[test]
fn what_is_asked_for_comes_before_the_files() {
    let files = files("User file\nPort 1\nProxyJump gw\nProxyCommand nc\n");
    let mut asked = asked("web");
    asked.user = Some("u%n".to_owned());
    asked.port = Some(2);
    asked.jumps = vec![Jump {
        user: None,
        host: "fe80::1%eth0".to_owned(),
        port: Some(3),
    }];
    let settings = files.resolve(&asked).unwrap();
    assert_eq!((settings.user.as_str(), settings.port), ("u%n", 2));
    assert_eq!(settings.proxy_jump, asked.jumps);
    assert_eq!(settings.proxy_command, None);
}

#[test]
fn a_host_or_user_that_an_option_parser_could_mistake_is_refused() {
    let files = files("Host *\n");
    for host in ["-oProxyCommand=x", "a b", "$(x)"] {
        assert!(files.resolve(&asked(host)).is_err(), "{host}");
    }
    let mut asked = asked("web");
    asked.user = Some("-x".to_owned());
    assert!(files.resolve(&asked).is_err());
}

#[test]
fn networks_tags_and_refusals_of_a_newer_ssh_are_known() {
    let files = files(
        "Match localnetwork 192.168.0.0/16\n Port 1\nMatch host web\n Tag work\n\
         Match tagged work\n User tagged\nMatch host old\n RefuseConnection \"gone for good\"\n\
         Match sessiontype shell\n User never\n",
    );
    let settings = files.host("web");
    assert_eq!((settings.port, settings.user.as_str()), (1, "tagged"));
    assert_eq!(named(&settings), ["Match sessiontype shell (9)"]);
    let trouble = files.resolve(&asked("old")).unwrap_err();
    assert_eq!(trouble.line, Some(8));
    assert!(trouble.why.contains("gone for good"), "{trouble}");
    let mut unknown = asked("web");
    unknown.here.addresses = None;
    let settings = files.resolve(&unknown).unwrap();
    assert_eq!(settings.port, 22);
    assert_eq!(named(&settings)[0], "Match localnetwork 192.168.0.0/16 (1)");
}

#[test]
fn a_trouble_names_file_line_and_how_many_more_there_are() {
    let files = files("Host web\n Port x\n Prot 22\n User\n");
    let trouble = files.resolve(&asked("web")).unwrap_err();
    assert_eq!(
        trouble.to_string(),
        format!(
            "{} line 2: \"x\" is not a value that it can have (and 2 more lines are wrong)",
            files.folder.path().join("config").display()
        )
    );
}

#[test]
fn the_way_goes_over_the_jumps_and_those_of_the_first_of_them() {
    let files = files(
        "Host target\n ProxyJump u@a:1,b,c\nHost a\n HostName a.example\n ProxyJump outer\n\
         Host b\n ProxyJump never-taken\n User bb\nHost c\n HostName c.example\n ProxyCommand never\n\
         Host outer\n User oo\nHost direct\n Port 7\n",
    );
    assert_eq!(
        files.route("target").unwrap(),
        "oo@outer:22 u@a.example:1 bb@b:22 me@c.example:22 me@target:22"
    );
    assert_eq!(files.route("direct").unwrap(), "me@direct:7");
}

#[test]
fn a_way_in_a_circle_or_without_end_is_refused() {
    let circle = files("Host a\n ProxyJump b\nHost b\n ProxyJump c\nHost c\n ProxyJump a\n");
    let trouble = circle.route("a").unwrap_err();
    assert!(trouble.why.contains("circle"), "{trouble}");
    let itself = files("Host *\n ProxyJump gw\n");
    assert!(itself.route("web").is_err());
    let endless = files("ProxyJump x%h\n");
    let trouble = endless.route("a").unwrap_err();
    assert!(trouble.why.contains("more than"), "{trouble}");
}

#[test]
fn a_line_that_is_no_text_is_named_and_one_that_only_comments_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let user = folder.path().join("config");
    fs::write(
        &user,
        b"# caf\xe9\nHost web\n IdentityFile /caf\xe9\n Port 7\n",
    )
    .unwrap();
    let config = Config::read(&Places::alone(user, None)).unwrap();
    let settings = config.resolve(&asked("web"), &OUTSIDE).unwrap();
    assert_eq!(settings.port, 7);
    assert_eq!(settings.unsupported.len(), 1);
    assert_eq!(settings.unsupported.first().unwrap().line, 3);
}

#[test]
fn tokens_in_an_include_are_named_and_not_followed() {
    let files = files("Include /nonexistent/%h.conf ${HOME}/x\nPort 7\n");
    let settings = files.host("web");
    assert_eq!(settings.port, 7);
    assert_eq!(settings.unsupported.len(), 1);
}
