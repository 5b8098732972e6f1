//! The one list of all queries, alphabetical, and the form in which the rest of the program sees
//! them: ids, schemas and JSON, without their types.

use std::time::Duration;

use schemars::{Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Capability, Needs, ParseError, Parsed, Query, RawOutput, Source, Unread, accounts, clean_json,
    cron, docker, firewall, logs, mail, network, packages, processes, services, ssh, storage,
    system, text, web,
};

/// Every query there is, by id. A test holds it complete and sorted.
pub const QUERIES: &[&dyn AnyQuery] = &[
    &Entry::<accounts::FailedLogins>::NEW,
    &Entry::<accounts::Groups>::NEW,
    &Entry::<accounts::Identities>::NEW,
    &Entry::<accounts::Logins>::NEW,
    &Entry::<accounts::PasswordStates>::NEW,
    &Entry::<accounts::Sessions>::NEW,
    &Entry::<accounts::SshKeys>::NEW,
    &Entry::<accounts::SudoRules>::NEW,
    &Entry::<accounts::Users>::NEW,
    &Entry::<cron::AtJobs>::NEW,
    &Entry::<cron::SystemJobs>::NEW,
    &Entry::<cron::UserJobs>::NEW,
    &Entry::<docker::ComposeProjects>::NEW,
    &Entry::<docker::ComposeServices>::NEW,
    &Entry::<docker::Containers>::NEW,
    &Entry::<docker::Contexts>::NEW,
    &Entry::<docker::Diff>::NEW,
    &Entry::<docker::DiskUsage>::NEW,
    &Entry::<docker::History>::NEW,
    &Entry::<docker::Images>::NEW,
    &Entry::<docker::Info>::NEW,
    &Entry::<docker::Inspect>::NEW,
    &Entry::<docker::Networks>::NEW,
    &Entry::<docker::Ports>::NEW,
    &Entry::<docker::Processes>::NEW,
    &Entry::<docker::Stats>::NEW,
    &Entry::<docker::SwarmNodes>::NEW,
    &Entry::<docker::SwarmServices>::NEW,
    &Entry::<docker::Versions>::NEW,
    &Entry::<docker::Volumes>::NEW,
    &Entry::<firewall::Fail2ban>::NEW,
    &Entry::<firewall::Firewalld>::NEW,
    &Entry::<firewall::Iptables>::NEW,
    &Entry::<firewall::Nft>::NEW,
    &Entry::<firewall::Ufw>::NEW,
    &Entry::<logs::Access>::NEW,
    &Entry::<logs::Boots>::NEW,
    &Entry::<logs::DiskUsage>::NEW,
    &Entry::<logs::Files>::NEW,
    &Entry::<logs::Journal>::NEW,
    &Entry::<logs::Syslog>::NEW,
    &Entry::<logs::WebErrors>::NEW,
    &Entry::<mail::Queue>::NEW,
    &Entry::<network::Addresses>::NEW,
    &Entry::<network::Bridges>::NEW,
    &Entry::<network::Dns>::NEW,
    &Entry::<network::Ethernet>::NEW,
    &Entry::<network::Hosts>::NEW,
    &Entry::<network::LinkStatistics>::NEW,
    &Entry::<network::Lookup>::NEW,
    &Entry::<network::Manager>::NEW,
    &Entry::<network::Neighbours>::NEW,
    &Entry::<network::Networkd>::NEW,
    &Entry::<network::Ping>::NEW,
    &Entry::<network::Rates>::NEW,
    &Entry::<network::Routes>::NEW,
    &Entry::<network::Sockets>::NEW,
    &Entry::<network::Trace>::NEW,
    &Entry::<network::Wireguard>::NEW,
    &Entry::<packages::Alternatives>::NEW,
    &Entry::<packages::Files>::NEW,
    &Entry::<packages::Flatpaks>::NEW,
    &Entry::<packages::History>::NEW,
    &Entry::<packages::Holds>::NEW,
    &Entry::<packages::Info>::NEW,
    &Entry::<packages::Installed>::NEW,
    &Entry::<packages::Owner>::NEW,
    &Entry::<packages::RebootRequired>::NEW,
    &Entry::<packages::Restarts>::NEW,
    &Entry::<packages::Search>::NEW,
    &Entry::<packages::Sources>::NEW,
    &Entry::<packages::Upgradable>::NEW,
    &Entry::<processes::Limits>::NEW,
    &Entry::<processes::List>::NEW,
    &Entry::<processes::OpenFiles>::NEW,
    &Entry::<processes::Status>::NEW,
    &Entry::<processes::Top>::NEW,
    &Entry::<processes::Tree>::NEW,
    &Entry::<services::BootTimes>::NEW,
    &Entry::<services::Failed>::NEW,
    &Entry::<services::Manager>::NEW,
    &Entry::<services::Openrc>::NEW,
    &Entry::<services::RcUpdate>::NEW,
    &Entry::<services::Runit>::NEW,
    &Entry::<services::Sockets>::NEW,
    &Entry::<services::States>::NEW,
    &Entry::<services::Status>::NEW,
    &Entry::<services::Supervisor>::NEW,
    &Entry::<services::Sysv>::NEW,
    &Entry::<services::Timers>::NEW,
    &Entry::<services::Unit>::NEW,
    &Entry::<services::UnitFiles>::NEW,
    &Entry::<services::Units>::NEW,
    &Entry::<ssh::HostKeys>::NEW,
    &Entry::<ssh::ServerSettings>::NEW,
    &Entry::<storage::Biggest>::NEW,
    &Entry::<storage::BlockDevices>::NEW,
    &Entry::<storage::Btrfs>::NEW,
    &Entry::<storage::Filesystems>::NEW,
    &Entry::<storage::Fstab>::NEW,
    &Entry::<storage::Inodes>::NEW,
    &Entry::<storage::Io>::NEW,
    &Entry::<storage::Lvm>::NEW,
    &Entry::<storage::Mounts>::NEW,
    &Entry::<storage::Partitions>::NEW,
    &Entry::<storage::Raid>::NEW,
    &Entry::<storage::Smart>::NEW,
    &Entry::<storage::Swaps>::NEW,
    &Entry::<storage::ZfsDatasets>::NEW,
    &Entry::<storage::ZfsHealth>::NEW,
    &Entry::<storage::ZfsPools>::NEW,
    &Entry::<system::Clock>::NEW,
    &Entry::<system::Cpu>::NEW,
    &Entry::<system::Devices>::NEW,
    &Entry::<system::Distribution>::NEW,
    &Entry::<system::Firmware>::NEW,
    &Entry::<system::Hardware>::NEW,
    &Entry::<system::Host>::NEW,
    &Entry::<system::Identity>::NEW,
    &Entry::<system::Interrupts>::NEW,
    &Entry::<system::Kernel>::NEW,
    &Entry::<system::Load>::NEW,
    &Entry::<system::Memory>::NEW,
    &Entry::<system::Messages>::NEW,
    &Entry::<system::Modules>::NEW,
    &Entry::<system::Pressure>::NEW,
    &Entry::<system::Sensors>::NEW,
    &Entry::<system::Settings>::NEW,
    &Entry::<system::TimeSources>::NEW,
    &Entry::<system::Uptime>::NEW,
    &Entry::<system::Usb>::NEW,
    &Entry::<system::Vmstat>::NEW,
    &Entry::<web::Apache>::NEW,
    &Entry::<web::Caddy>::NEW,
    &Entry::<web::Certbot>::NEW,
    &Entry::<web::Certificates>::NEW,
    &Entry::<web::Nginx>::NEW,
];

