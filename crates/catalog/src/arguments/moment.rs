//! A moment that stands in a command.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BadArgument;
use crate::command::{NeverAnOption, Word};

/// A moment from 1970 on, as RFC 3339 has it: `2026-11-29T00:50:17Z`. In a command it stands as
/// systemd's tools take it, in seconds since 1970: `@1795913417`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("format" = "date-time"))]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// The moment itself.
    #[must_use]
    pub fn get(self) -> DateTime<Utc> {
        self.0
    }
}

impl TryFrom<String> for Moment {
    type Error = BadArgument;

    fn try_from(text: String) -> Result<Self, BadArgument> {
        let refused = |reason: &str| BadArgument {
            what: "moment",
            reason: reason.to_owned(),
        };
        let moment = DateTime::parse_from_rfc3339(&text)
            .map_err(|_| refused("it is not as RFC 3339 has it, 2026-11-29T00:50:17Z"))?
            .to_utc();
        if moment.timestamp() < 0 {
            return Err(refused("it is before 1970"));
        }
        Ok(Self(moment))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.0.to_rfc3339()
    }
}

impl Word for Moment {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("@{}", self.0.timestamp()))
    }
}

impl NeverAnOption for Moment {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_moment_with_its_zone_passes() {
        let moment = |text: &str| Moment::try_from(text.to_owned());
        assert_eq!(
            moment("2026-11-29T01:50:17+01:00").unwrap().text(),
            "@1795913417"
        );
        for bad in [
            "",
            "yesterday",
            "-1h",
            "2026-11-29",
            "2026-11-29T00:50:17",
            "1960-01-01T00:00:00Z",
            "2026-11-29T00:50:17Z; reboot",
            "@1795913417",
            "$(id)",
        ] {
            assert!(moment(bad).is_err(), "{bad:?}");
        }
    }
}
