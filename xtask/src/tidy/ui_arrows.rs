//! Which folder of the UI may import from which.

use super::{Source, no_faults, sources};

const FOLDER: &str = "ui/src/";

/// Each folder, and the folders of ours that its files may import from besides their own.
const ARROWS: &[(&str, &[&str])] = &[
    ("api", &["lib"]),
    ("apps", &["api", "kit", "lib"]),
    ("desktop", &["api", "apps", "kit", "lib"]),
    ("kit", &["lib"]),
    ("lib", &[]),
];

#[test]
fn the_ui_imports_only_along_the_arrows() {
    no_faults(&faults(&sources()));
}

#[test]
fn an_import_the_wrong_way_is_found() {
    for (path, text) in [
        ("kit/button.tsx", "import { get } from '../api/client'"),
        (
            "lib/bytes.ts",
            "import type { Server } from \"../api/types\";",
        ),
        (
            "apps/files/app.tsx",
            "import {\n  Chart,\n} from '../dashboard/chart'",
        ),
        (
            "apps/files/app.tsx",
            "const a = await import('../dashboard/app')",
        ),
        (
            "desktop/menu.tsx",
            "import { App } from '../apps/files/app'",
        ),
        ("odd/a.ts", "import { b } from '../lib/b'"),
    ] {
        let source = Source::new(&format!("ui/src/{path}"), text);
        assert_eq!(faults(&[source]).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        (
            "apps/files/app.tsx",
            "import { get } from '../../api/client'",
        ),
        ("apps/files/app.tsx", "import { Row } from './row'"),
        (
            "apps/index.ts",
            "import { manifest } from './files/manifest'",
        ),
        ("desktop/menu.tsx", "import { apps } from '../apps'"),
        (
            "desktop/menu.tsx",
            "import { apps } from '../apps/index.ts'",
        ),
        ("kit/button.tsx", "import { useState } from 'react'"),
        ("main.tsx", "import { Desktop } from './desktop/desktop'"),
    ] {
        let source = Source::new(&format!("ui/src/{path}"), text);
        assert_eq!(faults(&[source]), Vec::<String>::new(), "{path}: {text}");
    }
}

fn faults(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let Some(path) = source.path.strip_prefix(FOLDER) else {
            continue;
        };
        if !matches!(source.extension(), "ts" | "tsx") || source.is_test() {
            continue;
        }
        for import in imports(&source.text) {
            if let Some(why) = resolved(path, import).and_then(|to| fault(path, &to)) {
                faults.push(format!("{}: imports {import}: {why}", source.path));
            }
        }
    }
    faults
}

fn fault(from: &str, to: &str) -> Option<String> {
    // The files at the top are the wiring.
    let (room, inside) = from.split_once('/')?;
    let (to_room, to_inside) = to.split_once('/').unwrap_or((to, ""));
    if room == "apps" && to_room == "apps" {
        let (app, _) = inside.split_once('/')?;
        let to_app = to_inside.split('/').next().unwrap_or_default();
        // `apps/manifest.ts` is what every app has to offer, not an app.
        let is_contract = matches!(to_inside, "manifest" | "manifest.ts");
        return (app != to_app && !is_contract).then(|| "no app imports another".to_owned());
    }
    if room == to_room {
        return None;
    }
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
        return Some(format!("folder {room} is not in the table of arrows"));
    };
    if !allowed.contains(&to_room) {
        return Some(format!("{room} may not use {to_room}"));
    }
    let list = to_inside.trim_end_matches(".ts");
    (room == "desktop"
        && to_room == "apps"
        && !list.is_empty()
        && list != "index"
        && !list.ends_with("manifest"))
    .then(|| "the desktop knows apps only by their manifests".to_owned())
}

/// The path of a relative import below `ui/src`, or of one that starts there (`@/`); `None`: a
/// package.
fn resolved(from: &str, import: &str) -> Option<String> {
    if let Some(path) = import.strip_prefix("@/") {
        return Some(path.to_owned());
    }
    if !import.starts_with('.') {
        return None;
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

/// What stands in quotes after `from`, `import` or `import(`.
fn imports(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for opening in [
        "from '",
        "from \"",
        "import '",
        "import \"",
        "import('",
        "import(\"",
    ] {
        let quote = if opening.ends_with('"') { '"' } else { '\'' };
        found.extend(
            text.split(opening)
                .skip(1)
                .filter_map(|rest| Some(rest.split_once(quote)?.0)),
        );
    }
    found
}
