//! Text in files, found by the `grep` of each family.
#![expect(clippy::unwrap_used, reason = "a test")]

mod support;

use std::time::Duration;

use catalog::{
    arguments::RemotePath,
    content::{self, BAD_PATTERN, How, Reading},
};
use secrecy::SecretString;
use ssh::Limits;
use support::lab::by_key;
use testkit::lab::Lab;

const LIMITS: Limits = Limits {
    timeout: Duration::from_secs(30),
    output_bytes: 1 << 20,
};
const REGEX: How = How {
    regex: true,
    any_case: true,
};

#[tokio::test]
async fn every_grep_finds_text_and_refuses_what_is_no_pattern() {
    let Some(lab) = Lab::find() else { return };
    for host in lab
        .hosts
        .iter()
        .filter(|host| !host.name.ends_with("-slow"))
    {
        let Some(user) = host.users.iter().find(|user| user.key) else {
            continue;
        };
        let connection = by_key(lab, host, &user.name).await;
        let etc = RemotePath::try_from("/etc".to_owned()).unwrap();
        let command = content::search(REGEX, &[etc]);
        let pattern = SecretString::from("^ROOT:[^:]*:0:0:.*[$`'\"\\]?".to_owned());
        let mut running = connection
            .follow(&command, Some(&pattern), &LIMITS)
            .unwrap();
        let mut reading = Reading::default();
        let mut hits = Vec::new();
        while let Some(piece) = running.next().await {
            hits.extend(reading.push(&piece));
        }
        let output = running.end().await.unwrap();
        assert_eq!(reading.unread, 0, "{}", host.name);
        let passwd = hits
            .iter()
            .flatten()
            .find(|hit| hit.path.as_bytes() == b"/etc/passwd");
        let passwd = passwd.unwrap();
        assert_eq!(
            (passwd.line, &passwd.text[..10]),
            (1, &b"root:x:0:0"[..]),
            "{}",
            host.name
        );
        assert!(
            matches!(output.exit_code, Some(0 | 2)),
            "{}: {output:?}",
            host.name
        );

        let wrong = SecretString::from("a(b".to_owned());
        let output = connection
            .exec(&command, Some(&wrong), &LIMITS)
            .await
            .unwrap();
        assert_eq!(
            output.exit_code,
            Some(BAD_PATTERN),
            "{}: {output:?}",
            host.name
        );
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{}",
            host.name
        );
    }
}
