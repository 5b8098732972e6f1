//! Folders and files.

use testkit::hostile::Case;

use crate::client::{Work, doing, meet};

#[tokio::test]
async fn a_million_names_are_listed_without_being_held() {
    meet(Case::MillionNames, doing(Work::List), "ok: 1000000 names").await;
}

#[tokio::test]
async fn a_folder_without_end_is_held_no_more_than_one_with_an_end() {
    for case in [Case::EndlessNames, Case::EndlessLinks, Case::ShortNames] {
        meet(case, doing(Work::List), "more than 1000000 names").await;
    }
}

#[tokio::test]
async fn lines_for_people_as_long_as_can_be_are_not_held() {
    meet(Case::LongLines, doing(Work::List), "ok: 400 names").await;
}

#[tokio::test]
async fn answers_that_lie_are_told() {
    for (case, work, words) in [
        (Case::FalseCount, Work::List, "not listed: "),
        (Case::LongPaths, Work::Look, "home: Err("),
        (
            Case::NoAnswers,
            Work::Read,
            "not read: no answer within 3 s",
        ),
        (
            Case::UnknownIds,
            Work::Read,
            "not read: no answer within 3 s",
        ),
    ] {
        meet(case, doing(work), words).await;
    }
}
