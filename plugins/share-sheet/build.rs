//! Puts the Kotlin and Swift of this plugin into the projects of the phones.

fn main() {
    tauri_plugin::Builder::new(&["share"]).android_path("android").ios_path("ios").build();
}
