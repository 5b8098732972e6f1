//! Before login.

use std::time::Duration;

use testkit::hostile::{Case, Step};

use crate::client::{Meeting, Work, doing, meet};

/// With steps so short that the server's mischief is all that takes time.
fn hurried() -> Meeting {
    Meeting {
        step: Duration::from_millis(700),
        ..doing(Work::Run)
    }
}

#[tokio::test]
async fn a_server_that_does_nothing_wrong_is_fine() {
    meet(Case::None, doing(Work::Run), "ok: os=Linux").await;
}

#[tokio::test]
async fn first_lines_that_do_not_end_are_given_up() {
    for (case, words) in [
        (
            Case::BannerLines,
            "it said \"Welcome to a server that likes to talk.\"",
        ),
        (Case::BannerLine, "does not speak SSH"),
        (Case::BannerDrip, "within 0.7 s (SSH banner)"),
    ] {
        meet(case, hurried(), words).await;
    }
    let slower = Meeting {
        step: Duration::from_secs(3),
        ..hurried()
    };
    meet(Case::KexInitDrip, slower, "within 3 s (key exchange)").await;
}

#[tokio::test]
async fn an_agreement_on_keys_that_does_not_end_is_given_up() {
    for (case, words) in [
        (Case::HugePacket, "does not speak SSH"),
        (Case::HugeKexInit, "does not speak SSH"),
        (Case::KexInitFlood, "does not speak SSH"),
        (
            Case::IgnoreInKex,
            "sends without end before anybody is logged in",
        ),
        (Case::BadGroup, "does not speak SSH"),
        (Case::HugeHostKey, "does not speak SSH"),
    ] {
        meet(case, doing(Work::Run), words).await;
    }
}

#[tokio::test]
async fn compression_stays_off_whatever_is_offered() {
    meet(
        Case::CompressionForced,
        doing(Work::Run),
        "No common Compression algorithm",
    )
    .await;
    meet(Case::CompressionOffered, doing(Work::Run), "ok: os=Linux").await;
}

#[tokio::test]
async fn a_login_that_does_not_end_is_given_up() {
    for (case, words) in [
        (Case::ServiceNever, "(authentication)"),
        (Case::LoginBannerDrip, "(authentication)"),
    ] {
        let meeting = Meeting {
            step: Duration::from_secs(2),
            ..doing(Work::Run)
        };
        meet(case, meeting, words).await;
    }
    let endless = "sends without end before anybody is logged in";
    for (case, words) in [
        (Case::ExtInfoFlood, "does not speak SSH"),
        (Case::LoginBanners, endless),
        (Case::HugeLoginBanner, "does not speak SSH"),
        (Case::PromptRounds, "one question after the other"),
        (Case::Prompts, "too many questions at once"),
    ] {
        meet(case, doing(Work::Run), words).await;
    }
}

/// What a server sends while a person thinks is not held without bound.
#[tokio::test]
async fn answers_without_end_to_one_question_end_it() {
    let away = Meeting {
        is_away: true,
        ..doing(Work::Run)
    };
    let words = "sends without end before anybody is logged in";
    meet(Case::LoginFailures, away, words).await;
}

#[tokio::test]
async fn a_server_that_hangs_up_is_told_at_every_step() {
    for step in Step::ALL {
        let (work, words) = match step {
            Step::Accept
            | Step::MidBanner
            | Step::Banner
            | Step::MidKexInit
            | Step::KexInit
            | Step::MidKexReply
            | Step::NewKeys
            | Step::ServiceAccept
            | Step::InLogin => (Work::Run, "not connected: 127.0.0.1:"),
            Step::Login | Step::ChannelOpen | Step::MidExec => {
                (Work::Run, "not run: the connection is gone")
            }
            Step::SftpInit => (Work::List, "no files: the connection is gone"),
            Step::MidRead => (Work::Read, "not read: the connection is gone"),
        };
        let said = meet(Case::HangsUp(step), doing(work), words).await;
        assert!(said.words.contains("closed"), "{step:?}: {said:?}");
    }
    let words = "the server closed it: too many  [31mfriends   here";
    let said = meet(Case::Disconnects, doing(Work::Run), words).await;
    assert!(said.words.len() < 300, "{said:?}");
}
