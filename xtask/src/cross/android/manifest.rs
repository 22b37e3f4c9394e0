//! The manifest as Gradle hands it to `aapt2`: with its package, and its placeholders filled in.

use std::path::Path;

use super::newer::{Newer, without_comments};

/// Fills the manifest in for linking.
pub fn prepared(manifest: &str, gradle: &str, newer: &Newer) -> Result<String, String> {
    let package = namespace(gradle)?;
    let text = newer.without(manifest);
    let text = text.replacen("<manifest ", &format!("<manifest package=\"{package}\" "), 1);
    let mut filled = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("${") {
        let (name, behind) = after.split_once('}').ok_or("The manifest has a ${ without its }.")?;
        if name != "applicationId" && !gradle.contains(&format!("manifestPlaceholders[\"{name}\"]")) {
            return Err(format!(
                "The manifest asks for ${{{name}}}, which app/build.gradle.kts does not set."
            ));
        }
        filled.push_str(before);
        filled.push_str(if name == "applicationId" { &package } else { "false" });
        rest = behind;
    }
    Ok(filled + rest)
}

/// Every class of our own that the manifest names must exist, or the app dies when it is started.
pub fn names_are_classes(manifest: &str, sources: &Path, gradle: &str) -> Result<(), String> {
    let folder = sources.join(namespace(gradle)?.replace('.', "/"));
    for piece in without_comments(manifest).split("android:name=\".").skip(1) {
        let name = piece.split('"').next().unwrap_or_default();
        if !folder.join(format!("{name}.kt")).is_file() {
            return Err(format!("The manifest names .{name}, but there is no {name}.kt."));
        }
    }
    Ok(())
}

fn namespace(gradle: &str) -> Result<String, String> {
    let line = gradle.lines().find_map(|line| line.trim().strip_prefix("namespace = \""));
    line.and_then(|rest| rest.split('"').next())
        .map(str::to_owned)
        .ok_or_else(|| "app/build.gradle.kts names no namespace.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRADLE: &str =
        "android {\n    namespace = \"vn.mau\"\n    manifestPlaceholders[\"host\"] = \"mau.vn\"\n}\n";

    fn filled(manifest: &str) -> Result<String, String> {
        prepared(manifest, GRADLE, &Newer::default())
    }

    #[test]
    fn package_and_placeholders_are_filled_in() {
        let text = filled("<manifest x=\"y\"><data a=\"${host}\" b=\"${applicationId}.files\"/></manifest>");
        assert_eq!(
            text.unwrap(),
            "<manifest package=\"vn.mau\" x=\"y\"><data a=\"false\" b=\"vn.mau.files\"/></manifest>"
        );
    }

    #[test]
    fn a_placeholder_that_nobody_sets_is_a_fault() {
        assert!(filled("<manifest a=\"${other}\"/>").unwrap_err().contains("${other}"));
    }

    #[test]
    fn a_class_that_is_not_there_is_a_fault() {
        let sources = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(sources.path().join("vn/mau")).unwrap();
        std::fs::write(sources.path().join("vn/mau/MainActivity.kt"), "").unwrap();
        let names = |name: &str| {
            names_are_classes(&format!("<activity android:name=\"{name}\"/>"), sources.path(), GRADLE)
        };
        assert!(names(".MainActivity").is_ok());
        assert!(names("androidx.core.content.FileProvider").is_ok());
        assert!(names(".Other").unwrap_err().contains("Other.kt"));
    }
}
