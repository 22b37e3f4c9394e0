//! The HTTP client for requests that this backend sends to others.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore};

/// One that trusts the well-known authorities, follows no redirect and waits so long; none if TLS
/// cannot be set up.
pub(crate) fn client(timeout: Duration) -> Option<reqwest::Client> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        // A code or a secret must not follow a redirect to somewhere else.
        .redirect(Policy::none())
        .timeout(timeout)
        .user_agent(concat!("citizen-backend/", env!("CARGO_PKG_VERSION")))
        .build()
        .ok()
}
