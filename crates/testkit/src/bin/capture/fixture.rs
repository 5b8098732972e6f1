//! A fixture's files, as `crates/catalog/tests/fixtures` reads them.

use std::{fs, io, path::Path};

use serde_json::{Value, json};
use ssh::ExecOutput;

/// What one variant printed on one host.
pub(crate) struct Fixture<'a> {
    pub(crate) query: &'a str,
    pub(crate) variant: &'a str,
    pub(crate) label: &'a str,
    pub(crate) args: &'a Value,
    pub(crate) output: ExecOutput,
}

impl Fixture<'_> {
    /// Writes its files, removes those it has no more, and says what it did in a line.
    pub(crate) fn write(&self) -> io::Result<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../catalog/src")
            .join(self.query.replace('.', "/"))
            .join("fixtures");
        fs::create_dir_all(&folder)?;
        let name = format!("{}--{}", self.variant, self.label);
        let put = |ending: &str, content: Option<&[u8]>| {
            let path = folder.join(format!("{name}.{ending}"));
            match content {
                Some(content) => fs::write(path, content),
                None if path.exists() => fs::remove_file(path),
                None => Ok(()),
            }
        };
        let exit = match self.output.exit_code {
            Some(0) => None,
            Some(code) => Some(format!("{code}\n")),
            None => return Err(io::Error::other(format!("{name}: ended by a signal"))),
        };
        let args = (*self.args != json!({})).then(|| format!("{}\n", self.args));
        let complaint = Some(self.output.stderr.as_slice()).filter(|bytes| !bytes.is_empty());
        put("out", Some(&self.output.stdout))?;
        put("err", complaint)?;
        put("exit", exit.as_ref().map(String::as_bytes))?;
        put("args", args.as_ref().map(String::as_bytes))?;
        Ok(format!(
            "{} {name}: exit code {:?}, {} bytes",
            self.query,
            self.output.exit_code,
            self.output.stdout.len()
        ))
    }
}
