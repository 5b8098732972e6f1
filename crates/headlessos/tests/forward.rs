//! `headlessos forward`: a port that leads through a server, as a person at a terminal has it.
#![cfg(target_os = "linux")]

use std::{fs, process::Stdio};

use testkit::server::{Answer, Behaviour, Server, fresh_key};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    process::Command,
};

#[tokio::test]
async fn a_port_leads_through_the_server_while_the_program_runs() {
    let key = fresh_key();
    let behaviour = Behaviour {
        keys: vec![key.public_key().clone()],
        forwards: true,
        ..Behaviour::default()
    };
    let probed = || Answer::printing("os=Linux\nuid=1000\ninit=systemd\n");
    let server = Server::start(behaviour.answering(move |_| probed())).await;
    let home = tempfile::tempdir().unwrap();
    let ssh = home.path().join(".ssh");
    fs::create_dir(&ssh).unwrap();
    let private = key.to_openssh(Default::default()).unwrap();
    fs::write(ssh.join("id_ed25519"), private.as_bytes()).unwrap();
    fs::write(ssh.join("known_hosts"), server.known_hosts_line()).unwrap();

    let service = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = service.local_addr().unwrap().port();
    let place = format!("ada@127.0.0.1:{}", server.address().port());
    let mut program = Command::new(env!("CARGO_BIN_EXE_headlessos"))
        .args(["forward", &place, "-L", &format!("0:localhost:{port}")])
        .args(["-D", "0", "--data-dir"])
        .arg(home.path().join("data"))
        .env("HOME", home.path())
        .env_remove("SSH_AUTH_SOCK")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    let (local, leads) = first.split_once(" leads to ").unwrap();
    assert_eq!(leads, format!("localhost port {port}"));
    let second = lines.next_line().await.unwrap().unwrap();
    assert!(second.contains("SOCKS"), "{second}");

    // The program's own look at the other side comes first.
    let _look = service.accept().await.unwrap();
    let mut client = TcpStream::connect(local).await.unwrap();
    client.write_all(b"ping").await.unwrap();
    let (mut served, _) = service.accept().await.unwrap();
    let mut heard = [0; 4];
    served.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"ping");
    served.write_all(b"pong").await.unwrap();
    client.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"pong");
    program.kill().await.unwrap();
    assert_eq!(client.read(&mut heard).await.unwrap_or(0), 0);
}
