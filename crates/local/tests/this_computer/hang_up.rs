//! How what runs on a terminal ends: by itself, by its keys, by a hang-up; and its last words.

use russh::{Channel, client::Msg};
use tokio::time::timeout;

use crate::{
    client::{Client, end},
    exec::assert_gone,
    screen::{PATIENCE, all, shell, start, text, until},
};

const CTRL_C: &[u8] = b"\x03";

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_what_runs_in_front_and_not_the_shell() {
    let client = Client::connect().await;
    let mut shell = shell(&client).await;
    // What it prints, it prints from the front: earlier the shell itself might get the signal.
    pids_in_front(&mut shell, "").await;
    shell.data(CTRL_C).await.unwrap();
    shell.data(&b"printf 'y%sy\\n' 2\r"[..]).await.unwrap();
    until(&mut shell, "y2y").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_channel_hangs_up_the_shell_and_what_runs_in_front() {
    let client = Client::connect().await;
    let mut shell = shell(&client).await;
    let pids = pids_in_front(&mut shell, "").await;
    shell.close().await.unwrap();
    assert_gone(&client, &pids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_gone_hangs_up() {
    let client = Client::connect().await;
    let mut shell = shell(&client).await;
    let pids = pids_in_front(&mut shell, "").await;
    drop(shell);
    client.leave().await;
    assert_gone(&Client::connect().await, &pids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shell_is_told_of_the_hang_up_and_may_tidy_up() {
    let client = Client::connect().await;
    let path = std::env::temp_dir().join(format!("local-hang-up-{}", std::process::id()));
    let path = path.to_str().unwrap();
    let line = format!("trap 'sleep 0.2; echo $$ >{path}; exit' HUP; echo on.; sleep 1000 & wait");
    let mut channel = start(&client, &line).await;
    until(&mut channel, "on.").await;
    channel.close().await.unwrap();
    let wait = format!(
        "for n in $(seq 100); do [ -s {path} ] && break; sleep 0.1; done; cat {path}; rm {path}"
    );
    let told = client.run(&wait).await;
    assert!(text(&told).trim().parse::<u32>().is_ok(), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shell_that_ignores_the_hang_up_is_killed() {
    let client = Client::connect().await;
    let line = "trap '' HUP TERM; sleep 1000 & echo pids $! $$.; wait; wait";
    let mut channel = start(&client, line).await;
    let seen = until(&mut channel, ".").await;
    channel.close().await.unwrap();
    assert_gone(&client, &pids_of(&seen)).await;
}

/// An upgrade at work, or what `nohup` started, is not cut off with the window it was started in.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_ignores_the_hang_up_outlives_its_shell() {
    let client = Client::connect().await;
    let mut shell = shell(&client).await;
    let pids = pids_in_front(&mut shell, "trap \"\" HUP; ").await;
    shell.close().await.unwrap();
    let (job, shell) = pids.split_once(' ').unwrap();
    assert_gone(&client, &format!("{shell} {shell}")).await;
    let ended = client
        .run(&format!("kill -0 {job} && kill -KILL {job} && echo lives"))
        .await;
    assert_eq!(text(&ended), "lives\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channel_ends_with_the_shell_whoever_else_has_the_terminal() {
    let client = Client::connect().await;
    for background in ["sleep 1000", "yes", "cat"] {
        let line =
            format!("trap '' HUP; {background} & echo pid $!.; sleep 0.2; echo last; exit 5");
        let mut channel = start(&client, &line).await;
        let seen = until(&mut channel, ".").await;
        let ended = all(channel).await;
        assert!(text(&ended).contains("last\r\n"));
        assert_eq!(ended.status, Some(5), "{background}");
        let pid = seen.split_once("pid ").unwrap().1;
        let pid = pid.split_once('.').unwrap().0;
        client.run(&format!("kill -KILL {pid}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_words_arrive_however_short_the_life() {
    let client = Client::connect().await;
    let expected = format!("{:03000}\r\nlast\r\n", 0);
    for _ in 0..100 {
        let channel = start(&client, "printf '%03000d\\nlast\\n' 0").await;
        assert_eq!(text(&all(channel).await), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_holds_up_nobody_and_ends_by_ctrl_c() {
    let client = Client::connect().await;
    let mut channel = start(&client, "exec yes").await;
    until(&mut channel, &"y\r\n".repeat(10_000)).await;
    let (incoming, outgoing) = channel.split();
    let flood = tokio::spawn(end(incoming));
    for _ in 0..10 {
        let ran = timeout(PATIENCE, client.run("echo here")).await.unwrap();
        assert_eq!(ran.stdout, b"here\n");
    }
    assert!(!flood.is_finished());
    outgoing.data(CTRL_C).await.unwrap();
    let ended = timeout(PATIENCE, flood).await.unwrap().unwrap();
    assert!(!ended.stdout.is_empty());
    assert_eq!(ended.signal.as_deref(), Some("INT"));
}

/// Starts a job in a shell, which does this `first`; its process id and the shell's.
async fn pids_in_front(shell: &mut Channel<Msg>, first: &str) -> String {
    let line = format!("sh -c '{first}echo pids $$ $PPID.; exec sleep 1000'\r");
    shell.data(line.as_bytes()).await.unwrap();
    let mut seen = String::new();
    while pids_of(&seen).is_empty() {
        seen += &until(shell, ".").await;
    }
    pids_of(&seen)
}

/// What stands between `pids` and a full stop, where it is numbers.
fn pids_of(seen: &str) -> String {
    let found = seen.split("pids ").filter_map(|rest| rest.split_once('.'));
    let is_numbers = |pids: &str| pids.split(' ').all(|pid| pid.parse::<u32>().is_ok());
    let pids = found.map(|(pids, _)| pids).find(|pids| is_numbers(pids));
    pids.unwrap_or_default().to_owned()
}
