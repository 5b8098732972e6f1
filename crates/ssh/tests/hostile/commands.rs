//! Commands and shells.

use testkit::hostile::Case;

use crate::client::{Work, doing, meet};

#[tokio::test]
async fn a_channel_that_is_never_opened_is_waited_for_no_longer_than_it_may_take() {
    let late = "not run: no answer within 3 s";
    meet(Case::OpenNever, doing(Work::Run), late).await;
    meet(
        Case::OpenNever,
        doing(Work::Shell),
        "no shell: no answer within 20 s",
    )
    .await;
    meet(Case::ConfirmFlood, doing(Work::Run), late).await;
}

#[tokio::test]
async fn output_without_end_is_cut_off() {
    let large = "not run: more than 1048576 bytes came back";
    for case in [Case::Noise, Case::Stdout, Case::Stderr] {
        meet(case, doing(Work::Run), large).await;
    }
    // Nobody asked for it, so it is dropped.
    meet(Case::ThirdStream, doing(Work::Run), "no answer within 3 s").await;
}

#[tokio::test]
async fn a_command_that_has_no_end_is_given_up() {
    for case in [
        Case::NoEnd,
        Case::ExitFlood,
        Case::WindowFlood,
        Case::RequestFlood,
    ] {
        meet(case, doing(Work::Run), "not run: no answer within 3 s").await;
    }
}

#[tokio::test]
async fn what_makes_no_sense_ends_the_connection_and_an_end_too_many_does_not() {
    let gone = "not run: the connection is gone";
    meet(Case::HugeData, doing(Work::Run), gone).await;
    meet(Case::NoPackets, doing(Work::Run), "not run: ").await;
    meet(Case::CloseTwice, doing(Work::Run), "ok: os=Linux").await;
}
