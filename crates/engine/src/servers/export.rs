//! The saved servers as a file: for another HeadlessOS, for a spreadsheet, for `ssh`.
//!
//! Invariant: a profile holds no secret, so none can be in a file. This computer is left out.

use inventory::Entry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Auth, Kind, Profile};

use crate::{Engine, Error, NewServer};

/// The layout of our own export.
const LAYOUT: u64 = 1;

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// All that a profile holds; what an import takes back whole.
    Json,
    /// Comma-separated values, for a spreadsheet. Cells are written as they are: a name that begins
    /// with `=` is a formula there.
    Csv,
    /// A configuration of the OpenSSH client.
    SshConfig,
}

/// An export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// What a file of it is called.
    pub file_name: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// All of it.
    pub text: String,
}

impl Engine {
    /// All saved servers but this computer, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub fn export(&self, format: ExportFormat) -> Result<Export, Error> {
        let profiles = self.options.store.profiles()?;
        let profiles = profiles.iter().filter(|profile| profile.kind == Kind::Ssh);
        let entries = || profiles.clone().map(entry).collect::<Vec<_>>();
        Ok(match format {
            ExportFormat::Json => {
                let servers: Vec<NewServer> = profiles.map(server).collect();
                let all = json!({ "headlessos": LAYOUT, "servers": servers });
                Export {
                    file_name: "headlessos-servers.json",
                    content_type: "application/json",
                    text: format!("{all:#}\n"),
                }
            }
            ExportFormat::Csv => Export {
                file_name: "headlessos-servers.csv",
                content_type: "text/csv; charset=utf-8",
                text: inventory::to_csv(&entries()),
            },
            ExportFormat::SshConfig => Export {
                file_name: "headlessos-ssh-config.txt",
                content_type: "text/plain; charset=utf-8",
                text: inventory::to_ssh_config(&entries()),
            },
        })
    }
}

fn server(profile: &Profile) -> NewServer {
    let profile = profile.clone();
    NewServer {
        name: Some(profile.name),
        host: profile.host.unwrap_or_default(),
        port: profile.port,
        user: profile.user,
        auth: profile.auth,
        color: Some(profile.color),
        production: profile.production,
        capabilities: Some(profile.capabilities),
        model_consent: Some(profile.model_consent),
        folder: profile.folder,
        tags: profile.tags,
        notes: profile.notes,
        jump: profile.jump,
        keep_secrets: profile.keep_secrets,
        elevation_minutes: profile.elevation_minutes,
    }
}

fn entry(profile: &Profile) -> Entry {
    let profile = profile.clone();
    Entry {
        name: profile.name,
        host: profile.host.unwrap_or_default(),
        port: profile.port,
        user: profile.user,
        folder: profile.folder,
        tags: profile.tags,
        notes: profile.notes,
        key: match profile.auth {
            Auth::KeyFile { path } => Some(path.display().to_string()),
            _ => None,
        },
        jump: profile.jump,
        ..Entry::default()
    }
}

/// Whether a text begins as our own export does.
pub(super) fn is_ours(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begins = text.strip_prefix('{').map(str::trim_start);
    begins.is_some_and(|rest| rest.starts_with("\"headlessos\""))
}

/// The servers of our own export, each as it is, or what is wrong with it.
///
/// # Errors
/// The text as a whole is none, in words.
pub(super) fn servers(text: &str) -> Result<Vec<Result<NewServer, String>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value =
        serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
    match value.get("headlessos").and_then(Value::as_u64) {
        Some(LAYOUT) => {}
        Some(layout) => {
            return Err(format!(
                "it was written by a newer HeadlessOS (layout {layout}, this one knows {LAYOUT})"
            ));
        }
        None => return Err("it is no export of HeadlessOS".to_owned()),
    }
    let Some(Value::Array(servers)) = value.get("servers") else {
        return Err("it holds no list of servers".to_owned());
    };
    let read = |server: &Value| NewServer::deserialize(server).map_err(|error| error.to_string());
    Ok(servers.iter().map(read).collect())
}