/// The query with this id; `None`: there is none.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn AnyQuery> {
    QUERIES.iter().find(|query| query.id() == id).copied()
}

/// A query without its types.
pub trait AnyQuery: Sync {
    /// See [`Query::ID`].
    fn id(&self) -> &'static str;
    /// See [`Query::TITLE`].
    fn title(&self) -> &'static str;
    /// See [`Query::CAPABILITY`].
    fn capability(&self) -> Capability;
    /// The command lines of people that the variant at this index reads too: [`Variant::reads`].
    fn reads(&self, variant: usize) -> &'static [&'static str];
    /// Parses what the variant at this index gave. No string of the value holds a control character
    /// but line feed and tab.
    ///
    /// # Errors
    /// See [`ParseError`].
    fn parse(&self, variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Value>, ParseError>;
    /// The same, the value written as JSON to the end of `json` at once, which takes a third of the
    /// time and a tenth of the memory. Gives what was left unread.
    ///
    /// # Errors
    /// See [`ParseError`]; `json` is as it was.
    fn write(
        &self,
        variant: usize,
        raw: RawOutput<'_>,
        json: &mut Vec<u8>,
    ) -> Result<Vec<Unread>, ParseError>;
    /// Takes an answer that no parser gave: cleaned, of just this query's type, and not without
    /// anything in it.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    fn accept(&self, value: &Value) -> Result<Value, String>;
    /// Names and needs of the variants, best first.
    fn variants(&self) -> Vec<(&'static str, Needs)>;
    /// The arguments' JSON Schema, shared parts left in the generator.
    fn args_schema(&self, generator: &mut SchemaGenerator) -> Schema;
    /// The answer's JSON Schema, likewise.
    fn answer_schema(&self, generator: &mut SchemaGenerator) -> Schema;
    /// Validates the arguments.
    ///
    /// # Errors
    /// Names the argument and what is wrong with it; the value is quoted only in part.
    fn prepare(&self, args: &Value) -> Result<Box<dyn Prepared>, BadArguments>;
}

/// A query with its validated arguments.
pub trait Prepared: Send + Sync {
    /// What the variant at this index runs or reads; `None`: no such variant.
    fn source(&self, variant: usize) -> Option<Source>;
    /// Parses what that variant's source gave.
    ///
    /// # Errors
    /// See [`ParseError`].
    fn parse(&self, variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Value>, ParseError>;
    /// Whether the answer holds rates, which take two samples.
    fn has_rate(&self) -> bool;
    /// Fills the rates of `current`; leaves it as it is where either is not an answer of this query.
    fn rate(&self, previous: &Value, current: Value, elapsed: Duration) -> Value;
}

/// Arguments that were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadArguments(String);

/// Of what is said about arguments, so much is told: serde quotes a value that it refuses whole.
const SAID_CHARACTERS: usize = 300;

/// Validates arguments: an object, by name; none at all are an empty one.
///
/// # Errors
/// Names the argument and what is wrong with it.
pub(crate) fn arguments<Args: DeserializeOwned>(
    id: &str,
    args: &Value,
) -> Result<Args, BadArguments> {
    let args = match args {
        Value::Null => Value::Object(serde_json::Map::new()),
        Value::Object(_) => args.clone(),
        // serde would take a list for the fields in their order.
        _ => return Err(BadArguments(format!("{id}: the arguments are no object"))),
    };
    serde_json::from_value(args).map_err(|error| {
        let said = error.to_string();
        let said: String = said.chars().take(SAID_CHARACTERS).collect();
        BadArguments(format!("{id}: {said}"))
    })
}

struct Entry<Q>(std::marker::PhantomData<fn() -> Q>);

impl<Q: Query> Entry<Q> {
    const NEW: Self = Self(std::marker::PhantomData);
}

impl<Q: Query> AnyQuery for Entry<Q>
where
    Q::Args: Send + Sync,
{
    fn id(&self) -> &'static str {
        Q::ID
    }

    fn title(&self) -> &'static str {
        Q::TITLE
    }

    fn capability(&self) -> Capability {
        Q::CAPABILITY
    }

    fn reads(&self, variant: usize) -> &'static [&'static str] {
        Q::VARIANTS
            .get(variant)
            .map_or(&[], |variant| variant.reads)
    }

    fn parse(&self, variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Value>, ParseError> {
        parse::<Q>(variant, raw)
    }

    fn write(
        &self,
        variant: usize,
        raw: RawOutput<'_>,
        json: &mut Vec<u8>,
    ) -> Result<Vec<Unread>, ParseError> {
        write::<Q>(variant, raw, json)
    }

    fn accept(&self, value: &Value) -> Result<Value, String> {
        let odd =
            |error: serde_json::Error| format!("a value of it is not what it should be: {error}");
        let answer = Q::Answer::deserialize(value).map_err(odd)?;
        let parsed = Parsed {
            value: answer,
            unread: Vec::new(),
        };
        let parsed = untyped(parsed).map_err(|error| error.to_string())?;
        if says_nothing(&parsed.value) {
            return Err("it says nothing".to_owned());
        }
        Ok(parsed.value)
    }

    fn variants(&self) -> Vec<(&'static str, Needs)> {
        Q::VARIANTS
            .iter()
            .map(|variant| (variant.name, variant.needs))
            .collect()
    }

    fn args_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Q::Args>()
    }

    fn answer_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Q::Answer>()
    }

    fn prepare(&self, args: &Value) -> Result<Box<dyn Prepared>, BadArguments> {
        Ok(Box::new(WithArgs::<Q>(arguments(Q::ID, args)?)))
    }
}

