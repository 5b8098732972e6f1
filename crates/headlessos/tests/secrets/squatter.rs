//! Another program on the wanted port, before ours, beside it and after it: it gets no connection from us,
//! and nobody is led to it.

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Command, Output},
};

use crate::program::Program;

/// Every address that a page at 127.0.0.1, [::1] or localhost could reach.
const ADDRESSES: [IpAddr; 4] = [
    IpAddr::V4(Ipv4Addr::LOCALHOST),
    IpAddr::V6(Ipv6Addr::LOCALHOST),
    IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    IpAddr::V6(Ipv6Addr::UNSPECIFIED),
];

/// A stranger on any port of an address; `None`: this computer has no such address.
fn squat(address: IpAddr) -> Option<TcpListener> {
    let listener = TcpListener::bind(SocketAddr::new(address, 0)).ok()?;
    listener.set_nonblocking(true).unwrap();
    Some(listener)
}

fn is_left_alone(squatter: &TcpListener) {
    let came = squatter.accept().map_err(|error| error.kind());
    assert!(matches!(came, Err(ErrorKind::WouldBlock)), "{came:?}");
}

#[test]
fn a_port_that_another_program_holds_on_any_address_is_not_ours() {
    let mut tried = 0;
    for squatter in ADDRESSES.into_iter().filter_map(squat) {
        let address = squatter.local_addr().unwrap();
        let program = Program::start_on("info", address.port());
        assert_ne!(program.port(), address.port(), "{address}");
        assert_eq!(
            program.get("/api/status")["version"],
            env!("CARGO_PKG_VERSION")
        );
        is_left_alone(&squatter);
        tried += 1;
    }
    assert!(tried > 1, "only {tried} addresses");
}

#[test]
fn nobody_can_stand_beside_the_program_on_its_port() {
    let program = Program::start("info");
    for address in ADDRESSES {
        let beside = TcpListener::bind(SocketAddr::new(address, program.port()));
        let kind = beside.map_err(|error| error.kind()).err();
        let is_refused = matches!(
            kind,
            Some(ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable | ErrorKind::Unsupported)
        );
        assert!(is_refused, "{address}: {kind:?}");
    }
}

#[test]
fn unlock_leads_to_the_program_and_never_to_who_has_its_port_now() {
    let mut program = Program::start("info");
    let data = program.folder().join("data");
    let said = unlock(&data);
    let address = format!("http://127.0.0.1:{}/#launch=", program.port());
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(
        said.status.success() && words.contains(&address),
        "{said:?}"
    );
    program.kill();
    assert!(data.join(format!("running-{}", program.port())).exists());
    let port = SocketAddr::new(ADDRESSES[0], program.port());
    let squatter = TcpListener::bind(port).unwrap();
    squatter.set_nonblocking(true).unwrap();
    let said = unlock(&data);
    assert!(!said.status.success(), "{said:?}");
    assert!(said.stdout.is_empty(), "{said:?}");
    is_left_alone(&squatter);
}

fn unlock(data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headlessos"))
        .args(["unlock", "--no-open", "--data-dir"])
        .arg(data)
        .output()
        .unwrap()
}
