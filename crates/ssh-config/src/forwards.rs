//! Forwards: `LocalForward`, `RemoteForward` and `DynamicForward`, as data.

/// Where a forward listens, or leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A TCP port. Without a host: the default of that side, which is its loopback address.
    Port {
        /// Name or address, as it was written, without brackets; `*` or empty is every address.
        host: Option<String>,
        /// From 1; 0 on the listening side of a remote forward: the server chooses.
        port: u16,
    },
    /// A Unix socket, with its tokens replaced.
    Socket(String),
    /// Wherever each client asks, by SOCKS.
    Socks,
}

/// One forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// Where it listens: [`End::Port`] or [`End::Socket`].
    pub listen: End,
    /// Where it leads.
    pub connect: End,
}

/// The longest host name that a forward may have.
const LONGEST_HOST: usize = 1024;
/// The longest path of a Unix socket.
const LONGEST_SOCKET: usize = 107;
/// ssh cuts what is longer.
const LONGEST: usize = 255;

/// Reads `[host:]port:host:port`, with a path for either end, or `[host:]port` alone where a
/// dynamic one is meant. Variables must have been replaced. `None`: it is none.
pub(crate) fn parse(text: &str, dynamic: bool, remote: bool) -> Option<Forward> {
    let fields = fields(text)?;
    let socks = || End::Socks;
    let forward = match fields.as_slice() {
        [listen] if dynamic => Forward {
            listen: listen.socket().or_else(|| listen.port(None))?,
            connect: socks(),
        },
        [host, port] if dynamic && !host.path && !port.path => Forward {
            listen: port.port(Some(host))?,
            connect: socks(),
        },
        [listen, connect] if !dynamic => Forward {
            listen: listen.socket().or_else(|| listen.port(None))?,
            connect: connect.socket()?,
        },
        [first, second, third] if !dynamic => {
            if let Some(listen) = first.socket() {
                let connect = third.port(Some(second))?;
                Forward { listen, connect }
            } else if let Some(connect) = third.socket() {
                let listen = second.port(Some(first))?;
                Forward { listen, connect }
            } else {
                let connect = third.port(Some(second))?;
                let listen = first.port(None)?;
                Forward { listen, connect }
            }
        }
        [listen_host, listen, host, port] if !dynamic => Forward {
            listen: listen.port(Some(listen_host))?,
            connect: port.port(Some(host))?,
        },
        _ => return None,
    };
    forward.is_sound(remote).then_some(forward)
}

/// The two arguments of a line as one text, cut as ssh cuts it.
pub(crate) fn joined(listen: &str, connect: Option<&str>) -> String {
    let mut text = match connect {
        Some(connect) => format!("{listen}:{connect}"),
        None => listen.to_owned(),
    };
    let mut end = LONGEST.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

struct Field {
    text: String,
    path: bool,
}

impl Field {
    fn socket(&self) -> Option<End> {
        self.path.then(|| End::Socket(self.text.clone()))
    }

    fn port(&self, host: Option<&Self>) -> Option<End> {
        Some(End::Port {
            host: host.map(|host| host.text.clone()),
            port: crate::values::port(&self.text)?,
        })
    }
}

impl Forward {
    fn is_sound(&self, remote: bool) -> bool {
        let end = |end: &End, may_be_zero: bool| match end {
            End::Port { host, port } => {
                (*port > 0 || may_be_zero)
                    && host.as_ref().is_none_or(|host| host.len() <= LONGEST_HOST)
            }
            End::Socket(path) => path.len() <= LONGEST_SOCKET,
            End::Socks => true,
        };
        end(&self.listen, remote) && end(&self.connect, false)
    }
}

/// The fields between colons; brackets hold one together, a backslash takes the next character as
/// it is.
fn fields(text: &str) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if fields.len() == 4 {
            return None;
        }
        if let Some(inside) = rest.strip_prefix('[') {
            let (inside, after) = inside.split_once(']')?;
            rest = match after.strip_prefix(':') {
                Some(after) => after,
                None if after.is_empty() => after,
                None => return None,
            };
            fields.push(Field {
                text: inside.to_owned(),
                path: inside.contains('/'),
            });
            continue;
        }
        let mut field = Field {
            text: String::new(),
            path: false,
        };
        let mut characters = rest.chars();
        loop {
            match characters.next() {
                None | Some(':') => break,
                Some('\\') => field.text.push(characters.next()?),
                Some(c) => {
                    field.path |= c == '/';
                    field.text.push(c);
                }
            }
        }
        rest = characters.as_str();
        fields.push(field);
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(host: Option<&str>, port: u16) -> End {
        End::Port {
            host: host.map(str::to_owned),
            port,
        }
    }

    #[test]
    fn each_form_of_a_forward_is_read() {
        let read = |text| parse(text, false, false).unwrap();
        assert_eq!(
            read("8080:web:80"),
            Forward {
                listen: port(None, 8080),
                connect: port(Some("web"), 80)
            }
        );
        assert_eq!(
            read("[::1]:8080:[fd00::1]:80"),
            Forward {
                listen: port(Some("::1"), 8080),
                connect: port(Some("fd00::1"), 80)
            }
        );
        assert_eq!(
            read("/run/a:/run/b"),
            Forward {
                listen: End::Socket("/run/a".to_owned()),
                connect: End::Socket("/run/b".to_owned())
            }
        );
        assert_eq!(read("/run/a:db:5432").connect, port(Some("db"), 5432));
        assert_eq!(read("*:80:/run/b").listen, port(Some("*"), 80));
        assert_eq!(parse("1080", true, false).unwrap().connect, End::Socks);
        assert_eq!(parse("0", true, true).unwrap().listen, port(None, 0));
    }

    #[test]
    fn what_is_no_forward_is_refused() {
        for wrong in [
            "",
            "80",
            "80:80",
            "a:b:c:d:e",
            "[::1:80:b:80",
            "0:web:80",
            "80:web:0",
            "80:web:x",
        ] {
            assert_eq!(parse(wrong, false, false), None, "{wrong}");
        }
        assert_eq!(parse("1:2:3", true, false), None);
        assert_eq!(parse("0", true, false), None);
    }
}
