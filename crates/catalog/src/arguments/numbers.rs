//! Numbers that stand in commands.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BadArgument;
use crate::command::{NeverAnOption, Word};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $inner:ty, $what:literal, $least:literal to $most:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "i64")]
        #[schemars(with = "i64", extend("minimum" = $least, "maximum" = $most))]
        pub struct $name($inner);

        impl $name {
            /// The number itself.
            #[must_use]
            pub fn get(self) -> $inner {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = BadArgument;

            fn try_from(number: i64) -> Result<Self, BadArgument> {
                let refused = || BadArgument {
                    what: $what,
                    reason: format!("{number} is not from {} to {}", $least, $most),
                };
                let value = <$inner>::try_from(number).map_err(|_| refused())?;
                if ($least..=$most).contains(&number) { Ok(Self(value)) } else { Err(refused()) }
            }
        }


        impl Word for $name {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.0.to_string())
            }
        }

        impl NeverAnOption for $name {}
    };
}

number! {
    /// A process id, 2 to 4194304 (`PID_MAX_LIMIT` of Linux). 0 and 1 are refused: they would mean
    /// the caller's own group and init.
    Pid, i32, "process id", 2 to 4_194_304
}

number! {
    /// A TCP or UDP port, 1 to 65535.
    Port, u16, "port", 1 to 65_535
}

number! {
    /// How many lines of a log, 1 to 10000.
    LogLineCount, u16, "number of lines", 1 to 10_000
}

impl Default for LogLineCount {
    /// 200, about five screens.
    fn default() -> Self {
        Self(200)
    }
}

number! {
    /// A severity of syslog, 0 (emergency) to 7 (debug): `syslog(3)`.
    LogPriority, u8, "priority", 0 to 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_range_passes() {
        for bad in [-1, 0, 1, 4_194_305, i64::MAX, i64::MIN] {
            assert!(Pid::try_from(bad).is_err(), "{bad}");
        }
        assert_eq!(Pid::try_from(2).unwrap().get(), 2);
        for bad in [-1, 0, 65_536] {
            assert!(Port::try_from(bad).is_err(), "{bad}");
        }
        for bad in [-1, 0, 10_001] {
            assert!(LogLineCount::try_from(bad).is_err(), "{bad}");
        }
        assert_eq!(LogLineCount::default().text(), "200");
        assert!(LogPriority::try_from(8).is_err());
        assert_eq!(LogPriority::try_from(0).unwrap().text(), "0");
        assert_eq!(Port::try_from(65_535).unwrap().text(), "65535");
    }
}
