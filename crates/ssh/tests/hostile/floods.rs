//! On a connection that stands: what nobody asked for, and new keys.

use testkit::hostile::Case;

use crate::client::{Work, doing, meet};

#[tokio::test]
async fn channels_that_nobody_asked_for_are_refused_and_many_of_them_end_it() {
    let words = "closed: it broke: it opens one channel after the other that nobody asked for";
    for kind in [
        "session",
        "x11",
        "forwarded-tcpip",
        "direct-tcpip",
        "auth-agent@openssh.com",
        "lie@example.org",
    ] {
        meet(Case::OpenFlood(kind), doing(Work::Stay), words).await;
    }
    meet(Case::OpenFloodUnread, doing(Work::Stay), words).await;
}

/// They take time, and nothing else: a command beside them ends as it would without.
#[tokio::test]
async fn messages_without_end_take_no_memory() {
    for case in [
        Case::GlobalFlood("hostkeys-00@openssh.com"),
        Case::GlobalFlood("tcpip-forward"),
        Case::GlobalFlood("keepalive@openssh.com"),
        Case::IgnoreFlood,
        Case::DebugFlood,
        Case::ReplyFlood,
        Case::CompressionBomb,
    ] {
        let said = meet(case, doing(Work::Run), "not run: no answer within 3 s").await;
        assert!(said.took_ms < 20_000, "{case:?}: {said:?}");
    }
}

/// Its answers have nowhere to go, so it is as good as dead.
#[tokio::test]
async fn a_server_that_asks_without_end_and_reads_nothing_is_left() {
    let words = "closed: the server gave no sign of life";
    meet(Case::GlobalFloodUnread, doing(Work::Stay), words).await;
}

/// A server that can prove that it has its key must do so again when it agreed on new keys.
#[tokio::test]
async fn a_host_key_that_changes_in_mid_life_ends_it() {
    let words = "does not prove that it still has its key SHA256:";
    meet(Case::ChangedKey, doing(Work::Stay), words).await;
}

#[tokio::test]
async fn new_keys_over_and_over_end_it() {
    let words = "closed: it broke: it wants new keys over and over";
    meet(Case::RekeyEndless, doing(Work::Stay), words).await;
    let words = "not run: no answer within 3 s";
    meet(Case::RekeyStalled, doing(Work::Run), words).await;
}
