//! A crowd of servers in one process: `crowd COUNT` prints the ports of simulated ones as JSON and serves
//! until its standard input ends. `crowd COUNT ADDRESS` gives one real server, which stands there, as
//! many ports.

use std::{error::Error, io::Read as _};

use testkit::{crowd, server::Server};
use tokio::net::{TcpListener, TcpStream};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let count: usize = args.next().ok_or("how many?")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut servers = Vec::new();
    let mut ports = Vec::new();
    runtime.block_on(async {
        match args.next() {
            Some(address) => {
                for _ in 0..count {
                    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
                    ports.push(listener.local_addr()?.port());
                    tokio::spawn(lead(listener, address.clone()));
                }
            }
            None => {
                let machine = crowd::machine();
                for _ in 0..count {
                    let server = Server::start(machine.clone()).await;
                    ports.push(server.address().port());
                    servers.push(server);
                }
            }
        }
        Ok::<(), std::io::Error>(())
    })?;
    println!("{}", serde_json::json!(ports));
    // An error ends it as an end does.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    Ok(())
}

/// Leads whoever comes to the address.
async fn lead(listener: TcpListener, address: String) {
    while let Ok((mut near, _)) = listener.accept().await {
        let address = address.clone();
        tokio::spawn(async move {
            if let Ok(mut far) = TcpStream::connect(&address).await {
                // How it ends is the business of the two.
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            }
        });
    }
}
