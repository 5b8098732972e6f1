//! Relative links in the documents lead somewhere.

use super::{Source, no_faults, slashes, sources};
use crate::tree::Tree;

#[test]
fn relative_links_lead_to_a_file_or_folder() {
    let root = Tree::here().root;
    let exists = |path: &str| root.join(path).exists();
    no_faults(&faults(&sources(), &exists));
}

#[test]
fn a_dead_link_is_found() {
    let text = "[a](b.md), [c](../d.md#e), [f](https://g.example), [h](#i)\n```\n[j](k)\n```\n";
    let sources = [Source::new("docs/x.md", text)];
    assert_eq!(
        faults(&sources, &|path| path == "docs/b.md" || path == "d.md"),
        Vec::<String>::new()
    );
    assert_eq!(faults(&sources, &|_| false).len(), 2);
}

fn faults(sources: &[Source], exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| source.extension() == "md") {
        let folder = source
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        for link in links(&source.text) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            if !exists(&joined(folder, target)) {
                faults.push(format!("{}: dead link {link}", source.path));
            }
        }
    }
    faults
}

/// What stands in `](...)`, outside of code blocks.
fn links(text: &str) -> Vec<&str> {
    text.split("```")
        .step_by(2)
        .flat_map(|prose| prose.split("](").skip(1))
        .filter_map(|rest| Some(rest.split_once(')')?.0))
        .collect()
}

fn joined(folder: &str, target: &str) -> String {
    let mut path = std::path::PathBuf::from(folder);
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    slashes(&path)
}
