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
    ] {
        check(marked);
    }
}

#[test]
fn addresses_and_headers() {
    for marked in [
        "postgres://ann:«p@w»@db:5432/x",
        "redis://:«pa/ss»@h:1/0",
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
