//! Commands and file reads, against servers inside the test.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use secrecy::SecretString;
use ssh::{ExecError, Limits};
use support::{LIMITS, connected, files_of, probe, until};
use testkit::server::{Answer, Asked, Behaviour, End, Server};

fn behaviour(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Behaviour {
    Behaviour::with_password("secret").answering(answer)
}

#[tokio::test]
async fn a_command_gets_its_words_and_its_secret_and_gives_its_output() {
    let server = Server::start(behaviour(|asked| {
        assert_eq!(asked.stdin, b"hunter2");
        Answer {
            noise: b"Last login: today\r\n".to_vec(),
            ..Answer::printing(asked.argv.join("|"))
        }
        .with_stderr("careful\n")
    }))
    .await;
    let connection = connected(&server).await;
    let secret = SecretString::from("hunter2");
    let output = connection
        .exec(&probe(), Some(&secret), &LIMITS)
        .await
        .unwrap();
    assert_eq!(output.stdout, probe().argv().join("|").into_bytes());
    assert_eq!(
        (output.stderr.as_slice(), output.exit_code),
        (&b"careful\n"[..], Some(0))
    );
    assert_eq!(output.signal, None);
    until("the channel is closed", || server.seen().channels() == 0).await;
}

#[tokio::test]
async fn a_timeout_a_flood_and_a_dropped_future_end_the_process_and_the_channel() {
    for end in [End::Never, End::Flood] {
        let server = Server::start(behaviour(move |_| Answer::ending(end))).await;
        let connection = connected(&server).await;
        let limits = Limits {
            timeout: Duration::from_millis(200),
            output_bytes: 100_000,
        };
        let error = connection.exec(&probe(), None, &limits).await.unwrap_err();
        match end {
            End::Flood => assert!(matches!(error, ExecError::OutputTooLarge { .. }), "{error}"),
            _ => assert!(matches!(error, ExecError::Timeout { .. }), "{error}"),
        }
        until("it is killed", || server.seen().killed() == [1000]).await;
        until("its channel is closed", || server.seen().channels() == 0).await;

        let (command, endless) = (
            probe(),
            Limits {
                output_bytes: usize::MAX,
                ..LIMITS
            },
        );
        {
            let running = connection.exec(&command, None, &endless);
            tokio::pin!(running);
            tokio::select! {
                _ = &mut running => panic!("it never ends"),
                () = until("it runs", || server.seen().commands().len() == 3) => {}
            }
        }
        until("it is killed", || server.seen().killed().len() == 2).await;
        until("its channel is closed", || server.seen().channels() == 0).await;
        assert_eq!(server.seen().connections(), 1);
    }
}

/// What nobody takes is held up to a bound, and ends the process then.
#[tokio::test]
async fn what_is_listened_to_is_not_held_without_bound() {
    let server = Server::start(behaviour(|_| Answer::ending(End::Flood))).await;
    let connection = connected(&server).await;
    let mut listening = connection.listen(&probe()).unwrap();
    assert!(listening.next().await.is_some());
    let error = listening.end().await.unwrap_err();
    assert!(matches!(error, ExecError::OutputTooLarge { .. }), "{error}");
    until("it is killed", || server.seen().killed() == [1000]).await;
    until("its channel is closed", || server.seen().channels() == 0).await;
}

#[tokio::test]
async fn a_flood_does_not_stall_another_channel() {
    let server = Server::start(behaviour(|asked| {
        let floods = asked.argv.iter().any(|word| word == "/proc/loadavg");
        if floods {
            Answer::ending(End::Flood)
        } else {
            Answer::printing("quick")
        }
    }))
    .await;
    let connection = connected(&server).await;
    let flood = catalog::files::print(files_of("system.load"));
    let endless = Limits {
        timeout: Duration::from_secs(60),
        output_bytes: usize::MAX,
    };
    let flooding = connection.exec(&flood, None, &endless);
    tokio::pin!(flooding);
    let (command, quick) = (
        probe(),
        Limits {
            timeout: Duration::from_secs(5),
            ..LIMITS
        },
    );
    let asking = async {
        until("the flood runs", || server.seen().commands().len() == 1).await;
        for _ in 0..5 {
            let output = connection.exec(&command, None, &quick).await.unwrap();
            assert_eq!(output.stdout, b"quick");
        }
    };
    tokio::select! {
        _ = &mut flooding => panic!("it never ends"),
        () = asking => {}
    }
}

#[tokio::test]
async fn many_commands_share_one_connection_whatever_the_server_allows() {
    for most_channels in [1, 2, 3, 10] {
        let behaviour = behaviour(|_| Answer::printing("x"));
        let files: &[(&str, &[u8])] = &[("/proc/loadavg", b"0.1 0.2 0.3 1/2 3\n")];
        let server = Server::start(Behaviour {
            most_channels,
            ..behaviour.serving(files)
        })
        .await;
        let connection = connected(&server).await;
        let (command, paths) = (probe(), files_of("system.load"));
        let reads = (0..30).map(|_| connection.read_files(paths, Duration::from_secs(20)));
        let runs = (0..30).map(|_| connection.exec(&command, None, &LIMITS));
        let (runs, reads) = tokio::join!(join_all(runs), join_all(reads));
        for read in reads {
            match read {
                Ok(files) => assert!(files[0].bytes.is_some()),
                Err(error) => assert_eq!((error, most_channels), (ExecError::NoSftp, 1)),
            }
        }
        for (index, run) in runs.into_iter().enumerate() {
            let output = run.unwrap_or_else(|error| panic!("{most_channels}, {index}: {error}"));
            assert_eq!(output.stdout, b"x");
        }
        assert_eq!(server.seen().connections(), 1);
        assert!(server.seen().most_channels() <= most_channels);
        if most_channels == 10 {
            assert_eq!(
                server.seen().refused_channels(),
                0,
                "sshd's default is never hit"
            );
        }
    }
}

#[tokio::test]
async fn a_server_that_runs_nothing_is_told_from_a_failure() {
    let nothing = Behaviour {
        refuses_exec: true,
        ..Behaviour::with_password("secret")
    };
    let no_channels = Behaviour {
        most_channels: 0,
        ..Behaviour::with_password("secret")
    };
    for behaviour in [nothing, no_channels] {
        let server = Server::start(behaviour).await;
        let connection = connected(&server).await;
        let error = connection.exec(&probe(), None, &LIMITS).await.unwrap_err();
        assert_eq!(error, ExecError::Refused);
        until("its channel is closed", || server.seen().channels() == 0).await;
    }
    let server = Server::start(behaviour(|_| Answer {
        noise: b"\nThis account is closed.\n".to_vec(),
        marker: false,
        ..Answer::exit(1)
    }))
    .await;
    let error = connected(&server)
        .await
        .exec(&probe(), None, &LIMITS)
        .await
        .unwrap_err();
    let first_line = Some("This account is closed.".to_owned());
    assert_eq!(
        error,
        ExecError::NoMarker {
            first_line,
            exit_code: Some(1)
        }
    );
}

#[tokio::test]
async fn files_are_read_over_one_channel_that_is_used_again() {
    let stat: Vec<u8> = b"cpu ".iter().cycle().take(600_000).copied().collect();
    let paths = [files_of("system.load"), files_of("system.cpu")].concat();
    assert!(paths.len() > 1);
    let first = paths[0].as_str();
    let files: &[(&str, &[u8])] = &[(first, &stat)];
    let server = Server::start(Behaviour::with_password("secret").serving(files)).await;
    let connection = connected(&server).await;
    for _ in 0..3 {
        let read = connection
            .read_files(&paths, Duration::from_secs(10))
            .await
            .unwrap();
        assert_eq!(read.iter().map(|file| file.path).collect::<Vec<_>>(), paths);
        assert_eq!(read[0].bytes.as_deref(), Some(stat.as_slice()));
        assert!(
            read.iter()
                .filter(|file| file.path != paths[0])
                .all(|file| file.bytes.is_none())
        );
    }
    assert_eq!(
        (server.seen().channels(), server.seen().most_channels()),
        (1, 1)
    );
    assert!(server.seen().commands().is_empty());
}

#[tokio::test]
async fn a_file_that_is_too_large_and_a_server_without_sftp_say_so() {
    let paths = files_of("system.load");
    let large = vec![b'x'; (4 << 20) + 1];
    let files: &[(&str, &[u8])] = &[(paths[0].as_str(), &large)];
    let server = Server::start(Behaviour::with_password("secret").serving(files)).await;
    let connection = connected(&server).await;
    let time = Duration::from_secs(20);
    let error = connection.read_files(paths, time).await.unwrap_err();
    assert_eq!(
        error,
        ExecError::OutputTooLarge {
            limit_bytes: 4 << 20
        }
    );

    let ends = Behaviour {
        sftp_ends_at_once: true,
        ..Behaviour::with_password("secret")
    };
    for behaviour in [Behaviour::with_password("secret"), ends] {
        let server = Server::start(behaviour).await;
        let connection = connected(&server).await;
        assert!(!connection.has_sftp().await);
        let error = connection.read_files(paths, time).await.unwrap_err();
        assert_eq!(error, ExecError::NoSftp);
        until("its channel is closed", || server.seen().channels() == 0).await;
        assert_eq!(server.seen().most_channels(), 1, "it is not tried again");
    }
}

#[tokio::test]
async fn what_is_no_sftp_is_told_and_its_channel_closed() {
    const VERSION: &[u8] = b"\0\0\0\x05\x02\0\0\0\x03";
    let paths = files_of("system.load");
    let cut_short: &[u8] = b"\0\0\0\x0a\x66\0\0\0\x01\0\0\0\x09x";
    for (before, sent, said) in [
        // What a start-up file prints, and another version.
        (&b""[..], &b"** Welcome **\r\n"[..], None),
        (b"", b"\0\0\0\x05\x02\0\0\0\x06", None),
        (b"", b"\0\0\0\x01\x02", None),
        (VERSION, b"\xff\xff\xff\xff", Some("4294967295 bytes")),
        (VERSION, cut_short, Some("cut short")),
        (
            VERSION,
            b"\0\0\0\x05\xc8\0\0\0\x01",
            Some("unknown kind 200"),
        ),
    ] {
        let server = Server::start(Behaviour {
            sftp_sends: Some([before, sent].concat()),
            ..Behaviour::with_password("secret")
        })
        .await;
        let connection = connected(&server).await;
        let error = connection
            .read_files(paths, Duration::from_secs(20))
            .await
            .unwrap_err();
        match (said, &error) {
            (None, ExecError::NoSftp) => {}
            (Some(said), ExecError::Sftp { reason }) if reason.contains(said) => {}
            _ => panic!("{error:?} for {sent:?}"),
        }
        drop(connection);
        until("its channel is closed", || server.seen().channels() == 0).await;
    }
}

#[tokio::test]
async fn a_stream_inside_the_process_needs_no_key_and_no_person() {
    let (near, far) = tokio::io::duplex(64 * 1024);
    let server = Server::start(Behaviour {
        open: true,
        ..behaviour(|_| Answer::printing("here"))
    })
    .await;
    let address = server.address();
    let carrying = tokio::spawn(async move {
        let mut far = far;
        let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
        tokio::io::copy_bidirectional(&mut far, &mut socket).await
    });
    let connection = ssh::connect_stream(near, None, "me")
        .await
        .unwrap()
        .witnessed(testkit::anyone());
    assert_eq!(connection.details().host_key, None);
    let output = connection.exec(&probe(), None, &LIMITS).await.unwrap();
    assert_eq!(output.stdout, b"here");
    let inner = Arc::new(connection);
    drop(inner);
    let _ = carrying.await;
}

#[tokio::test(start_paused = true)]
async fn a_line_that_goes_dead_is_noticed_within_fifteen_seconds() {
    let open = Behaviour {
        open: true,
        ..behaviour(|_| Answer::ending(End::Never))
    };
    let (stream, server) = testkit::server::in_memory(open);
    let connection = ssh::connect_stream(stream, None, "me")
        .await
        .unwrap()
        .witnessed(testkit::anyone());
    // Just after a sign of life, so that the next one is a whole interval away.
    let alive = Duration::from_millis(3_600_100);
    assert!(
        tokio::time::timeout(alive, connection.closed())
            .await
            .is_err(),
        "it is kept alive"
    );
    server.freeze();
    let begun = tokio::time::Instant::now();
    assert_eq!(connection.closed().await, ssh::Closed::Silent);
    assert!(
        begun.elapsed() <= Duration::from_secs(15),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_check_ends_a_dead_line_in_its_time_and_no_other() {
    let open = Behaviour {
        open: true,
        ..behaviour(|_| Answer::ending(End::Never))
    };
    let (stream, server) = testkit::server::in_memory(open);
    let connection = ssh::connect_stream(stream, None, "me")
        .await
        .unwrap()
        .witnessed(testkit::anyone());
    let second = Duration::from_secs(1);
    connection.check(second).await;
    assert!(!connection.is_closed());
    server.freeze();
    let begun = tokio::time::Instant::now();
    connection.check(second).await;
    assert_eq!(connection.closed().await, ssh::Closed::Silent);
    assert!(begun.elapsed() < 2 * second, "{:?}", begun.elapsed());
    // Of one that is gone there is nothing to be asked.
    connection.check(second).await;
}

#[tokio::test(start_paused = true)]
async fn closing_ends_what_runs_on_the_server_and_begins_nothing_more() {
    let open = Behaviour {
        open: true,
        ..behaviour(|_| Answer::ending(End::Never))
    };
    let (stream, server) = testkit::server::in_memory(open);
    let connection = ssh::connect_stream(stream, None, "me")
        .await
        .unwrap()
        .witnessed(testkit::anyone());
    let command = probe();
    let runs = join_all((0..3).map(|_| connection.exec(&command, None, &LIMITS)));
    let closing = async {
        until("they run", || server.seen.commands().len() == 3).await;
        let begun = tokio::time::Instant::now();
        connection.close().await;
        assert_eq!(begun.elapsed(), Duration::ZERO, "it waits for nothing else");
        let mut killed = server.seen.killed();
        killed.sort_unstable();
        assert_eq!(killed, [1000, 1001, 1002]);
    };
    let lost = ExecError::Lost {
        closed: ssh::Closed::Asked,
    };
    let (runs, ()) = tokio::join!(runs, closing);
    for run in runs {
        assert_eq!(run.unwrap_err(), lost);
    }
    let error = connection.exec(&command, None, &LIMITS).await.unwrap_err();
    assert_eq!(error, lost);
    assert_eq!(connection.closed().await, ssh::Closed::Asked);
}

#[tokio::test(start_paused = true)]
async fn closing_a_dead_line_takes_four_seconds_and_no_more() {
    let open = Behaviour {
        open: true,
        ..behaviour(|_| Answer::ending(End::Never))
    };
    let (stream, server) = testkit::server::in_memory(open);
    let connection = ssh::connect_stream(stream, None, "me")
        .await
        .unwrap()
        .witnessed(testkit::anyone());
    let command = probe();
    let closing = async {
        // The clock is paused: it moves on when the command runs and nothing else happens.
        let running = tokio::time::timeout(Duration::from_millis(1), connection.closed()).await;
        assert!(running.is_err());
        server.freeze();
        let begun = tokio::time::Instant::now();
        connection.close().await;
        assert_eq!(connection.closed().await, ssh::Closed::Asked);
        assert!(
            begun.elapsed() <= Duration::from_secs(4),
            "{:?}",
            begun.elapsed()
        );
    };
    let (run, ()) = tokio::join!(connection.exec(&command, None, &LIMITS), closing);
    assert!(run.unwrap_err().is_lost());
}

#[tokio::test(start_paused = true)]
async fn a_kill_or_an_sftp_that_hangs_leaves_no_channel_open() {
    let hanging = Behaviour {
        open: true,
        kill_hangs: true,
        sftp_hangs: true,
        ..behaviour(|_| Answer::ending(End::Never))
    };
    let (stream, server) = testkit::server::in_memory(hanging);
    let connection = ssh::connect_stream(stream, None, "me")
        .await
        .unwrap()
        .witnessed(testkit::anyone());
    let minute = Duration::from_secs(60);
    let error = connection.exec(&probe(), None, &LIMITS).await.unwrap_err();
    assert!(matches!(error, ExecError::Timeout { .. }), "{error}");
    assert!(
        tokio::time::timeout(minute, connection.closed())
            .await
            .is_err()
    );
    assert_eq!(server.seen.commands().len(), 2, "a kill was tried");
    assert_eq!(
        (server.seen.channels(), server.seen.most_channels()),
        (0, 2)
    );

    let second = Duration::from_secs(1);
    for _ in 0..2 {
        let error = connection
            .read_files(files_of("system.load"), second)
            .await
            .unwrap_err();
        assert_eq!(error, ExecError::Timeout { after: second });
    }
    assert_eq!(server.seen.channels(), 1, "both wait for the same one");
    assert!(
        tokio::time::timeout(minute, connection.closed())
            .await
            .is_err()
    );
    assert_eq!(server.seen.channels(), 0);
}
