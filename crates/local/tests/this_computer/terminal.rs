//! Terminals: their size, modes and variables, keys and output.

use futures::future::join_all;
use russh::{ChannelMsg, Pty};
use tokio::time::timeout;

use crate::{
    client::{Client, end},
    screen::{PATIENCE, all, shell, start, terminal, text, until},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_size_is_the_window_s_and_follows_it() {
    let client = Client::connect().await;
    let mut shell = shell(&client).await;
    shell.data(&b"stty size\r"[..]).await.unwrap();
    until(&mut shell, "24 80").await;
    shell.window_change(132, 50, 0, 0).await.unwrap();
    shell.data(&b"stty size\r"[..]).await.unwrap();
    until(&mut shell, "50 132").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_in_front_is_told_of_another_size() {
    let client = Client::connect().await;
    let line = "trap 'stty size; exit 3' WINCH; echo ready; while :; do sleep 0.1; done";
    let mut channel = start(&client, line).await;
    until(&mut channel, "ready").await;
    channel.window_change(70_000, 40, 0, 0).await.unwrap();
    let ended = all(channel).await;
    assert_eq!(text(&ended), "40 65535\r\n");
    assert_eq!(ended.status, Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_before_the_start_is_the_size_at_the_start() {
    let client = Client::connect().await;
    let channel = terminal(&client, &[]).await;
    channel.window_change(90, 30, 0, 0).await.unwrap();
    channel.exec(false, "stty size").await.unwrap();
    assert_eq!(text(&all(channel).await), "30 90\r\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_echoed_unless_the_modes_say_no() {
    let client = Client::connect().await;
    for (modes, expected) in [
        (&[][..], "key\r\ngot key\r\n"),
        (&[(Pty::ECHO, 1)], "key\r\ngot key\r\n"),
        (&[(Pty::ECHO, 0)], "got key\r\n"),
        (&[(Pty::ECHO, 0), (Pty::ONLCR, 0)], "got key\n"),
        (&[(Pty::ECHO, 0), (Pty::VERASE, 0x23)], "got key\r\n"),
    ] {
        let channel = terminal(&client, modes).await;
        channel
            .exec(false, "read -r line; echo got $line")
            .await
            .unwrap();
        let erased = modes.iter().any(|(mode, _)| *mode == Pty::VERASE);
        let keys: &[u8] = if erased { b"kez#y\n" } else { b"key\n" };
        channel.data(keys).await.unwrap();
        assert_eq!(text(&all(channel).await), expected, "{modes:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_variables_are_those_of_a_login_with_the_client_s_language() {
    let client = Client::connect().await;
    let mut channel = terminal(&client, &[]).await;
    for (name, value, allowed) in [
        ("LANG", "C.UTF-8", true),
        ("LC_TIME", "C", true),
        ("PATH", "/tmp", false),
        ("LD_PRELOAD", "x", false),
        ("LC_ALL", "a\nb", false),
    ] {
        channel.set_env(true, name, value).await.unwrap();
        let answer = channel.wait().await;
        let was_allowed = matches!(answer, Some(ChannelMsg::Success));
        assert_eq!(was_allowed, allowed, "{name}: {answer:?}");
    }
    channel
        .exec(
            false,
            r#"echo "$TERM $LANG $LC_TIME [$LC_ALL$LD_PRELOAD] $PATH"; env"#,
        )
        .await
        .unwrap();
    let ended = all(channel).await;
    let text = text(&ended);
    assert!(
        text.starts_with("xterm-256color C.UTF-8 C [] /usr/"),
        "{text}"
    );
    for name in ["HOME", "LOGNAME", "SHELL", "USER"] {
        assert!(text.contains(&format!("\n{name}=")), "{name} in {text}");
    }
    assert!(!text.contains("CARGO"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shell_is_a_login_shell_at_home_and_its_status_is_told() {
    let client = Client::connect().await;
    let mut shell = shell(&client).await;
    shell
        .data(&b"printf '[%s] [%s] %s\\n' \"$0\" \"$PWD\" x\"$HOME\"x; exit 7\r"[..])
        .await
        .unwrap();
    let seen = until(&mut shell, "] x").await;
    let rest = all(shell).await;
    let seen = seen + &text(&rest);
    let line = seen.lines().find(|line| line.contains("[-")).unwrap();
    let (name, folder) = line.split_once("] [").unwrap();
    assert!(name.contains("[-"), "{line}");
    let (folder, home) = folder.split_once("] ").unwrap();
    assert_eq!(format!("x{folder}x"), home.trim_end());
    assert_eq!(rest.status, Some(7));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_runs_on_the_terminal_in_a_session_of_its_own() {
    let client = Client::connect().await;
    let line = "[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo tty; echo there >/dev/tty; \
                [ \"$(ps -o sid= -p $$ | tr -d ' ')\" = $$ ] && echo leader; kill -TERM $$";
    let ended = all(start(&client, line).await).await;
    assert_eq!(text(&ended), "tty\r\nthere\r\nleader\r\n");
    assert_eq!(ended.stderr, b"");
    assert_eq!(
        (ended.status, ended.signal.as_deref()),
        (None, Some("TERM"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shell_can_be_started_in_a_folder() {
    let client = Client::connect().await;
    let mut shell = start(&client, "cd /usr/bin && exec \"$SHELL\" -l").await;
    shell
        .data(&b"printf 'at %s\\n' \"$PWD\"\r"[..])
        .await
        .unwrap();
    until(&mut shell, "at /usr/bin").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_megabytes_arrive_whole() {
    let client = Client::connect().await;
    let line = "head -c 20000000 /dev/zero | tr '\\0' x; echo end; exit 4";
    let ended = all(start(&client, line).await).await;
    assert_eq!(ended.stdout.len(), 20_000_005);
    let (body, tail) = ended.stdout.split_at(20_000_000);
    assert!(body.iter().all(|&byte| byte == b'x'));
    assert_eq!((tail, ended.status), (&b"end\r\n"[..], Some(4)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_megabyte_typed_arrives_whole() {
    let client = Client::connect().await;
    let line = "stty raw -echo; echo ready; head -c 1000000 | cksum";
    let mut channel = start(&client, line).await;
    until(&mut channel, "ready").await;
    let keys: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 251) as u8).collect();
    let expected = client.run_with("cksum", &keys).await;
    let (incoming, outgoing) = channel.split();
    outgoing.data(&keys[..]).await.unwrap();
    let ended = timeout(PATIENCE, end(incoming)).await.unwrap();
    assert_eq!(text(&ended).trim(), text(&expected).trim());
}

#[tokio::test(flavor = "multi_thread")]
async fn terminals_and_commands_start_side_by_side_and_inherit_nothing() {
    let client = Client::connect().await;
    let line = "ls -l /dev/fd/ | grep -c -e ptmx -e ptyp; echo done";
    let runs = (0..40).map(|n| {
        let client = &client;
        async move {
            if n % 2 == 0 {
                client.run(line).await
            } else {
                all(start(client, line).await).await
            }
        }
    });
    for ended in join_all(runs).await {
        assert_eq!(text(&ended).replace('\r', ""), "0\ndone\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_terminal_and_a_strange_one_are_refused() {
    let client = Client::connect().await;
    let mut channel = client.handle.channel_open_session().await.unwrap();
    for (kind, expected) in [
        ("", false),
        ("a b", false),
        ("../x", false),
        ("x\0", false),
        ("xterm", true),
        ("xterm", false),
    ] {
        channel
            .request_pty(true, kind, 80, 24, 0, 0, &[])
            .await
            .unwrap();
        let success = matches!(channel.wait().await, Some(ChannelMsg::Success));
        assert_eq!(success, expected, "{kind:?}");
    }
}
