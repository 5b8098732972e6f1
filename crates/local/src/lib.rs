//! "This computer" as a server: an SSH server inside this process, over an in-memory stream.
//!
//! Invariant: it listens on nothing and can be reached only through what [`serve`] returns; whoever
//! holds that acts as the user who runs the program, and as nobody else.
//! This is the one crate that may start local processes.

mod environment;
mod exec;
mod input;
mod platform;
mod report;
mod session;
mod sftp;
mod terminal;

use std::{path::PathBuf, sync::Arc, time::Duration};

use ::sftp::{Answer, Extensions, Request};
use russh::{
    MethodKind, MethodSet, Preferred, cipher,
    keys::{PrivateKey, ssh_key::private::Ed25519Keypair},
    server::{self, Config},
};
use tokio::{
    io::DuplexStream,
    sync::{OnceCell, mpsc},
};

use crate::{
    platform::{Account, Exit},
    session::Session,
};

/// Bytes that each direction of the stream may hold; it takes memory only as it fills. A russh end
/// does not read while its writing waits, so two of them facing each other would wait for ever if
/// both directions could fill up. This one cannot: what the client may have under way is
/// [`WINDOW_BYTES`] for each channel, and no client opens a hundred that all upload.
const STREAM_BYTES: usize = 64 * 1024 * 1024;

/// Bytes that the client may send on a channel ahead of the server. There is no distance to cover.
const WINDOW_BYTES: u32 = 512 * 1024;

/// Messages a channel holds before the whole connection waits for its reader: above the number of
/// requests an SFTP client keeps in flight, so that a slow disk does not hold up the other channels.
const CHANNEL_MESSAGES: usize = 1024;

/// How long a command may take to say whether a condition holds.
pub const CONDITION_LASTS: Duration = Duration::from_secs(20);

/// Why "This computer" could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocalError {
    /// The operating system gave no random bytes for the host key.
    #[error("no random bytes for the host key of this computer")]
    Random(#[source] getrandom::Error),
    /// Called outside a tokio runtime, which the server needs to live in.
    #[error("this computer needs a running tokio runtime")]
    NoRuntime(#[source] tokio::runtime::TryCurrentError),
}

/// The name of the user that this program runs as, and whether that is root. Blocks.
#[must_use]
pub fn this_user() -> (String, bool) {
    Account::of_this_user(None).who()
}

/// Runs a command line of the user's SSH configuration as ssh does for `Match exec`
/// (`ssh_config(5)`), and says whether it succeeded. `None`: it could not be run, or took longer than
/// [`CONDITION_LASTS`] and was ended with all that it started.
pub async fn holds(line: &str) -> Option<bool> {
    let mut group = Account::start_condition(line).ok()?;
    let exit = tokio::time::timeout(CONDITION_LASTS, group.wait()).await;
    Some(matches!(exit.ok()?.ok()?, Exit::Code(0)))
}

/// The client's end of this computer's server.
pub struct Served {
    /// Its only connection.
    pub stream: DuplexStream,
    /// Begins a session with its SFTP server beside the connection, whose bytes would be copied many
    /// times on their way through SSH within one process. It ends when either end of it is dropped.
    pub files: Box<dyn Fn() -> Pipe + Send + Sync>,
}

/// The client's end of an SFTP session: what the server can do besides, where requests go, and where
/// answers come from. Each request and each answer has its number.
pub type Pipe = (
    Extensions,
    mpsc::UnboundedSender<(u32, Request)>,
    mpsc::Receiver<Vec<(u32, Answer)>>,
);

/// The user's account, looked up once.
type SharedAccount = Arc<OnceCell<Arc<Account>>>;

/// Starts the server and returns the client's end of it. Commands, shells and
/// relative paths start in `home`, the user's home folder.
///
/// The server speaks SSH 2 as any sshd would: authentication `none` (any user name; nobody but the
/// holder of the stream can ask), `exec` through the user's login shell, a terminal with that shell
/// or an `exec` on it, and the `sftp` subsystem. Of the environment only the language may be set.
/// Forwarding, other subsystems and a shell without a terminal are refused, and where there is no
/// POSIX shell (Windows) every terminal is. Its ed25519 host key is drawn anew for each call and
/// never leaves memory. It ends, and ends what it started, when the stream is dropped.
///
/// # Errors
/// [`LocalError`] where there is no randomness or no tokio runtime.
pub fn serve(home: Option<PathBuf>) -> Result<Served, LocalError> {
    let runtime = tokio::runtime::Handle::try_current().map_err(LocalError::NoRuntime)?;
    let config = Arc::new(config()?);
    let (client, server) = tokio::io::duplex(STREAM_BYTES);
    let account = SharedAccount::default();
    let (shared, its_home) = (Arc::clone(&account), home.clone());
    runtime.spawn(async move {
        let Some(account) = look_up(&account, home).await else {
            return;
        };
        if let Err(error) = run(config, server, account).await {
            tracing::debug!(%error, "this computer: connection ended");
        }
    });
    let files = move || {
        let (ours, theirs) = sftp::pipe();
        let (account, home) = (Arc::clone(&shared), its_home.clone());
        runtime.spawn(async move {
            if let Some(account) = look_up(&account, home).await {
                sftp::run(account, theirs).await;
            }
        });
        ours
    };
    Ok(Served {
        stream: client,
        files: Box::new(files),
    })
}

/// `None`: the program is ending.
async fn look_up(account: &SharedAccount, home: Option<PathBuf>) -> Option<Arc<Account>> {
    // A directory service may be behind the lookup, so it must not hold up the runtime.
    let look = async {
        let found = tokio::task::spawn_blocking(|| Account::of_this_user(home)).await;
        found.map(Arc::new)
    };
    account.get_or_try_init(|| look).await.ok().cloned()
}

async fn run(
    config: Arc<Config>,
    stream: DuplexStream,
    account: Arc<Account>,
) -> Result<(), russh::Error> {
    server::run_stream(config, stream, Session::new(account))
        .await?
        .await
}

fn config() -> Result<Config, LocalError> {
    let mut seed = [0_u8; 32];
    getrandom::fill(&mut seed).map_err(LocalError::Random)?;
    Ok(Config {
        methods: MethodSet::from([MethodKind::None].as_slice()),
        auth_rejection_time: Duration::ZERO,
        keys: vec![PrivateKey::from(Ed25519Keypair::from_seed(&seed))],
        channel_buffer_size: CHANNEL_MESSAGES,
        inactivity_timeout: None,
        window_size: WINDOW_BYTES,
        preferred: Preferred {
            // Both ends are this process: there is nobody to hide anything from.
            cipher: vec![cipher::NONE].into(),
            ..Preferred::DEFAULT
        },
        ..Config::default()
    })
}
