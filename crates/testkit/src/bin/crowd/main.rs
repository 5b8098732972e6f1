//! A crowd of simulated servers in one process: `crowd COUNT` prints their ports as JSON and serves
//! until its standard input ends.

use std::{error::Error, io::Read as _};

use testkit::{crowd, server::Server};

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).ok_or("how many?")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let servers = runtime.block_on(async {
        let machine = crowd::machine();
        let mut servers = Vec::new();
        for _ in 0..count {
            servers.push(Server::start(machine.clone()).await);
        }
        servers
    });
    let ports: Vec<u16> = servers
        .iter()
        .map(|server| server.address().port())
        .collect();
    println!("{}", serde_json::json!(ports));
    // An error ends it as an end does.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    Ok(())
}
