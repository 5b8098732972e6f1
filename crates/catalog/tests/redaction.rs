//! What holds for redaction whatever the text: planted secrets go, nothing panics, a second pass
//! finds nothing, and a long line is no trouble.

use catalog::{redact, text};
use proptest::prelude::*;

/// Secrets that are known by their form, wherever they stand.
const BY_FORM: &[&str] = &[
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "AIzaSyA1234567890abcdefghijklmnopqrstuv",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "gho_abcdefghijklmnopqrstuvwxyz0123456789",
    "ghs_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
    "glpat-abcdefghij0123456789",
    "xoxb-123456789012-abcdefghijkl",
    "sk_live_abcdefghijklmnop",
    "sk-proj-abcdefghijKLMNOP0123456789",
    "sk-ant-api03-abcdefghijKLMNOP0123456789",
    "npm_abcdefghijklmnopqrstuvwxyz0123456789",
    "pypi-AgEIcHlwaS5vcmcCJGFiY2RlZg",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghij",
    "$1$abcdefgh$0123456789abcdefghijkl",
    "$2b$12$abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL",
    "$5$abcdefgh$0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    "$6$abcdefgh$0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    "$y$j9T$abcdefgh$0123456789abcdefghijklmnopqrstuvwxyz",
    "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g",
    "{SSHA}abcdefghijklmnopqrstuvwxyz012345",
    "-----BEGIN PRIVATE KEY-----\\nMIIEabc\\n-----END PRIVATE KEY-----",
];

/// Contexts of a secret that is known by its form; `%` stands for it.
const ANYWHERE: &[&str] = &[
    "%",
    "run --thing %",
    "run --thing=%",
    "THING=%",
    "{\"thing\": \"%\"}",
    "{\"a\":\"{\\\"thing\\\":\\\"%\\\"}\"}",
    "thing: %",
    "thing = %",
    "https://host/path?thing=%&b=c",
    "Nov 29 06:00:00 web1 app[1]: said % to it",
    "one\ntwo (%)\nthree",
];

/// Contexts that make a secret of any word.
const BY_NAME: &[&str] = &[
    "run --password %",
    "run --password=%",
    "run --db-password '%'",
    "run --api-key \"%\"",
    "mysql -u root -p% db",
    "curl -u ann:% http://h/",
    "PGPASSWORD=% psql",
    "sshpass -p % ssh host",
    "docker run -e NAME_SECRET=% image",
    "APP_TOKEN=%",
    "APP_KEY=%",
    "AWS_SECRET_ACCESS_KEY=%",
    "{\"password\": \"%\"}",
    "{\"Env\":[\"A=b\",\"DB_PASSWORD=%\"]}",
    "{\"a\":\"{\\\"secret\\\":\\\"%\\\"}\"}",
    "password: %",
    "  - secret: '%'",
    "password = %",
    "psk=\"%\"",
    "PresharedKey = %",
    "rocommunity %",
    "postgres://ann:%@db/x",
    "https://host/path?a=b&token=%&c=d",
    "https://host/path?sig=%",
    "Authorization: Bearer %",
    "Authorization: Basic %",
    "Cookie: sid=%",
    "Set-Cookie: sid=%; Path=/",
    "Endpoint=https;AccountKey=%;Suffix=x",
    "Nov 29 06:00:00 web1 app[1]: connecting with password=% to it",
    "<password>%</password>",
    "-----BEGIN OPENSSH PRIVATE KEY-----\n%\n-----END OPENSSH PRIVATE KEY-----",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n%\n-----END PGP PRIVATE KEY BLOCK-----",
];

fn planted() -> impl Strategy<Value = (String, String)> {
    let by_form = (
        proptest::sample::select(BY_FORM).prop_map(str::to_owned),
        proptest::sample::select(ANYWHERE),
    );
    let by_name = (
        "[a-zA-Z0-9]{12,40}".prop_filter("a word of ours", |word| !word.contains("removed")),
        proptest::sample::select(BY_NAME),
    );
    prop_oneof![by_form, by_name].prop_map(|(secret, context)| {
        let text = context.replace('%', &secret);
        (secret, text)
    })
}

/// Texts of pieces that mean something to one rule or another.
fn a_text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        " ",
        "\n",
        "\t",
        ":",
        ": ",
        "=",
        " = ",
        "\"",
        "'",
        "\\",
        "`",
        ",",
        ";",
        "&",
        "?",
        "{",
        "}",
        "<",
        ">",
        "|",
        "/",
        "@",
        "://",
        "a",
        "x",
        "password",
        "DB_PASSWORD",
        "token",
        "--password",
        "-p",
        "-p'",
        "mysql ",
        "curl ",
        "-u ",
        "sshpass ",
        "ENV ",
        "Authorization",
        "Bearer ",
        "Basic ",
        "Cookie",
        "private ",
        "key",
        "secret",
        "ü",
        "$6$",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "Private-Lines: 2",
        "eyJ",
        "abcdefghijklmnop0123456789ABC",
        "[removed]",
        "rocommunity ",
        "export ",
        "- ",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn planted_secrets_are_gone((secret, planted) in planted(), before in "[a-z ]{0,12}\n", after in "\n[a-z ]{0,12}") {
        let whole = format!("{before}{planted}{after}");
        let redacted = redact::text(&whole);
        prop_assert!(!redacted.text.contains(&secret), "{:?}", redacted.text);
        prop_assert!(redacted.removed > 0);
        prop_assert!(redacted.text.starts_with(&before) && redacted.text.ends_with(&after), "{:?}", redacted.text);
        // Colours in the middle of it are stripped before.
        let middle = whole.char_indices().nth(whole.chars().count() / 2).map_or(0, |(place, _)| place);
        let (first, second) = whole.split_at(middle);
        let coloured = format!("{first}\u{1b}[1;31m{second}\u{1b}[0m");
        prop_assert_eq!(redact::text(&text::clean(coloured.as_bytes())), redacted);
    }

    #[test]
    fn any_text_keeps_its_lines_and_is_done_at_once(text in a_text()) {
        let redacted = redact::text(&text);
        prop_assert_eq!(redacted.text.matches('\n').count(), text.matches('\n').count());
        let again = redact::text(&redacted.text);
        prop_assert_eq!(again.removed, 0, "{:?} becomes {:?}", redacted.text, again.text);
        prop_assert_eq!(redacted.removed == 0, redacted.text == text);
    }
}

/// A rule that is not linear does not come to its end on these in good time.
#[test]
fn long_lines_are_no_trouble() {
    const LENGTH: usize = 128 << 10;
    for piece in [
        "a",
        "-",
        "=",
        "\"",
        "\\",
        "password=",
        "password=\"",
        "\"password\": ",
        "--password ",
        "sk-",
        "eyJ",
        "://",
        "x://:a",
        "x://a:b@",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "PRIVATE KEY",
        "ENV A_KEY=x ",
        "A_KEY=x;",
        "'A_KEY=",
        "\"Cookie: ",
        "mysql -p\"\\",
        "Bearer ",
        "a:",
        "<password>",
        "\\\"password\\\":\\\"",
        "private key: ",
        "password: |\n ",
        "Private-Lines: 399\nA\n",
    ] {
        let text = piece.repeat(LENGTH / piece.len());
        assert_eq!(
            redact::text(&text).text.matches('\n').count(),
            text.matches('\n').count(),
            "{piece:?}"
        );
    }
}
