//! The systems that the app is checked for.

/// One of them.
#[derive(Debug)]
pub struct Target {
    /// What people call it.
    pub name: &'static str,
    /// What the compiler calls it.
    pub triple: &'static str,
}

/// Officials' desktops: the one that is linked and run as well.
pub const WINDOWS: Target = Target { name: "Windows", triple: "x86_64-pc-windows-gnu" };

/// All of them.
pub const ALL: &[Target] = &[
    Target { name: "Android", triple: "aarch64-linux-android" },
    Target { name: "iOS", triple: "aarch64-apple-ios" },
    WINDOWS,
];
