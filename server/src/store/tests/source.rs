//! Which functions the store has, as its sources say.

use std::collections::BTreeSet;
use std::path::Path;

/// Files whose functions send no statement to tables: copying the whole file, opening, the
/// lock on the file.
const OTHERS: [&str; 3] = ["backup", "connect", "exclusive"];

/// Every public function that asks the database, such as `deliveries::claim::any`, and every such
/// method, such as `Txn::commit`.
///
/// Sinks of hits wait in threads of their own, on connections of their own; they add rows, and
/// read none.
pub fn functions() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut functions = BTreeSet::new();
    functions.extend(told(&source.join("store.rs"), ""));
    collect(&source.join("store"), "", &mut functions);
    assert!(functions.len() > 100, "{functions:?}");
    for known in ["posts::find", "Txn::commit", "examination::Store::engine"] {
        assert!(functions.contains(known), "{known} is overlooked");
    }
    functions
}

fn collect(folder: &Path, module: &str, functions: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if name == "tests" || OTHERS.contains(&name.as_str()) {
            continue;
        }
        let module = format!("{module}{name}::");
        if path.is_dir() {
            collect(&path, &module, functions);
            continue;
        }
        functions.extend(told(&path, &module));
    }
}

/// Those of a file. What stands within a type's `impl` bears the type's name.
fn told(path: &Path, module: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut of_type = String::new();
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("impl ") {
            of_type = rest.trim_end_matches(" {").to_owned();
        }
        let function = line.strip_prefix("pub async fn ");
        let method = line.strip_prefix("    pub async fn ");
        let name = |rest: &str| rest.split(['(', '<']).next().map(str::to_owned);
        found.extend(
            function
                .and_then(name)
                .map(|name| format!("{module}{name}")),
        );
        found.extend(
            method
                .and_then(name)
                .map(|name| format!("{module}{of_type}::{name}")),
        );
    }
    found
}
