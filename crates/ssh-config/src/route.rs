//! The way to a host over the jumps that it names.

use crate::{Asked, Config, Outside, Settings, Trouble, resolve};

/// Jumps on one way, in all.
const LONGEST: usize = 32;

pub(crate) fn route(
    config: &Config,
    asked: &Asked,
    outside: &Outside<'_>,
) -> Result<Vec<Settings>, Trouble> {
    // From the host backwards.
    let mut way: Vec<Settings> = Vec::new();
    let mut next = Some(asked.clone());
    while let Some(asked) = next {
        let settings = resolve::resolve(config, &asked, outside)?;
        let is_known = |other: &Settings| {
            (&other.host_name, other.port, &other.user, &other.proxy_jump)
                == (
                    &settings.host_name,
                    settings.port,
                    &settings.user,
                    &settings.proxy_jump,
                )
        };
        if way.iter().any(is_known) {
            let why = format!("the jumps lead in a circle over {}", settings.host_name);
            return Err(Trouble::asked(why));
        }
        if way.len() > LONGEST {
            return Err(Trouble::asked(format!(
                "there are more than {LONGEST} jumps"
            )));
        }
        // The last jump is reached over those before it, whatever the files say about it; the first
        // as the files say.
        next = settings
            .proxy_jump
            .split_last()
            .map(|(last, before)| Asked {
                host: last.host.clone(),
                user: last.user.clone(),
                port: last.port,
                jumps: before.to_vec(),
                here: asked.here.clone(),
            });
        way.push(settings);
    }
    way.reverse();
    Ok(way)
}
