//! The blocks and directives of a configuration of nginx, of which servers are made.

use super::{
    NginxConfiguration, NginxLocation, NginxServer, NginxUpstream,
    words::{Mark, Token, Words},
};

/// A path that is longer is none that somebody gave to a file of nginx.
const MOST_PATH_BYTES: usize = 1024;

/// A block that is open.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    /// `http`, `stream`, `mail`.
    Kind(&'static str),
    Server,
    /// Within a server, by its place among the locations.
    Location(usize),
    Upstream,
    Other,
}

#[derive(Default)]
pub(super) struct Reader {
    file: String,
    /// The line of the output on which the file's first line stands.
    begin: usize,
    words: Words,
    directive: Vec<String>,
    /// The file's line on which the directive begins.
    directive_line: u32,
    open: Vec<Block>,
    /// How many of them are servers.
    open_servers: usize,
    /// Braces of a program in Lua, which has quotes of its own.
    lua: Option<i64>,
}

impl Reader {
    /// Reads a line of the output, `index` from 0; `None`: it is not understood.
    pub(super) fn read(
        &mut self,
        answer: &mut NginxConfiguration,
        index: usize,
        line: &str,
    ) -> Option<()> {
        if let Some(file) = heading(line)
            && self.open.is_empty()
            && !self.words.is_quoted()
            && self.lua.is_none()
        {
            self.begin = index.saturating_add(1);
            self.directive.clear();
            file.clone_into(&mut self.file);
            answer.files.push(file.to_owned());
            return Some(());
        }
        if answer.files.is_empty() {
            let is_said = line.ends_with("syntax is ok") || line.ends_with("test is successful");
            return (line.starts_with("nginx: ") && is_said).then_some(());
        }
        let number = index.saturating_sub(self.begin).saturating_add(1);
        let number = u32::try_from(number).ok()?;
        let mut rest = line;
        loop {
            if self.lua.is_some() {
                rest = self.pass_lua(rest);
            }
            match self.read_words(answer, number, rest)? {
                Some(program) => rest = program,
                None => return Some(()),
            }
        }
    }

    /// Reads up to where a program in Lua begins, which is what comes back, or to the line's end.
    fn read_words<'a>(
        &mut self,
        answer: &mut NginxConfiguration,
        number: u32,
        line: &'a str,
    ) -> Option<Option<&'a str>> {
        for token in self.words.read(line) {
            match token {
                Token::Word(word) => {
                    if self.directive.is_empty() {
                        self.directive_line = number;
                    }
                    self.directive.push(word);
                }
                Token::Mark(mark) => {
                    let directive = std::mem::take(&mut self.directive);
                    match mark {
                        Mark::End => self.end(answer, &directive)?,
                        Mark::Open => self.open(answer, &directive)?,
                        Mark::Close => {
                            if self.open.pop()? == Block::Server {
                                self.open_servers = self.open_servers.saturating_sub(1);
                            }
                        }
                    }
                }
            }
            if self.lua.is_some() {
                self.words = Words::default();
                let (_, rest) = line.split_once("_by_lua_block")?;
                let (_, program) = rest.split_once('{')?;
                return Some(Some(program));
            }
        }
        Some(None)
    }

    /// Passes over a program in Lua, of which only the braces count, and gives what is behind it.
    fn pass_lua<'a>(&mut self, line: &'a str) -> &'a str {
        for (at, byte) in line.bytes().enumerate() {
            let depth = self.lua.unwrap_or_default();
            self.lua = match byte {
                b'{' => Some(depth.saturating_add(1)),
                b'}' => Some(depth.saturating_sub(1)).filter(|depth| *depth > 0),
                _ => continue,
            };
            if self.lua.is_none() {
                return line.get(at.saturating_add(1)..).unwrap_or_default();
            }
        }
        ""
    }

    fn open(&mut self, answer: &mut NginxConfiguration, directive: &[String]) -> Option<()> {
        let (name, words) = directive.split_first()?;
        let (file, line) = (self.file.clone(), self.directive_line);
        let in_server = self.open_servers > 0;
        let block = match name.as_str() {
            "http" => Block::Kind("http"),
            "stream" => Block::Kind("stream"),
            "mail" => Block::Kind("mail"),
            "server" if words.is_empty() && !in_server => {
                let kind = self.open.last().map(|block| match block {
                    Block::Kind(kind) => *kind,
                    _ => "",
                });
                answer.servers.push(NginxServer {
                    kind: kind.filter(|kind| !kind.is_empty()).map(str::to_owned),
                    file,
                    line,
                    ..NginxServer::default()
                });
                self.open_servers = self.open_servers.saturating_add(1);
                Block::Server
            }
            "location" if in_server => {
                let locations = &mut answer.servers.last_mut()?.locations;
                locations.push(NginxLocation {
                    path: words.join(" "),
                    line,
                    ..NginxLocation::default()
                });
                Block::Location(locations.len().saturating_sub(1))
            }
            "upstream" => {
                answer.upstreams.push(NginxUpstream {
                    name: words.first()?.clone(),
                    file,
                    line,
                    servers: Vec::new(),
                });
                Block::Upstream
            }
            name if name.ends_with("_by_lua_block") => {
                self.lua = Some(1);
                return Some(());
            }
            _ => Block::Other,
        };
        self.open.push(block);
        Some(())
    }

    fn end(&self, answer: &mut NginxConfiguration, directive: &[String]) -> Option<()> {
        let (name, words) = directive.split_first()?;
        let value = words.join(" ");
        match self.open.last() {
            Some(Block::Server) => {
                let server = answer.servers.last_mut()?;
                match name.as_str() {
                    "listen" => server.listen.push(value),
                    "server_name" => server.server_names.extend_from_slice(words),
                    "root" => server.root = Some(value),
                    "ssl_certificate" => server.certificates.push(value),
                    "proxy_pass" => server.proxy_pass = Some(value),
                    "return" => server.returns = Some(value),
                    "include" => server.includes.push(value),
                    _ => {}
                }
            }
            Some(Block::Location(place)) => {
                let location = answer.servers.last_mut()?.locations.get_mut(*place)?;
                match name.as_str() {
                    "proxy_pass" | "fastcgi_pass" | "uwsgi_pass" | "scgi_pass" | "grpc_pass"
                    | "memcached_pass" => location.pass = Some(value),
                    "root" | "alias" => location.root = Some(value),
                    "return" => location.returns = Some(value),
                    _ => {}
                }
            }
            Some(Block::Upstream) if name == "server" => {
                answer.upstreams.last_mut()?.servers.push(value);
            }
            _ => {}
        }
        Some(())
    }
}

/// `# configuration file /etc/nginx/nginx.conf:`
fn heading(line: &str) -> Option<&str> {
    let file = line
        .strip_prefix("# configuration file ")?
        .strip_suffix(':')?;
    // It is told with each server, so a long one would grow.
    (file.starts_with('/') && file.len() <= MOST_PATH_BYTES).then_some(file)
}
