//! What the projects of the phones say must agree with the program and with itself.

use std::fs;
use std::path::PathBuf;

use citizen_contract::checks::DEEP_LINK;
use citizen_core::links::SCHEME;
use plist::{Dictionary, Value};

fn text(path: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn dictionary(path: &str) -> Dictionary {
    let value = Value::from_reader(std::io::Cursor::new(text(path)));
    value.unwrap_or_else(|error| panic!("{path}: {error}")).into_dictionary().unwrap()
}

fn only<'a>(of: &'a Dictionary, key: &str) -> &'a Value {
    let [value] = of[key].as_array().unwrap().as_slice() else { panic!("{key} is to have one entry") };
    value
}

#[test]
fn the_property_lists_of_ios_can_be_read() {
    let entitled = dictionary("ios/app.entitlements");
    assert_eq!(
        only(&entitled, "com.apple.developer.associated-domains").as_string(),
        Some("applinks:LINK_HOST")
    );
    let privacy = dictionary("ios/PrivacyInfo.xcprivacy");
    assert_eq!(privacy["NSPrivacyTracking"].as_boolean(), Some(false));
    for kind in privacy["NSPrivacyCollectedDataTypes"].as_array().unwrap() {
        let kind = kind.as_dictionary().unwrap();
        assert_eq!(kind["NSPrivacyCollectedDataTypeTracking"].as_boolean(), Some(false));
    }
}

#[test]
fn what_the_system_asks_is_asked_in_both_languages() {
    let info = dictionary("ios/Info.plist");
    let asked: Vec<&String> = info.keys().filter(|key| key.ends_with("UsageDescription")).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    let (vi, en) = (text("ios/vi.lproj/InfoPlist.strings"), text("ios/en.lproj/InfoPlist.strings"));
    for key in asked {
        let own = info[key].as_string().unwrap();
        assert!(vi.contains(&format!("\"{key}\" = \"{own}\";")), "{key}");
        assert!(en.contains(&format!("\"{key}\" = ")), "{key}");
    }
}

#[test]
fn links_have_the_same_schemes_everywhere() {
    let (back, host) = DEEP_LINK.split_once("://").unwrap();
    let info = dictionary("ios/Info.plist");
    let kinds = info["CFBundleURLTypes"].as_array().unwrap().iter();
    let schemes: Vec<_> = kinds
        .map(|kind| only(kind.as_dictionary().unwrap(), "CFBundleURLSchemes").as_string().unwrap())
        .collect();
    assert_eq!(schemes, [SCHEME, back]);
    let manifest = text("gen/android/app/src/main/AndroidManifest.xml");
    for scheme in schemes {
        assert!(manifest.contains(&format!("android:scheme=\"{scheme}\"")), "{scheme}");
    }
    assert!(manifest.contains(&format!("android:host=\"{host}\"")));
}

#[test]
fn the_run_in_the_background_has_one_name() {
    let info = dictionary("ios/Info.plist");
    let name = only(&info, "BGTaskSchedulerPermittedIdentifiers").as_string().unwrap();
    let swift = text("plugins/background-flush/ios/Sources/BackgroundFlushPlugin.swift");
    assert!(swift.contains(&format!("identifier = \"{name}\"")));
}

#[test]
fn android_looks_for_the_doors_that_the_library_has() {
    let kotlin = text("plugins/background-flush/android/src/main/java/Native.kt");
    let doors = text("plugins/background-flush/src/android.rs");
    let package = kotlin.lines().find_map(|line| line.strip_prefix("package ")).unwrap().replace('.', "_");
    let names: Vec<&str> = kotlin
        .lines()
        .filter_map(|line| line.trim().strip_prefix("external fun ")?.split('(').next())
        .collect();
    assert_eq!(names, ["flush", "stop", "opening"]);
    for name in names {
        assert!(doors.contains(&format!("fn Java_{package}_Native_{name}")), "{name}");
    }
    let library = kotlin.split("loadLibrary(\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(text("Cargo.toml").contains(&format!("[lib]\nname = \"{}\"", library.unwrap())));
}
