//! The YAML form of an inventory.
//!
//! Invariant: nothing is built twice, so aliases are passed over and named; how deep a text goes is
//! bounded before anything is built of it.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::Inventory;

/// Lists and objects in others; each group takes two.
const DEPTH: usize = 64;

/// A value, with the line it begins in.
enum Node {
    Empty,
    Text(String),
    /// Encrypted, or of another kind that Ansible alone knows.
    Tagged,
    Alias,
    List,
    Map(Vec<(usize, String, Node)>),
}

pub(super) fn read(text: &str, inventory: &mut Inventory) {
    let mut events = Events {
        parser: Parser::new_from_str(text),
        aliases: 0,
    };
    match events.root() {
        Ok(Node::Map(groups)) => {
            for (_, name, group) in groups {
                add(inventory, None, &name, group);
            }
        }
        Ok(Node::Empty) => {}
        Ok(_) => inventory
            .found
            .wrong(0, "it is YAML, but no inventory: groups were expected"),
        Err((line, message)) => inventory.found.wrong(line, message),
    }
    if events.aliases > 0 {
        let message = "aliases (*) were passed over, and what they stand for is missing";
        inventory.found.wrong(events.aliases, message);
    }
}

fn add(inventory: &mut Inventory, parent: Option<usize>, name: &str, group: Node) {
    let Some(id) = inventory.group(name) else {
        return;
    };
    if let Some(parent) = parent {
        inventory.nest(parent, id);
    }
    let Node::Map(parts) = group else { return };
    for (line, part, value) in parts {
        match (part.as_str(), value) {
            ("hosts", Node::Map(hosts)) => {
                for (line, pattern, vars) in hosts {
                    let hosts = inventory.named(line, &pattern, Some(id));
                    each_var(vars, |name, value| {
                        for host in &hosts {
                            inventory.set_host(*host, name, value);
                        }
                    });
                }
            }
            // One host, or one pattern.
            ("hosts", Node::Text(pattern)) => {
                inventory.named(line, &pattern, Some(id));
            }
            ("children", Node::Map(children)) => {
                for (_, name, child) in children {
                    add(inventory, Some(id), &name, child);
                }
            }
            ("vars", vars) => each_var(vars, |name, value| inventory.set_group(id, name, value)),
            ("hosts" | "children", Node::Empty) => {}
            (part, _) => {
                let part: String = part.chars().take(40).collect();
                let message = format!("{part:?} in a group is not understood");
                inventory.found.wrong(line, message);
            }
        }
    }
}

fn each_var(vars: Node, mut set: impl FnMut(&str, &str)) {
    let Node::Map(vars) = vars else { return };
    for (_, name, value) in vars {
        match value {
            Node::Text(value) => set(&name, &value),
            // That there is one is worth a word, what it is is not known.
            Node::Tagged if crate::is_secret(&name) => set(&name, ""),
            _ => {}
        }
    }
}

type Wrong = (usize, String);

struct Events<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    /// The line of the first alias; 0: there is none.
    aliases: usize,
}

impl Events<'_> {
    fn next(&mut self) -> Result<(Event<'_>, usize), Wrong> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start.line())),
            Some(Err(error)) => Err((
                error.marker().line(),
                format!("it is no YAML: {}", error.info()),
            )),
            None => Ok((Event::StreamEnd, 0)),
        }
    }

    /// The first document.
    fn root(&mut self) -> Result<Node, Wrong> {
        loop {
            let (event, line) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(Node::Empty),
                event => {
                    let begun = Begun::of(event);
                    return self.node(begun, line, 0);
                }
            }
        }
    }

    fn node(&mut self, begun: Begun, line: usize, depth: usize) -> Result<Node, Wrong> {
        if depth > DEPTH {
            return Err((line, format!("it goes deeper than {DEPTH} levels")));
        }
        match begun {
            Begun::Whole(Node::Alias) => {
                if self.aliases == 0 {
                    self.aliases = line;
                }
                Ok(Node::Alias)
            }
            Begun::Whole(node) => Ok(node),
            Begun::List => loop {
                let (event, line) = self.next()?;
                if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                    return Ok(Node::List);
                }
                let begun = Begun::of(event);
                self.node(begun, line, depth + 1)?;
            },
            Begun::Map => {
                let mut parts = Vec::new();
                loop {
                    let (event, line) = self.next()?;
                    if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                        return Ok(Node::Map(parts));
                    }
                    let begun = Begun::of(event);
                    let key = self.node(begun, line, depth + 1)?;
                    let (event, value_line) = self.next()?;
                    let begun = Begun::of(event);
                    let value = self.node(begun, value_line, depth + 1)?;
                    if let Node::Text(key) = key {
                        parts.push((line, key, value));
                    }
                }
            }
        }
    }
}

/// What an event begins, free of the parser's borrow.
enum Begun {
    Whole(Node),
    List,
    Map,
}

impl Begun {
    fn of(event: Event<'_>) -> Self {
        match event {
            Event::Scalar(text, style, _, tag) => Self::Whole(match tag {
                Some(tag) if !tag.is_yaml_core_schema() => Node::Tagged,
                _ if style == ScalarStyle::Plain && ["", "~", "null"].contains(&text.as_ref()) => {
                    Node::Empty
                }
                _ => Node::Text(text.into_owned()),
            }),
            Event::SequenceStart(..) => Self::List,
            Event::MappingStart(..) => Self::Map,
            Event::Alias(_) => Self::Whole(Node::Alias),
            _ => Self::Whole(Node::Empty),
        }
    }
}
