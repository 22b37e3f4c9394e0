//! The systems that the app is checked for.

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What people call it.
    pub name: &'static str,
    /// What the compiler calls it.
    pub triple: &'static str,
    /// Whether this machine has its C compiler and linker. If not, Rust is checked and nothing else.
    pub links: bool,
}

/// Officials' desktops: the one that is linked and run as well.
pub const WINDOWS: Target = Target { name: "Windows", triple: "x86_64-pc-windows-gnu", links: true };

/// All of them.
pub const ALL: &[Target] = &[
    Target { name: "Android", triple: "aarch64-linux-android", links: false },
    Target { name: "iOS", triple: "aarch64-apple-ios", links: false },
    WINDOWS,
];

/// Reads a name as a person types it.
pub fn named(text: &str) -> Result<Target, String> {
    let found = ALL.iter().find(|target| target.name.eq_ignore_ascii_case(text));
    found.copied().ok_or_else(|| "android, ios or windows".to_owned())
}
