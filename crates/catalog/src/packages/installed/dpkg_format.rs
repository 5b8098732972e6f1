//! The formats that people give to `dpkg-query -W -f`, see `dpkg-query(1)`: fields with one and the
//! same separator between them. Any other is refused.

use super::{
    InstalledPackage, PackageState,
    dpkg::{is_name, split_name, state_of},
    told,
};
use crate::ParseError;

/// A field of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Name,
    Version,
    Architecture,
    SizeKib,
    Source,
    Status,
    Summary,
    /// One that is not asked for here.
    Other,
}

/// What stands in a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Format {
    fields: Vec<Field>,
    separator: char,
}

impl Format {
    /// The format among the words that a person typed; `None`: there is none.
    pub(super) fn typed(words: &[String]) -> Result<Option<Self>, ParseError> {
        let mut rest = words.iter().skip(1);
        while let Some(word) = rest.next() {
            let text = match word.as_str() {
                "-f" | "--showformat" => rest.next().map(String::as_str),
                word => word
                    .strip_prefix("--showformat=")
                    .or_else(|| word.strip_prefix("-f="))
                    .or_else(|| word.strip_prefix("-Wf="))
                    .or_else(|| word.strip_prefix("-f")),
            };
            if let Some(text) = text {
                let unknown = || ParseError::shape("a format of one's own");
                return Self::parse(text).map(Some).ok_or_else(unknown);
            }
        }
        Ok(None)
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix("\\n")?;
        let text = text.replace("\\t", "\t");
        let mut fields = Vec::new();
        let mut separator: Option<char> = None;
        let mut rest = text.as_str();
        loop {
            let (name, after) = rest.strip_prefix("${")?.split_once('}')?;
            // A width may follow the name.
            let (name, _width) = name.split_once(';').unwrap_or((name, ""));
            fields.push(field(name));
            let mut between = after.chars();
            let Some(c) = between.next() else { break };
            if !matches!(c, ' ' | '\t' | ',' | ';' | '|' | '=' | '_')
                || separator.is_some_and(|it| it != c)
            {
                return None;
            }
            separator = Some(c);
            rest = between.as_str();
        }
        // A summary holds anything, so nothing can be told behind it.
        let is_open = |field: &Field| match field {
            Field::Summary | Field::Other => true,
            Field::Status => separator == Some(' '),
            _ => false,
        };
        let is_split = !fields.iter().rev().skip(1).any(is_open);
        let has_name = fields.contains(&Field::Name);
        // Names alone may be those of packages that are not installed.
        let tells = [Field::Version, Field::Status, Field::SizeKib];
        let has_state = fields.iter().any(|field| tells.contains(field));
        (is_split && has_name && has_state).then_some(Self {
            fields,
            separator: separator.unwrap_or('\t'),
        })
    }

    /// Reads a line. `Some(None)`: it is not installed.
    pub(super) fn read(&self, line: &str) -> Option<Option<InstalledPackage>> {
        let mut cells = line.splitn(self.fields.len(), self.separator);
        let mut package = InstalledPackage::new("");
        let mut state = Some(PackageState::Installed);
        for field in &self.fields {
            let cell = cells.next()?.trim();
            match field {
                Field::Name => {
                    let (name, architecture) = split_name(cell);
                    name.clone_into(&mut package.name);
                    package.architecture =
                        package.architecture.or_else(|| architecture.and_then(told));
                }
                Field::Version => package.version = told(cell),
                Field::Architecture => package.architecture = told(cell),
                Field::SizeKib if cell.is_empty() => {}
                Field::SizeKib => {
                    package.size_bytes = Some(cell.parse::<u64>().ok()?.checked_mul(1024)?)
                }
                Field::Source => package.source = told(cell),
                Field::Status => {
                    state = state_of(cell.rsplit(' ').next()?)?;
                    package.held = Some(cell.starts_with("hold "));
                }
                Field::Summary => package.description = told(cell),
                Field::Other => {}
            }
        }
        if !is_name(&package.name) {
            return None;
        }
        // A package that is not installed has neither version nor size.
        let lacks = |field, is_told: bool| self.fields.contains(&field) && !is_told;
        let is_known = !lacks(Field::Version, package.version.is_some())
            && !lacks(Field::SizeKib, package.size_bytes.is_some());
        Some(
            state
                .filter(|_| is_known)
                .map(|state| InstalledPackage { state, ..package }),
        )
    }
}

fn field(name: &str) -> Field {
    match name {
        "Package" | "binary:Package" => Field::Name,
        "Version" => Field::Version,
        "Architecture" => Field::Architecture,
        "Installed-Size" => Field::SizeKib,
        "source:Package" => Field::Source,
        "Status" => Field::Status,
        "binary:Summary" => Field::Summary,
        _ => Field::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_peoples_own() {
        let format = Format::parse(r"${Installed-Size}\t${Package}\n").unwrap();
        let package = format.read("4232\tlibssl3").unwrap().unwrap();
        assert_eq!(
            (package.name.as_str(), package.size_bytes),
            ("libssl3", Some(4_333_568))
        );
        assert_eq!(package.version, None);
        for refused in [
            r"${Package}-${Version}\n",
            r"${Package} ${Version}",
            r"${binary:Summary} ${Package}\n",
            r"${Version}\n",
            r"${Package}\n",
            r"x${Package}\n",
            r"${Status} ${Package}\n",
        ] {
            assert_eq!(Format::parse(refused), None, "{refused}");
        }
    }
}
