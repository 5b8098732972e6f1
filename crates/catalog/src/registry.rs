//! The one list of all queries, alphabetical, and the form in which the rest of the program sees
//! them: ids, schemas and JSON, without their types.

use std::time::Duration;

use schemars::{Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Capability, Needs, ParseError, Parsed, Query, RawOutput, Source, accounts, docker, network,
    packages, services, storage, system, text,
};

/// Every query there is, by id. A test holds it complete and sorted.
pub const QUERIES: &[&dyn AnyQuery] = &[
    &Entry::<accounts::Sessions>::NEW,
    &Entry::<docker::Containers>::NEW,
    &Entry::<network::Rates>::NEW,
    &Entry::<packages::Upgradable>::NEW,
    &Entry::<services::Failed>::NEW,
    &Entry::<services::Unit>::NEW,
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
    &Entry::<system::Cpu>::NEW,
    &Entry::<system::Identity>::NEW,
    &Entry::<system::Load>::NEW,
    &Entry::<system::Memory>::NEW,
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
        let args = if args.is_null() {
            Value::Object(serde_json::Map::new())
        } else {
            args.clone()
        };
        match serde_json::from_value::<Q::Args>(args) {
            Ok(args) => Ok(Box::new(WithArgs::<Q>(args))),
            Err(error) => Err(BadArguments(format!("{}: {error}", Q::ID))),
        }
    }
}

fn parse<Q: Query>(variant: usize, raw: RawOutput<'_>) -> Result<Parsed<Value>, ParseError> {
    let variant = Q::VARIANTS
        .get(variant)
        .ok_or_else(|| ParseError::shape("no such variant"))?;
    let Parsed { value, unread } = (variant.parse)(raw)?;
    let mut value = serde_json::to_value(value)
        .map_err(|error| ParseError::shape(format!("not expressible as JSON: {error}")))?;
    scrub(&mut value);
    Ok(Parsed { value, unread })
}

/// Cleans every string of a value: see [`text::scrub`].
fn scrub(value: &mut Value) {
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
