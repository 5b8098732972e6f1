//! Secrets of each kind are removed where they stand, and what is like them stays.

use super::*;

/// A text and what is left of it, with the secret written between guillemets.
fn check(marked: &str) {
    let plain = marked.replace(['«', '»'], "");
    let mut expected = String::new();
    let mut count = 0;
    for (index, part) in marked.split(['«', '»']).enumerate() {
        if index % 2 == 0 {
            expected.push_str(part);
        } else {
            expected.push_str(REMOVED);
            expected.extend(part.matches('\n'));
            count += 1;
        }
    }
    let redacted = text(&plain);
    assert_eq!(redacted.text, expected, "of {plain:?}");
    assert_eq!(redacted.removed, count, "of {plain:?}");
    assert_eq!(
        text(&expected).removed,
        0,
        "a second pass over {expected:?}"
    );
}

#[test]
fn settings() {
    for marked in [
        "PGPASSWORD=«hunter2»",
        "A=b\nDB_PASSWORD=«correct horse battery»\nC=d\n",
        "docker run -e DB_SECRET=«x» -e A=b nginx",
        "\"Env\": [\n  \"PATH=/bin\",\n  \"DB_PASSWORD=«two words»\",\n  \"STRIPE_KEY=«k»\"\n]",
        "{\"password\":\"«a \\\" b»\",\"user\":\"ann\"}",
        "{\"log\":\"{\\\"password\\\":\\\"«x»\\\",\\\"a\\\":1}\"}",
        "password: «x y»\nuser: ann\n",
        "  - api_key: '«x»'\n",
        "{user: ann, password: «x»}",
        "password = «x»",
        "token = \"«x»\"",
        "'password' => '«x»',",
        "<password>«x»</password>",
        "secret: «|\n  a\n  b»\nnext: 1\n",
        "PrivateKey = «yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=»",
        "  private key: «yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=»",
        "  preshared key: «yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=»",
        "\tpsk=\"«long words»\"",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=«abc==»;EndpointSuffix=core",
        "Nov 29 app[1]: login user=ann password=«x», ok",
        "aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG»",
        "  DB_PASS: «hunter2»\nSTRIPE_KEY: «hunter2»\nsmtp_pass: «hunter2»",
        "{\"DB_PASS\":\"«hunter2»\",\"auth\":{\"user\":\"a\",\"pass\":\"«hunter2»\"}}",
        "smtp_pass=«hunter2»",
        "POST body: pass=«hunter2»&x=1",
        "Server=db;Uid=ann;Pwd=«hunter2»",
        "{\"user\":\"a\",\"pwd\":\"«hunter2»\",\"passwd\":\"«x»\"}",
        "passwd='«hunter2»'",
        "pwd: «hunter2»",
        "rocommunity «public» 10.0.0.0/8",
        "com2sec local localhost «public»",
        "requirepass «foobared»",
    ] {
        check(marked);
    }
}

#[test]
fn options() {
    for marked in [
        "psql --password «x» -h db",
        "psql --passwd «x» -h db",
        "run --password=«x» --verbose",
        "run --token «x»",
        "mysql -u root -p«x» db",
        "/usr/bin/mysqldump -p'«x y»' db",
        "sshpass -p «x» ssh host",
        "sshpass -p«x» ssh -p 22 host",
        "curl -u «ann:pw» http://h/",
        "curl -s --user «ann:pw» http://h/",
        "redis-cli -a «x» ping",
        "snmpwalk -v2c -c «public» host",
        "curl -H 'Authorization: Bearer «abc1defgh»' http://h/ -o x",
        "\"Args\": [\n  \"--password\",\n  \"«x»\",\n  \"-v\"\n]",
        "[\"sh\",\"--api-key\",\"«x»\",\"run\"]",
        "{\"flag\": \"--password\",\n \"«api_key»\": \"«x»\"}",
        "\"--token\"\n\"«password»\": \"«x y»\"",
        "docker login -u a -p «x» host && docker run -p 80:80 a",
        "OPTIONS=\"--password «hunter2» --host db\"",
        "Environment=APP_OPTS=\"--token «hunter2»\"",
        "{\"Cmd\":[\"sh\",\"-c\",\"--password «hunter2»\"]}",
        "args=[--password «hunter2» --x]",
        "[mysql -p«hunter2» db]",
        "`curl -u «ann:hunter2» h`",
        "- --password\n    - «hunter2»\n    - -v\n",
        "args:\n- \"--token\"\n- \"«hunter2»\"\n",
        "curl -s 'https://h/api?x=1&y=2' -u «ann:hunter2»",
        "curl -su «ann:hunter2» h",
        "ldapsearch -xw «hunter2»",
        "{\"c\":\"mysql -p\\\"«a b»\\\" db\"}",
        "sh -c 'mysql -p«hunter2»' x",
        "curl -H \"X-Api-Key:«hunter2»\" h",
    ] {
        check(marked);
    }
}

