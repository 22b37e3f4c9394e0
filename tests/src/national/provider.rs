//! The npm package `oidc-provider` in a process of its own.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};

/// A running provider. It ends when this is dropped.
pub struct Provider {
    port: u16,
    // It ends when its standard input does, also if this process is killed.
    _stdin: Option<ChildStdin>,
    child: Child,
}

impl Provider {
    /// One that calls itself `issuer` and signs with `algorithm`.
    ///
    /// # Panics
    /// If it cannot be started.
    pub async fn start(issuer: &str, algorithm: &str, secret: Option<&str>) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc");
        assert!(folder.join("node_modules").is_dir(), "the provider is missing: run `npm ci` in tests/oidc");
        let mut child = Command::new("node")
            .arg("provider.mjs")
            .current_dir(folder)
            .env("ISSUER", issuer)
            .env("ALGORITHM", algorithm)
            .env("CLIENT_ID", super::proxy::CLIENT_ID)
            .env("CLIENT_SECRET", secret.unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().unwrap();
            if let Some(port) = line.strip_prefix("listening ") {
                break port.parse().unwrap();
            }
        };
        Self { port, _stdin: child.stdin.take(), child }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Replaces its signing key.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn rotate(&self) {
        let answer = super::proxy::client().post(format!("{}/rotate", self.address())).send().await.unwrap();
        assert!(answer.status().is_success());
    }

    /// Ends it.
    ///
    /// # Panics
    /// If it does not end.
    pub async fn stop(&mut self) {
        self.child.kill().await.unwrap();
    }
}
