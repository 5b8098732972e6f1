//! "This computer" seen through an SSH client, as the rest of the program sees it.
#![cfg(unix)]

#[cfg(test)]
mod client;
#[cfg(test)]
mod exec;
#[cfg(test)]
mod hang_up;
#[cfg(all(test, target_os = "linux"))]
mod listeners;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod sftp;
#[cfg(test)]
mod terminal;

use std::collections::BTreeSet;

use client::Client;

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_listens() {
    let probe = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    assert_eq!(
        listeners::of_this_process().len(),
        1,
        "the test can see a listener"
    );
    drop(probe);
    let client = Client::connect().await;
    assert_eq!(client.run("echo here").await.stdout, b"here\n");
    assert_eq!(listeners::of_this_process(), BTreeSet::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_has_its_own_host_key() {
    let (one, other) = (Client::connect().await, Client::connect().await);
    assert_ne!(one.host_key, other.host_key);
}

#[test]
fn without_a_runtime_it_says_so() {
    let error = local::serve(None).err().unwrap();
    assert!(error.to_string().contains("runtime"), "{error}");
}