#[test]
fn behind_escapes() {
    for marked in [
        r#"{"a":"DB_USER=a\nDB_PASS=«a b»\nX=y\n","b":"c"}"#,
        r#"{"a":"x\nDB_PASS=«a b»","b":"c"}"#,
        r#"{"log":"{\"a\":\"x\\nDB_PASS=«a b»\\ny=1\"}","k":"v"}"#,
        r#"{"a":"x\r\nCookie: «sid=hunter2»\r\n"}"#,
        r#"{"a":"cd /x\ncurl -u «ann:hunter2» h"}"#,
        r#"{"a":"x\n--password «hunter2»"}"#,
        r#"{"a":"[x]\npsk=«hunter2»\n"}"#,
        r#"{"a":"net={\n\tpsk=\"«a b»\"\n}"}"#,
        r#""https://b/k?sv=1\u0026sig=«hunter2»""#,
        r#""https://b/k?a=b\u0026X-Amz-Signature=«hunter2»\u0026c=d""#,
        "<url>https://b/k?a=b&amp;sig=«hunter2»&amp;c=d</url>",
        r"{\x22password\x22:\x22«a b»\x22,\x22c\x22:1}",
        r"{\x22a\x22:1,\x22DB_PASS\x22:\x22«x»\x22,\x22Cookie\x22:\x22«a b»\x22}",
        r"\u0022password\u0022:\u0022«hunter2»\u0022",
        r#""a\t«ghp_abcdefghijklmnopqrstuvwxyz0123456789»""#,
        r"\u0022«ghp_abcdefghijklmnopqrstuvwxyz0123456789»\u0022",
        "x%3D«ghp_abcdefghijklmnopqrstuvwxyz0123456789»",
        r"C:\token=«hunter2»",
    ] {
        check(marked);
    }
}

#[test]
fn whole_values() {
    for marked in [
        "[wifi]\npsk=«correct horse hunter2»\nid=x",
        "password=«a b» user=c",
        "app --password=«it'shunter2» -v",
        "password: '«it''s hunter2»'",
        r"--password='«it'\''s hunter2»' -v",
        r#"--password='«it'"'"'s hunter2»' -v"#,
        "secret: «|\n  a\n\n  hunter2»\n\nb: c",
        "secret: «|2\n  hunter2»\nb: c",
        "secret: «| # c\n  hunter2»\nb: c",
        "\"X-Api-Key\":[\"«hunter2»\"]",
        "\"Authorization\": [\n  \"Token «hunter2»\"\n]",
        "password: &anchor «hunter2»",
        "{u'password': u'«hunter2»', 'token': b'«x»'}",
        "{'password': «9912345», 'a': 1}",
        "<password><![CDATA[«hunter2]]>»</password>",
        "<password type=\"x\">«hunter2»</password>",
        "<wsse:Password Type=\"http://x#y\">«hunter2»</wsse:Password>",
        "secret = «<value>hunter2</value>»",
        "- name: DB_PASSWORD\n  value: «a b»\n",
        "{\"name\":\"DB_PASSWORD\",\"value\":\"«hunter2»\"}",
        "{\"Key\": \"STRIPE_KEY\",\n \"Value\": \"«hunter2»\"}",
        "<add key=\"DB_PASSWORD\" value=\"«hunter2»\" />",
    ] {
        check(marked);
    }
}

/// A rule that is not linear does not come to its end on these in good time.
#[test]
fn long_lines_of_what_ends_late() {
    const LENGTH: usize = 128 << 10;
    let slashes = format!("{}\"-a ", "\\".repeat(65));
    for piece in [
        "-a/",
        "-a=",
        "-a(",
        "-a|",
        "-a;",
        &slashes,
        "Private-Lines: ",
        "Private-Lines: 9 ",
        "-----BEGIN PRIVATE KEY-----\r",
        "-----END PRIVATE KEY----->:key",
        "<password a=",
        "<password a=>",
        ":password a=>",
        "password: | # ",
        "\\npassword: | # ",
        "\\npassword=",
        "\\n",
        "\\u0026sig=",
        "\\x22password\\x22:\\x22",
        "password='\\",
        "''",
        "name:DB_PASSWORD,value",
        "pwd=/",
        ":\\/\\",
    ] {
        let long = piece.repeat(LENGTH / piece.len());
        assert_eq!(
            text(&long).text.matches('\n').count(),
            long.matches('\n').count(),
            "{piece:?}"
        );
    }
}

#[test]
fn addresses_and_headers() {
    for marked in [
        "postgres://ann:«p@w»@db:5432/x",
        "redis://:«pa/ss»@h:1/0",
        r#"{"url":"mysql:\/\/ann:«hunter2»@db\/x"}"#,
        "postgres://ann:«it'shunter2»@db:5432/x",
        "amqp://app:«K>hunter2»@mq:5672",
        "/login?user=a&pwd=«hunter2»",
        "https://h/x?a=b&token=«abc»&sig=«d%2F»&z=1 200",
        "GET /?key=«abc» HTTP/1.1",
        "Authorization: Basic «dXNlcjpwYXNz»",
        "authorization: Bearer «abc.def»",
        "Cookie: «a=b; c=d»",
        "Set-Cookie: «sid=1; Path=/»",
        "x \"Bearer «0123456789ab»\" y",
    ] {
        check(marked);
    }
}

