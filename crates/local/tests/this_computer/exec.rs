//! Commands: their streams, their ends, and that none outlives its channel.

use std::path::{Path, PathBuf};

use futures::future::join_all;
use russh::{ChannelMsg, Sig};

use crate::client::{Client, HOME, end, first_line};

#[tokio::test(flavor = "multi_thread")]
async fn the_exit_status_and_both_streams_come_back_apart() {
    let ended = Client::connect()
        .await
        .run("echo out; echo err >&2; exit 3")
        .await;
    assert_eq!(ended.stdout, b"out\n");
    assert_eq!(ended.stderr, b"err\n");
    assert_eq!((ended.status, ended.signal.as_deref()), (Some(3), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_is_told_by_its_name() {
    let ended = Client::connect().await.run("kill -TERM $$").await;
    assert_eq!(
        (ended.status, ended.signal.as_deref()),
        (None, Some("TERM"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn input_reaches_the_command_and_ends() {
    let input = b"one\ntwo\n".repeat(1_000_000);
    let ended = Client::connect().await.run_with("cat", &input).await;
    assert_eq!(ended.stdout.len(), input.len());
    assert!(ended.stdout == input);
    assert_eq!(ended.status, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_on_standard_input_leaves_the_rest_to_its_command() {
    let line = r#"exec /bin/sh -c 'IFS= read -r c && eval "$c"'"#;
    let ended = Client::connect()
        .await
        .run_with(
            line,
            b"printf '%s.' one 'two three'; exec cat\nand the rest",
        )
        .await;
    assert_eq!(
        String::from_utf8_lossy(&ended.stdout),
        "one.two three.and the rest"
    );
    assert_eq!(ended.status, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_megabytes_arrive_whole() {
    let ended = Client::connect()
        .await
        .run("head -c 50000000 /dev/zero | tr '\\0' x; echo end")
        .await;
    assert_eq!(ended.stdout.len(), 50_000_004);
    let (body, tail) = ended.stdout.split_at(50_000_000);
    assert!(body.iter().all(|&byte| byte == b'x'));
    assert_eq!((tail, ended.status), (&b"end\n"[..], Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_run_side_by_side() {
    let client = Client::connect().await;
    let runs = (0..64).map(|n| {
        let client = &client;
        async move { (n, client.run(&format!("echo {n}; exit {n}")).await) }
    });
    for (n, ended) in join_all(runs).await {
        assert_eq!(ended.stdout, format!("{n}\n").into_bytes());
        assert_eq!(ended.status, Some(n));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_channel_ends_the_whole_group() {
    let client = Client::connect().await;
    let mut channel = client.start("sleep 1000 & echo $! $$; wait").await;
    let pids = first_line(&mut channel).await;
    channel.close().await.unwrap();
    assert_gone(&client, &pids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_ignores_the_request_to_end_is_killed() {
    let client = Client::connect().await;
    let mut channel = client
        .start("trap '' TERM; sleep 1000 & echo $! $$; wait; wait")
        .await;
    let pids = first_line(&mut channel).await;
    channel.close().await.unwrap();
    assert_gone(&client, &pids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_gone_takes_its_commands_along() {
    let client = Client::connect().await;
    let mut channel = client.start("sleep 1000 & echo $! $$; wait").await;
    let pids = first_line(&mut channel).await;
    drop(channel);
    client.leave().await;
    assert_gone(&Client::connect().await, &pids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_from_the_client_reaches_the_group() {
    let client = Client::connect().await;
    let mut channel = client.start("echo ready; exec sleep 1000").await;
    assert_eq!(first_line(&mut channel).await, "ready");
    channel.signal(Sig::INT).await.unwrap();
    assert_eq!(end(channel.split().0).await.signal.as_deref(), Some("INT"));
}

#[tokio::test(flavor = "multi_thread")]
async fn input_that_nobody_reads_is_bounded_and_stalls_no_other_channel() {
    let client = Client::connect().await;
    let channel = client.start("exec sleep 1000").await;
    let flood = vec![b'x'; 1024 * 1024];
    for _ in 0..15 {
        channel.data(&flood[..]).await.unwrap();
    }
    assert_eq!(client.run("echo here").await.stdout, b"here\n");
    let (incoming, outgoing) = channel.split();
    let sending = async { while outgoing.data(&flood[..]).await.is_ok() {} };
    tokio::select! {
        ended = end(incoming) => {
            let said = String::from_utf8(ended.stderr).unwrap();
            assert!(said.contains("did not read its input"), "{said}");
        }
        () = sending => panic!("the connection broke"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_environment_is_that_of_a_login() {
    let client = Client::connect().await;
    let ended = client.run("/usr/bin/env; echo PWD-IS $(pwd)").await;
    let text = String::from_utf8(ended.stdout).unwrap();
    for name in ["HOME", "LOGNAME", "PATH", "SHELL", "USER"] {
        assert!(
            text.lines()
                .any(|line| line.starts_with(&format!("{name}="))),
            "{name} in {text}"
        );
    }
    // Cargo sets many in this process; a shell adds none that begin so.
    assert!(std::env::vars().any(|(name, _)| name.starts_with("CARGO")));
    assert!(!text.contains("CARGO"), "{text}");
    let home = text
        .lines()
        .find_map(|line| line.strip_prefix("HOME="))
        .unwrap();
    let folder = text
        .lines()
        .find_map(|line| line.strip_prefix("PWD-IS "))
        .unwrap();
    assert_eq!(home, HOME);
    assert_eq!(
        PathBuf::from(folder),
        Path::new(home).canonicalize().unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_cannot_do_is_refused_and_the_connection_goes_on() {
    let client = Client::connect().await;
    let mut channel = client.handle.channel_open_session().await.unwrap();
    channel.request_shell(true).await.unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
    channel.request_subsystem(true, "netconf").await.unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
    channel.set_env(true, "LD_PRELOAD", "x").await.unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
    channel.agent_forward(true).await.unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
    assert!(
        client
            .handle
            .channel_open_direct_tcpip("127.0.0.1", 9, "127.0.0.1", 9)
            .await
            .is_err()
    );
    channel.exec(true, "echo still").await.unwrap();
    assert_eq!(end(channel.split().0).await.stdout, b"still\n");
}

/// Waits on the server itself until no process of these ids is left, some seconds at most.
pub(crate) async fn assert_gone(client: &Client, pids: &str) {
    assert_eq!(pids.split(' ').count(), 2, "{pids}");
    let script = format!(
        "n=0; for p in {pids}; do while kill -0 $p && [ $n -lt 5000000 ]; do n=$((n+1)); done; \
         kill -0 $p && echo $p lives; done"
    );
    let ended = client.run(&script).await;
    assert_eq!(String::from_utf8_lossy(&ended.stdout), "");
}

#[tokio::test]
async fn a_condition_holds_if_its_command_says_so() {
    for (line, holds) in [
        ("test -d /", true),
        ("test -f /", false),
        ("echo said; echo said >&2; cat", true),
        ("kill -KILL $$", false),
        ("no-such-program-at-all", false),
    ] {
        assert_eq!(local::holds(line).await, Some(holds), "{line}");
    }
}
