//! What counts as an import of another slice, and what does not.

use std::path::Path;

use super::*;

fn named(text: &str, file: &str) -> Vec<String> {
    let depth = module_path(Path::new(file)).len();
    rust::imports(text, depth).into_iter().map(|(_, name)| name).collect()
}

#[test]
fn paths_from_the_root_are_found() {
    for (text, expected) in [
        ("use crate::workbench::assign;", vec!["workbench"]),
        ("use crate::{db, workbench::{assign, queue}, clock::Clock};", vec!["db", "workbench", "clock"]),
        ("use crate::{\n    db,\n    workbench as w,\n};", vec!["db", "workbench"]),
        ("fn f() { crate::workbench::assign::apply() }", vec!["workbench"]),
        ("macro_rules! m { () => { $crate::workbench::x() } }", vec!["workbench"]),
        ("pub(crate) use crate :: workbench :: *;", vec!["workbench"]),
        ("use super::super::workbench::x;", vec!["workbench"]),
        ("use super::super::{db, workbench};", vec!["db", "workbench"]),
        ("mod tests { use super::super::super::workbench; }", vec!["workbench"]),
        ("use crate::r#workbench::x;", vec!["workbench"]),
        ("let c = '\"'; use crate::workbench::x; let d = '\"';", vec!["workbench"]),
        ("fn f<'a>(x: &'a str) { crate::workbench::g(x) }", vec!["workbench"]),
    ] {
        assert_eq!(named(text, "reports/submit.rs"), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_path_is_not() {
    for text in [
        "// use crate::workbench::assign;",
        "/* crate::workbench /* nested */ crate::workbench */",
        "let text = \"crate::workbench\";",
        "let text = r#\"crate::workbench \" crate::workbench\"#;",
        "let bytes = b\"crate::workbench\";",
        "use super::workbench;",
        "use citizen_contract::workbench;",
        "pub(crate) fn workbench() {}",
    ] {
        assert_eq!(named(text, "reports/submit.rs"), Vec::<String>::new(), "{text}");
    }
    // From `reports/mod.rs` one `super` is the root.
    assert_eq!(named("use super::workbench;", "reports/mod.rs"), ["workbench"]);
}

#[test]
fn lines_are_named() {
    let text = "//! Module.\n\nuse crate::{\n    db,\n    workbench::{\n        assign,\n    },\n};\n";
    assert_eq!(rust::imports(text, 2), [(4, "db".to_owned()), (5, "workbench".to_owned())]);
}

#[test]
fn screens_import_by_alias_and_by_relative_path() {
    let names = |text: &str| -> Vec<String> {
        screens::imports(text, Path::new("reports/compose/Form.svelte"))
            .into_iter()
            .map(|(_, name)| name)
            .collect()
    };
    assert_eq!(names("import Queue from '#lib/features/workbench/Queue.svelte';"), ["workbench"]);
    assert_eq!(names("const m = await import(\"../../workbench/queue\");"), ["workbench"]);
    assert_eq!(names("import x from '../draft';"), ["reports"]);
    assert_eq!(names("import { fold } from '../../../text';"), Vec::<String>::new());
    assert_eq!(names("import x from 'svelte';"), Vec::<String>::new());
}

#[test]
fn a_tree_with_one_fault_names_the_file_and_the_line() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("backend/src/reports/submit.rs", "use crate::db;\nuse crate::{clock, workbench::assign};\n");
    write("backend/src/reports/mod.rs", "use crate::reports::submit;\n");
    write("backend/src/app.rs", "use crate::{reports, workbench};\n");
    write("core/src/workbench.rs", "use super::reports;\n");
    write("ui/src/lib/features/news/List.svelte", "import a from '../reports/a';\n");
    assert_eq!(
        faults(root.path()).unwrap(),
        [
            "core/src/workbench.rs:1: slice workbench imports slice reports",
            "backend/src/reports/submit.rs:2: slice reports imports slice workbench",
            "ui/src/lib/features/news/List.svelte:1: slice news imports slice reports",
        ]
    );
}
