//! What a lock file names, to tell how much of a build is new.

use std::collections::BTreeSet;

/// Every package with its version.
pub fn packages(text: &str) -> BTreeSet<String> {
    let mut packages = BTreeSet::new();
    let mut name = None;
    for line in text.lines() {
        if let Some(value) = line.strip_prefix("name = ") {
            name = Some(value);
        } else if let (Some(version), Some(name)) = (line.strip_prefix("version = "), name.take()) {
            packages.insert(format!("{name} {version}"));
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::packages;

    #[test]
    fn each_package_has_its_version() {
        let text = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\n \"b\",\n]\n\n\
                    [[package]]\nname = \"b\"\nversion = \"2.0.0\"\n";
        let found: Vec<String> = packages(text).into_iter().collect();
        assert_eq!(found, ["\"a\" \"1.0.0\"", "\"b\" \"2.0.0\""]);
    }
}
