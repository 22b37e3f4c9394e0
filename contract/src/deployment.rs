//! The deployment file: which backend an app belongs to, and the root key it trusts.

use serde::{Deserialize, Serialize};

/// What an installation of the app is told about its backend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Where the backend answers, without a slash at the end.
    pub base_url: String,
    /// The Ed25519 root key in base64; the only key trusted without proof.
    pub root_public_key: String,
    /// The profile's id, such as `thuy-nguyen`.
    pub profile: String,
    /// Whether this is a deployment for trying out, which every screen then says.
    #[serde(default)]
    pub demo: bool,
}