#[test]
fn forms_of_tokens() {
    for marked in [
        "id «AKIAIOSFODNN7EXAMPLE» x",
        "(«ghp_abcdefghijklmnopqrstuvwxyz0123456789»)",
        "k «sk-proj-abcdefghijKLMNOP0123456789» x",
        "«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def-gh»",
        "a:«$6$abcdefgh$0123456789abcdefghijklmnop./»",
        "root:«$y$j9T$abcdefgh$0123456789abcdefghijklmnop./»:19000:0:99999:7:::",
        "ann:«rqXexS6ZhobKA»",
        "old:«rqXexS6ZhobKA»:19000:0:99999:7:::",
        "userPassword «{SSHA}0123456789abcdefghijklmn»",
        "wg0\t«yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=»\txTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\t51820\toff",
    ] {
        check(marked);
    }
}

#[test]
fn keys_in_armour() {
    for marked in [
        "a\n«-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----»\nb\n",
        "a\n«-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nabc»",
        "«MIIEabc\ndefg=\n-----END PRIVATE KEY-----»\nb",
        "{\"k\":\"«-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----»\\n\"}",
        "{\"k\":\"«-----BEGIN PRIVATE KEY-----\\nMIIE»\",\"a\":1}",
        "«-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nabc=\n-----END PGP PRIVATE KEY BLOCK-----»",
        "PuTTY-User-Key-File-2: ssh-rsa\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 2\n«BBBB\nCCCC»\nPrivate-MAC: x\n",
    ] {
        check(marked);
    }
}

#[test]
fn ordinary_text_stays() {
    for text in [
        "PATH=/bin PWD=/root KEYMAP=us OLDPWD=/",
        "Key: value\nkey = x\nSession: 3\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ ann@web1",
        "256 SHA256:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG root@web1 (ED25519)",
        "HostKeyAlgorithms sk-ecdsa-sha2-nistp256@openssh.com,sk-ssh-ed25519@openssh.com",
        "passwd:         files systemd",
        "cat: /etc/passwd: Permission denied",
        "ann ALL=(ALL) NOPASSWD: ALL",
        "cd /x pwd=/data/x a=b",
        "PASS: 3",
        "pub const MAP_PRIVATE: u32 = 2;",
        "\"pass\": \"http://app\", \"proxy_pass\": \"unix:/run/x\"",
        "{\"name\": \"PATH\", \"value\": \"/bin\"}",
        "{'x.secret': 1}",
        "Result<Token, Error> Authorization::get()",
        r"C:\new\table\x64 printf 'a\nb\tc'",
        "curl -sSfL http://a/?b=c&d=e -o x",
        "{\"a\":\"http://b:c\",\"d\":\"e@f\"}",
        "Failed password for root from 192.0.2.1 port 22 ssh2",
        "sudo: a password is required",
        "Last password change : Nov 29, 2026\nPassword expires : never\n",
        "PASS_MAX_DAYS 99999",
        "root:x:0:0:root:/root:/bin/bash",
        "root:*:19000:0:99999:7:::",
        "http://h:8080/a@b http://a/b@c:d",
        "DB_PASSWORD_FILE=/run/secrets/db",
        "ssl_key = </etc/ssl/key.pem",
        "private key: (hidden)",
        "PASSWORD=$DB_PASSWORD",
        "Basic authentication, bearer of news",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "550e8400-e29b-41d4-a716-446655440000",
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
    ] {
        assert_eq!(super::text(text).text, text);
    }
}

#[test]
fn commands_of_words() {
    let words = ["run", "--token", "abc", "--password=x", "A=b", "-v"].map(str::to_owned);
    let shown = super::words(words.to_vec());
    assert_eq!(
        shown,
        [
            "run",
            "--token",
            REMOVED,
            "--password=[removed]",
            "A=b",
            "-v"
        ]
    );
    let words = ["curl", "-su", "ann:hunter2", "http://h"].map(str::to_owned);
    let shown = super::words(words.to_vec());
    assert_eq!(shown, ["curl", "-su", REMOVED, "http://h"]);
    let line = "/bin/sh -c #(nop)  ENV A=b c DB_PASSWORD=hunter2 and more B=d";
    let expected = "/bin/sh -c #(nop)  ENV A=b c DB_PASSWORD=[removed] B=d";
    assert_eq!(text(line).text, expected);
}

#[test]
fn settings_are_secret_by_name_and_by_form() {
    for (name, value) in [
        ("DB_PASSWORD", "x"),
        ("apiKey", "x"),
        ("URL", "postgres://ann:pw@db/x"),
        ("users", "ann:$apr1$abcdefgh$0123456789abcdefghijkl"),
    ] {
        assert!(is_secret(name, value), "{name}");
    }
    for (name, value) in [("PATH", "/bin"), ("PWD", "/"), ("URL", "http://a/b@c:d")] {
        assert!(!is_secret(name, value), "{name}");
    }
}
