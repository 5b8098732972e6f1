//! What a login prints is no answer about packages, whichever parser it comes to.

use catalog::{QUERIES, RawOutput, Source};

const BANNERS: &[&str] = &[
    "Welcome to web1\n",
    "*** Welcome to web1 ***\n\nLast login: Sun Nov 29 01:57:14 2026 from 10.0.0.1\nEnjoy your stay\n",
    "Linux web1 6.1.0-42-amd64 #1 SMP Debian 6.1.159-1 (2026-01-02) x86_64\n\nYou have new mail.\n",
    "Debian GNU/Linux 12 - all use is logged\n  System load: 0.1, 0.2, 0.3\n  12 updates can be applied.\n",
];

#[test]
fn a_banner_is_no_answer_about_packages() {
    let mut wrong = Vec::new();
    for query in QUERIES {
        if !query.id().starts_with("packages.") {
            continue;
        }
        for (index, (variant, _)) in query.variants().into_iter().enumerate() {
            for banner in BANNERS {
                let raw = RawOutput {
                    stdout: banner.as_bytes(),
                    exit_code: Some(0),
                    ..RawOutput::default()
                };
                if let Ok(parsed) = query.parse(index, raw) {
                    wrong.push(format!("{} by {variant}: {parsed:?}", query.id()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that are not there are no answer either.
#[test]
fn nothing_at_all_is_no_answer_from_files() {
    for query in QUERIES {
        if !query.id().starts_with("packages.") {
            continue;
        }
        let Ok(prepared) = query.prepare(&serde_json::Value::Null) else {
            continue;
        };
        for index in 0..query.variants().len() {
            if matches!(prepared.source(index), Some(Source::Files(_))) {
                assert!(
                    query.parse(index, RawOutput::default()).is_err(),
                    "{}",
                    query.id()
                );
            }
        }
    }
}
