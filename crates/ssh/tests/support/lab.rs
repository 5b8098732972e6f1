//! Logging in to the lab's hosts.

use std::sync::Arc;

use ssh::{AuthMethod, ConnectError, Connection};
use testkit::lab::{Host, Lab};

use super::{Folder, Person, connect, named_target};

/// Logs in to a host whose key is known.
pub(crate) async fn log_in(
    host: &Host,
    user: &str,
    method: &AuthMethod,
    person: &Arc<Person>,
) -> Result<Connection, ConnectError> {
    let folder = Folder::new();
    std::fs::write(folder.other(), format!("{}\n", host.known_hosts_line)).unwrap();
    let target = named_target(&host.address, host.port, user);
    connect(&target, method, &folder, person).await
}

/// Logs in with the lab's key; the host's key is known.
pub(crate) async fn by_key(lab: &Lab, host: &Host, user: &str) -> Connection {
    let method = AuthMethod::KeyFile(lab.identity.clone());
    let person = Person::trusting(&[]);
    let connection = log_in(host, user, &method, &person).await;
    assert!(
        person.host_keys().is_empty(),
        "the lab's line names the host"
    );
    let error = connection.as_ref().err();
    assert!(error.is_none(), "{user}@{}: {error:?}", host.name);
    connection.unwrap()
}
