//! `headlessos model`: which language model may read what no parser understands, and what it cost.

use std::{
    io::{IsTerminal as _, Read as _, Write as _},
    process::ExitCode,
};

use anyhow::{Result, anyhow, bail};
use engine::{Engine, KeyPlace, ModelCosts, ModelStatus};
use secrecy::SecretString;
use store::{Preferences, Price, Provider};

use crate::{
    arguments::{Common, Model, ModelProvider, ModelVerb},
    assemble,
    ls::in_json,
    reach::{by_command_line, worded},
};

/// Longer than any key.
const LONGEST_KEY: u64 = 16 * 1024;

/// Shows or changes the chosen model.
///
/// # Errors
/// The database cannot be opened, or what was given is refused.
pub(crate) fn run(common: &Common, wanted: &Model) -> Result<ExitCode> {
    by_command_line(async {
        let engine = assemble::engine(common)?;
        match &wanted.verb {
            None | Some(ModelVerb::Status) => status(&engine).await?,
            Some(ModelVerb::Use {
                provider,
                model,
                address,
            }) => {
                change(&engine, |all| {
                    all.model.provider = Some(provider_of(*provider));
                    all.model.name.clone_from(model);
                    all.model.address = address.clone().unwrap_or_default();
                })?;
                status(&engine).await?;
            }
            Some(ModelVerb::Off) => change(&engine, |all| all.model.provider = None)?,
            Some(ModelVerb::Key { remove: true }) => {
                let removed = engine.remove_model_key().await;
                shown(&removed.map_err(|error| worded(&error.body()))?)?;
            }
            Some(ModelVerb::Key { remove: false }) => return keep_key(&engine).await,
            Some(ModelVerb::Test) => return test(&engine).await,
            Some(ModelVerb::Price {
                model,
                prompt_usd,
                completion_usd,
            }) => change(&engine, |all| {
                let prices = &mut all.model.prices;
                prices.retain(|price| price.model != *model);
                prices.push(Price {
                    model: model.clone(),
                    prompt_usd: *prompt_usd,
                    completion_usd: *completion_usd,
                });
            })?,
            Some(ModelVerb::Stats { days, json }) => {
                let costs = engine.model_costs(*days);
                stats(&costs.map_err(|error| worded(&error.body()))?, *json)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn provider_of(provider: ModelProvider) -> Provider {
    match provider {
        ModelProvider::Openai => Provider::OpenAi,
        ModelProvider::Anthropic => Provider::Anthropic,
        ModelProvider::Ollama => Provider::Ollama,
        ModelProvider::Compatible => Provider::Compatible,
    }
}

fn change(engine: &Engine, edit: impl FnOnce(&mut Preferences)) -> Result<()> {
    let mut all = engine
        .preferences()
        .map_err(|error| worded(&error.body()))?;
    edit(&mut all);
    all.model = all.model.within_bounds();
    let saved = engine.save_preferences(&all);
    saved.map_err(|error| worded(&error.body()))
}

async fn status(engine: &Engine) -> Result<()> {
    let status = engine.model_status().await;
    shown(&status.map_err(|error| worded(&error.body()))?)
}

fn shown(status: &ModelStatus) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match &status.model {
        None => writeln!(out, "No language model is chosen; none is ever asked.")?,
        Some(model) => {
            writeln!(out, "{} at {}", model.name, model.address)?;
            let key = match status.key {
                None => "no key",
                Some(KeyPlace::Keychain) => "its key is in the keychain",
                Some(KeyPlace::Memory) => "its key is in memory",
            };
            writeln!(out, "{key}")?;
        }
    }
    if let Some(problem) = &status.problem {
        writeln!(out, "{problem}")?;
    }
    Ok(())
}

/// Takes a key from the terminal without showing it, or from a pipe.
async fn keep_key(engine: &Engine) -> Result<ExitCode> {
    let stdin = std::io::stdin();
    let key = if stdin.is_terminal() {
        rpassword::prompt_password("Key: ")?
    } else {
        let mut key = String::new();
        stdin.lock().take(LONGEST_KEY).read_to_string(&mut key)?;
        key
    };
    let key = SecretString::from(key.trim().to_owned());
    let status = engine.set_model_key(key).await;
    let status = status.map_err(|error| worded(&error.body()))?;
    if status.key == Some(KeyPlace::Memory) {
        let why = status.problem.unwrap_or_default();
        bail!(
            "the key was not kept: {why}. The desktop takes a key in its settings and keeps it \
             while it runs."
        );
    }
    shown(&status)?;
    Ok(ExitCode::SUCCESS)
}

async fn test(engine: &Engine) -> Result<ExitCode> {
    let test = engine.test_model().await;
    let test = test.map_err(|error| worded(&error.body()))?;
    if let Some(detail) = test.detail {
        return Err(anyhow!("{detail}"));
    }
    writeln!(
        std::io::stdout().lock(),
        "It read the trial text right, in {} ms, with {} tokens asked and {} replied.",
        test.took_ms,
        test.prompt_tokens,
        test.completion_tokens
    )?;
    Ok(ExitCode::SUCCESS)
}

fn stats(costs: &ModelCosts, json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", in_json(serde_json::to_string_pretty(costs)?))?;
        return Ok(());
    }
    writeln!(
        out,
        "model\tquery\tasked\tunderstood\tcache hits\tprompt tokens\treply tokens\tUSD\tmean ms"
    )?;
    for row in &costs.rows {
        let usd = row
            .cost_usd
            .map_or("-".to_owned(), |usd| format!("{usd:.4}"));
        let mean = row
            .mean_latency_ms
            .map_or("-".to_owned(), |ms| format!("{ms:.0}"));
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{usd}\t{mean}",
            row.model,
            row.query,
            row.asked,
            row.understood,
            row.cache_hits,
            row.prompt_tokens,
            row.completion_tokens
        )?;
    }
    Ok(())
}
