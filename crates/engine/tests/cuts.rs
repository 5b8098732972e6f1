//! Staying connected: a line that is cut for a while, a server that is started again, addresses and
//! keys that change, against a real sshd at the end of a real line, whose log counts the logins.
//!
//! Needs root and network namespaces; elsewhere each test says so and is done.
#![cfg(target_os = "linux")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "cuts/place.rs"]
mod place;
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::time::Duration;

use engine::{ConnectionState, FeedLine, TerminalState};
use place::{Place, connected, failed, lost};
use support::value;
use tokio::time::{Instant, sleep};

/// By when a dead line is known to be dead.
const DETECTED: Duration = Duration::from_secs(15);
/// The longest wait between two attempts, and some time for the attempt.
const RESUMED: Duration = Duration::from_secs(45);

/// All that take long only because they wait, side by side.
#[tokio::test]
async fn cuts_and_changes_of_address_are_survived_or_resumed_from() {
    tokio::join!(
        five_seconds_are_only_a_pause(),
        a_cut_that_is_noticed(),
        another_address_of_this_computer(),
        a_server_behind_another_that_alone_is_away(),
    );
}

async fn five_seconds_are_only_a_pause() {
    let Some(place) = Place::connected().await else {
        return;
    };
    let before = place.state();
    let counting = place.count_to(40).await;
    let mut following = place.follow().await;
    let mut load = place.look();
    value(&mut load, |value| value.reading.is_some()).await;

    place.far.cut();
    following.write("while it is cut");
    sleep(Duration::from_secs(5)).await;
    let checked = load.values.borrow().checked_at.clone();
    place.far.mend();

    counting.until_said("n40").await;
    assert_eq!(counting.assert_none_is_missing(), 40);
    assert_eq!(counting.state(), TerminalState::Running);
    following.until_record("while it is cut").await;
    value(&mut load, |value| value.checked_at > checked).await;
    assert_eq!(place.state(), before, "since then");
    place.assert_seen((1, 1, 0)).await;
}

async fn a_cut_that_is_noticed() {
    let Some(place) = Place::connected().await else {
        return;
    };
    // An attempt has failed when it ends.
    let over = async {
        place.until(failed(1)).await;
    };
    cut(&place, over).await;
}

/// Cuts the line until this is over; prints how long what took.
async fn cut(place: &Place, over: impl Future<Output = ()>) {
    let counting = place.count_to(10_000).await;
    let mut following = place.follow().await;
    let mut load = place.look();
    value(&mut load, |value| value.reading.is_some()).await;

    let begun = Instant::now();
    place.far.cut();
    following.write("while it is cut");
    let detected = async {
        let detected = place.until(lost).await;
        assert!(detected < DETECTED, "{detected:?}");
        let ended = value(&mut load, |value| value.error.is_some()).await;
        assert!(ended.reading.is_some(), "the last value stays");
        detected
    };
    let (detected, ()) = tokio::join!(detected, over);
    let took = begun.elapsed();
    place.far.mend();
    let resumed = place.until(connected).await;
    assert!(resumed < RESUMED, "{resumed:?}");
    println!(
        "cut for {:.1} s: noticed after {:.1} s, resumed {:.1} s after its end; {} logins, {} connections",
        took.as_secs_f64(),
        detected.as_secs_f64(),
        resumed.as_secs_f64(),
        place.far.logins(),
        place.far.connections(),
    );
    place.assert_seen((2, 2, 0)).await;

    value(&mut load, |value| value.error.is_none()).await;
    let TerminalState::Lost { error } = counting.state() else {
        panic!("{:?}", counting.state());
    };
    assert!(error.message.contains("no sign of life"), "{error:?}");
    assert!(counting.assert_none_is_missing() >= 2);
    let engine = &place.desk.engine;
    engine.restart_terminal(&counting.id).await.unwrap();
    counting.type_line("echo new'er'").await;
    counting.until_said("newer").await;
    assert!(counting.assert_none_is_missing() >= 2, "the text stays");
    let interrupted = following.next().await;
    assert!(
        matches!(&interrupted, FeedLine::Interrupted { error } if error.code == "lost"),
        "{interrupted:?}"
    );
    // It begins anew, with the end of the file as it is now.
    following.until_record("first").await;
    following.until_record("while it is cut").await;
}

async fn another_address_of_this_computer() {
    let Some(place) = Place::connected().await else {
        return;
    };
    place.far.move_client();
    let detected = place.until(lost).await;
    assert!(detected < DETECTED, "{detected:?}");
    place.until(connected).await;
    place.assert_seen((2, 2, 0)).await;
}

