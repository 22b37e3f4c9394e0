//! Puts the Kotlin and Swift of this plugin into the projects of the phones. The window may call nothing.

fn main() {
    tauri_plugin::Builder::new(&[]).android_path("android").ios_path("ios").build();
}
