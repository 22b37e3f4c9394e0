//! `serve`: the backend itself.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;
use clap::Args;

use super::codes::Codes;
use super::place::{Locality, Place};
use super::{CliResult, log, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::messenger::Secret;
use crate::serve::serve;
use crate::world_clock;

/// Where this backend's password at the national identification comes from, if it has one there: never
/// from the command line, which others can read.
const NATIONAL_SECRET: &str = "CITIZEN_NATIONAL_SECRET";

/// Serve until Ctrl-C or SIGTERM, then finish what is on its way.
///
/// When the ports are open, one line of JSON on standard output names them.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// The public address. Put a proxy with TLS before it; port 0 lets the system choose.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", env = "CITIZEN_LISTEN")]
    listen: SocketAddr,
    /// The operator's address for /metrics; none if absent. Do not make it public.
    #[arg(long, value_name = "ADDRESS", env = "CITIZEN_METRICS_LISTEN")]
    metrics_listen: Option<SocketAddr>,
    /// The address of a proxy before the public port, as it connects to us. Only such a one is believed
    /// about where a request came from (the last address in X-Forwarded-For), which sign-in counts
    /// tries by. May be given several times.
    #[arg(
        long = "trusted-proxy",
        value_name = "ADDRESS",
        env = "CITIZEN_TRUSTED_PROXY",
        value_delimiter = ','
    )]
    trusted_proxies: Vec<IpAddr>,
    /// Try things out: make missing keys and add the sample people, whose passwords are public.
    #[arg(long)]
    demo: bool,
    /// Start the world's clock at this moment, such as 2024-04-05T08:00+07:00; only with --demo. A
    /// world that was there before goes on where it stopped.
    #[arg(long, value_name = "TIME", value_parser = moment, requires = "demo")]
    clock_start: Option<UtcMillis>,
    #[command(flatten)]
    codes: Codes,
    /// What is logged, such as info or warn,citizen_backend=debug.
    #[arg(long, value_name = "FILTER", default_value = "info", env = "CITIZEN_LOG")]
    log: String,
}

impl Serve {
    pub(super) async fn run(self) -> CliResult {
        log::start(&self.log)?;
        std::fs::create_dir_all(&self.place.data_dir)?;
        let clock: Arc<dyn Clock> = match self.clock_start {
            Some(start) => Arc::new(world_clock::resume(&self.place.db(), start).await?),
            None => Arc::new(SystemClock),
        };
        let config = Config {
            listen: self.listen,
            metrics_listen: self.metrics_listen,
            proxies: self.trusted_proxies,
            demo: self.demo,
            messenger: self.codes.messenger()?,
            codes_per_day: self.codes.codes_per_day,
            national_secret: Secret::new(std::env::var(NATIONAL_SECRET).unwrap_or_default()),
            clock,
            ..self.place.config(&self.locality)
        };
        let running = serve(config).await?;
        let ports = serde_json::json!({
            "listening": running.addr,
            "metrics": running.metrics_addr,
            "root_public_key": running.opened.backend.signer.root_public_key(),
        });
        say(&ports.to_string())?;
        tracing::info!(addr = %running.addr, demo = self.demo, "serving");
        stopped().await?;
        tracing::info!("stopping");
        running.shutdown().await;
        Ok(())
    }
}

async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            done = tokio::signal::ctrl_c() => done,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Reads `2024-04-05T08:00`, followed by `Z` or an offset such as `+07:00`.
fn moment(text: &str) -> Result<UtcMillis, String> {
    let wrong = || "write it like 2024-04-05T08:00+07:00".to_owned();
    let (date, rest) = text.split_once('T').ok_or_else(wrong)?;
    let date: CivilDate = date.parse().map_err(|_| wrong())?;
    let (time, offset) = rest.split_at_checked(5).ok_or_else(wrong)?;
    let offset = match (offset.split_at_checked(1), offset) {
        (_, "Z") => 0,
        (Some(("+", offset)), _) => minutes(offset).ok_or_else(wrong)?,
        (Some(("-", offset)), _) => -minutes(offset).ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    let minutes = date.days() * 24 * 60 + minutes(time).ok_or_else(wrong)? - offset;
    Ok(UtcMillis(minutes * 60_000))
}

/// `08:00` in minutes.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then(|| i64::from(hours) * 60 + i64::from(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_needs_its_zone() {
        assert_eq!(moment("2024-04-05T08:00+07:00"), Ok(UtcMillis(1_712_278_800_000)));
        assert_eq!(moment("2024-04-05T01:00Z"), Ok(UtcMillis(1_712_278_800_000)));
        for wrong in ["2024-04-05", "2024-04-05T08:00", "2024-02-30T08:00Z", "2024-04-05T24:00Z", "T", ""] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }
}