async fn a_server_behind_another_that_alone_is_away() {
    let Some(mut place) = Place::named().await else {
        return;
    };
    let behind = place.connect_behind(1).await;
    place.far.cut_within(true);
    let detected = place.until_of(&behind, lost).await;
    assert!(detected < DETECTED, "{detected:?}");
    place.far.stop_listening();
    place.far.cut_within(false);
    place.until_of(&behind, failed(1)).await;
    place.far.start_server();
    place.until_of(&behind, connected).await;
    assert!(connected(&place.state()), "the one before it was there");
    place.assert_seen((3, 3, 0)).await;
}

#[tokio::test]
async fn a_server_that_is_started_again_gets_one_login() {
    let Some(mut place) = Place::connected().await else {
        return;
    };
    let counting = place.count_to(10_000).await.id;
    place.far.stop_server();
    place.far.start_server();
    place.until(lost).await;
    place.until(connected).await;
    place.assert_seen((2, 2, 0)).await;
    place.desk.engine.restart_terminal(&counting).await.unwrap();
}

#[tokio::test]
async fn what_refuses_for_a_while_is_tried_ever_more_rarely_and_at_once_after_a_sleep() {
    let Some(mut place) = Place::connected().await else {
        return;
    };
    place.far.stop_server();
    place.until(failed(3)).await;
    let ConnectionState::Reconnecting {
        retry_at, error, ..
    } = place.state()
    else {
        panic!("{:?}", place.state());
    };
    assert_eq!(error.code, "refused");
    place.far.start_server();
    place.desk.engine.wake();
    place.until(connected).await;
    let ConnectionState::Connected { since, .. } = place.state() else {
        panic!("{:?}", place.state());
    };
    assert!(since < retry_at, "{since} {retry_at}");
    place.assert_seen((2, 2, 0)).await;
}

#[tokio::test]
async fn a_refused_login_is_the_last() {
    let Some(place) = Place::connected().await else {
        return;
    };
    place.far.authorize(false);
    place.far.end_sessions();
    place
        .until(|state| matches!(state, ConnectionState::Failed { .. }))
        .await;
    let ConnectionState::Failed { error } = place.state() else {
        panic!("{:?}", place.state());
    };
    assert_eq!(error.code, "authFailed", "{error:?}");
    assert!(error.message.contains("refused to log in"), "{error:?}");
    place.assert_seen((2, 1, 1)).await;
    place.desk.engine.wake();
    place.far.authorize(true);
    // A person's attempt is the first since.
    place.desk.engine.connect(&place.id).unwrap();
    place.until(connected).await;
    place.assert_seen((3, 2, 1)).await;
}

#[tokio::test]
async fn a_login_refused_on_the_way_is_tried_once_for_all_behind_it() {
    let Some(place) = Place::named().await else {
        return;
    };
    let mut all = vec![place.id.clone()];
    for number in 1..6 {
        all.push(place.connect_behind(number).await);
    }
    place.assert_seen((6, 6, 0)).await;
    place.far.authorize(false);
    place.far.end_sessions();
    for id in &all {
        place
            .until_of(id, |state| matches!(state, ConnectionState::Failed { .. }))
            .await;
        let ConnectionState::Failed { error } = place.desk.engine.server(id).unwrap().state else {
            panic!("it was so just now");
        };
        assert_eq!(error.code, "authFailed", "{error:?}");
    }
    place.assert_seen((7, 6, 1)).await;
}

#[tokio::test]
async fn a_name_is_looked_up_anew_for_each_attempt() {
    let Some(place) = Place::named().await else {
        return;
    };
    place.far.end_sessions();
    place.far.move_server();
    place.rename(&place.far.new_address().ip().to_string());
    place.until(lost).await;
    place.until(connected).await;
    place.assert_seen((2, 2, 0)).await;
}

#[tokio::test]
#[ignore = "takes a minute and a half"]
async fn a_cut_of_a_minute() {
    cut_for(Duration::from_secs(60)).await;
}

#[tokio::test]
#[ignore = "takes ten minutes"]
async fn a_cut_of_ten_minutes() {
    cut_for(Duration::from_secs(600)).await;
}

async fn cut_for(length: Duration) {
    let Some(place) = Place::connected().await else {
        return;
    };
    cut(&place, async { sleep(length).await }).await;
}