fn parse<Q: Query>(variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Value>, ParseError> {
    untyped(typed::<Q>(variant, raw)?)
}

fn write<Q: Query>(
    variant: usize,
    raw: RawOutput<'_>,
    json: &mut Vec<u8>,
) -> Result<Vec<Unread>, ParseError> {
    let parsed = typed::<Q>(variant, raw)?;
    let begin = json.len();
    if parsed.unread.is_empty() && clean_json::write(&parsed.value, json) {
        return Ok(parsed.unread);
    }
    // What needs a second look is looked at as a value.
    json.truncate(begin);
    let Parsed { value, unread } = untyped(parsed)?;
    serde_json::to_writer(json, &value).map_err(|error| inexpressible(&error))?;
    Ok(unread)
}

fn typed<Q: Query>(variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Q::Answer>, ParseError> {
    let variant = Q::VARIANTS
        .get(variant)
        .ok_or_else(|| ParseError::shape("no such variant"))?;
    (variant.parse)(raw)
}

/// A cleaned value, where it says anything or nothing was left unread.
fn untyped<Answer: Serialize>(parsed: Parsed<Answer>) -> Result<Parsed<Value>, ParseError> {
    let Parsed { value, unread } = parsed;
    let mut value = serde_json::to_value(value).map_err(|error| inexpressible(&error))?;
    scrub(&mut value);
    match unread.first() {
        Some(first) if says_nothing(&value) => Err(ParseError::Shape(format!(
            "nothing of it was understood, from line {} on: {}",
            first.line, first.text
        ))),
        _ => Ok(Parsed { value, unread }),
    }
}

fn inexpressible(error: &serde_json::Error) -> ParseError {
    ParseError::shape(format!("not expressible as JSON: {error}"))
}

/// Whether a value holds no record and no figure at all.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(says_nothing),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Cleans every string of a value: see [`text::scrub`].
pub(crate) fn scrub(value: &mut Value) {
    match value {
        Value::String(cell) => text::scrub(cell),
        Value::Array(items) => items.iter_mut().for_each(scrub),
        Value::Object(fields) => fields.values_mut().for_each(scrub),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

struct WithArgs<Q: Query>(Q::Args);

impl<Q: Query> Prepared for WithArgs<Q>
where
    Q::Args: Send + Sync,
{
    fn source(&self, variant: usize) -> Option<Source> {
        Q::VARIANTS
            .get(variant)
            .map(|variant| (variant.source)(&self.0))
    }

    fn parse(&self, variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Value>, ParseError> {
        parse::<Q>(variant, raw)
    }

    fn has_rate(&self) -> bool {
        Q::RATE.is_some()
    }

    fn rate(&self, previous: &Value, current: Value, elapsed: Duration) -> Value {
        let Some(rate) = Q::RATE else { return current };
        let samples = (
            Q::Answer::deserialize(previous).ok(),
            Q::Answer::deserialize(&current).ok(),
        );
        let (Some(previous), Some(mut now)) = samples else {
            return current;
        };
        rate(&previous, &mut now, elapsed);
        serde_json::to_value(now).unwrap_or(current)
    }
}
