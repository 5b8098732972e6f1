//! `apache2ctl(8)`, `apachectl(8)` and `httpd(8)`, with `-S` and `-M`, as versions 2.2 and 2.4 print
//! them. They speak English only.

use super::{ApacheConfiguration, ApacheModule, ApacheVirtualHost};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// Debian has the first, the Fedora family the others.
const SCRIPT: &str = "for program in apache2ctl apachectl httpd; do
command -v \"$program\" >/dev/null || continue
\"$program\" -S || exit
exec \"$program\" -M
done
echo 'apachectl: not found' >&2
exit 127";

pub(super) const VARIANT: Variant<NoArgs, ApacheConfiguration> = Variant {
    name: "ctl",
    needs: Needs::NOTHING,
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["apache2ctl|apachectl|httpd|apache2"],
    parse,
};

/// Where the reading is.
#[derive(Default)]
struct Reader {
    in_modules: bool,
    /// The address whose hosts follow.
    address: String,
    /// The file and line of its default host.
    default: Option<(String, u32)>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ApacheConfiguration>, ParseError> {
    if raw.exit_code != Some(0) {
        let complaint = raw.error_text();
        let mut lines = complaint.lines();
        if let Some(line) = lines.find(|line| line.contains("Syntax error on line")) {
            return Err(ParseError::Unavailable(line.trim().to_owned()));
        }
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut reader = Reader::default();
    let parsed = raw.read_lines(ApacheConfiguration::default(), |answer, line| {
        reader.read(answer, line)
    });
    if parsed.value.virtual_hosts.is_none() && parsed.value.modules.is_none() {
        let unknown = || ParseError::shape("neither hosts nor modules as apachectl prints them");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

impl Reader {
    fn read(&mut self, answer: &mut ApacheConfiguration, line: &str) -> Option<()> {
        match line.trim_end() {
            "VirtualHost configuration:" => {
                answer.virtual_hosts.get_or_insert_default();
                return Some(());
            }
            "Loaded Modules:" => {
                answer.modules.get_or_insert_default();
                self.in_modules = true;
                return Some(());
            }
            "wildcard NameVirtualHosts and _default_ servers:" | "Syntax OK" => return Some(()),
            _ => {}
        }
        if self.in_modules {
            let (name, kind) = line.strip_prefix(' ')?.trim_end().split_once(" (")?;
            answer.modules.get_or_insert_default().push(ApacheModule {
                name: name.to_owned(),
                is_static: match kind {
                    "static)" => true,
                    "shared)" => false,
                    _ => return None,
                },
            });
            return Some(());
        }
        let hosts = answer.virtual_hosts.as_mut()?;
        if line.starts_with(' ') {
            return self.host(hosts, line.trim());
        }
        if let Some((key, value)) = line.split_once(": ") {
            let value = value.trim().trim_matches('"');
            let said = || Some(value.to_owned());
            match key {
                "ServerRoot" => answer.server_root = said(),
                "Main DocumentRoot" => answer.document_root = said(),
                "User" => {
                    let name = value.strip_prefix("name=\"")?.split('"').next()?;
                    answer.user = Some(name.to_owned());
                }
                "Main ErrorLog" | "PidFile" | "Define" | "Group" => {}
                key if key.starts_with("Mutex ") => {}
                _ => return None,
            }
            return Some(());
        }
        let (address, rest) = line.split_once(' ')?;
        let rest = rest.trim();
        self.default = None;
        // It is told with each host.
        (address.len() <= 256).then_some(())?;
        if rest == "is a NameVirtualHost" {
            address.clone_into(&mut self.address);
            return Some(());
        }
        self.address.clear();
        let mut host = host(address, rest)?;
        host.is_default = true;
        hosts.push(host);
        Some(())
    }

    /// A line below an address.
    fn host(&mut self, hosts: &mut Vec<ApacheVirtualHost>, line: &str) -> Option<()> {
        if let Some(alias) = line
            .strip_prefix("wild alias ")
            .or_else(|| line.strip_prefix("alias "))
        {
            hosts.last_mut()?.aliases.push(alias.trim().to_owned());
            return Some(());
        }
        if self.address.is_empty() {
            return None;
        }
        if let Some(rest) = line.strip_prefix("default server ") {
            let host = host(&self.address, rest)?;
            self.default = Some((host.file, host.line));
            return Some(());
        }
        let (_, rest) = line.strip_prefix("port ")?.split_once(" namevhost ")?;
        let mut host = host(&self.address, rest)?;
        let is_default = |(file, line): &(String, u32)| *file == host.file && *line == host.line;
        host.is_default = self.default.as_ref().is_some_and(is_default);
        hosts.push(host);
        Some(())
    }
}

/// `example.org (/etc/apache2/sites-enabled/a.conf:2)`
fn host(address: &str, text: &str) -> Option<ApacheVirtualHost> {
    let (server_name, place) = text.trim().strip_suffix(')')?.split_once(" (")?;
    let (file, line) = place.rsplit_once(':')?;
    Some(ApacheVirtualHost {
        address: address.to_owned(),
        port: address
            .rsplit_once(':')
            .and_then(|(_, port)| port.parse().ok()),
        server_name: server_name.to_owned(),
        file: file.to_owned(),
        line: line.parse().ok()?,
        ..ApacheVirtualHost::default()
    })
}
