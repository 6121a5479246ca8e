//! Which functions the store has, as its sources say.

use std::collections::BTreeSet;
use std::path::Path;

/// Files whose functions send no statement to tables: copying the whole file, opening, the
/// lock on the file.
const OTHERS: [&str; 3] = ["backup", "connect", "exclusive"];

/// Every public function that asks the database, such as `deliveries::claim::any`.
pub fn functions() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut functions = BTreeSet::new();
    collect(&root, "", &mut functions);
    assert!(functions.len() > 100, "{functions:?}");
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
        let text = std::fs::read_to_string(&path).unwrap();
        let found = text
            .lines()
            .filter_map(|line| line.strip_prefix("pub async fn "))
            .filter_map(|rest| rest.split(['(', '<']).next())
            .map(|function| format!("{module}{function}"));
        functions.extend(found);
    }
}
