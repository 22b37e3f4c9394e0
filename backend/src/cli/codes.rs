//! How codes reach phones: flags of `serve`.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::identity;
use crate::messenger::{BodyKind, Gateway, MessengerChoice, Secret};

/// Where the gateway's password comes from: never from the command line, which others can read.
const SECRET: &str = "CITIZEN_GATEWAY_SECRET";

/// A way to the phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    /// For development: a file codes.log in the data folder; only on a loopback address.
    Log,
    /// A gateway; needs --gateway-url.
    Http,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Codes {
    /// How codes reach phones. Without it nobody can register or sign a new device in, except in a
    /// demo on a loopback address, which writes codes into the file codes.log of the data folder.
    #[arg(long, value_name = "WAY", env = "CITIZEN_MESSENGER")]
    messenger: Option<Way>,
    /// The most codes in 24 hours; then no more are sent, whoever asks. It bounds what codes cost.
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = identity::Codes::PER_DAY,
        env = "CITIZEN_CODES_PER_DAY"
    )]
    pub(super) codes_per_day: u32,
    /// Where messages are posted to; https, or http on this machine.
    #[arg(long, value_name = "URL", env = "CITIZEN_GATEWAY_URL", required_if_eq("messenger", "http"))]
    gateway_url: Option<String>,
    /// The body, with {phone} (E.164), {text} or {code}, and {secret}, which is read from
    /// CITIZEN_GATEWAY_SECRET.
    #[arg(
        long,
        value_name = "TEMPLATE",
        default_value = r#"{"to":"{phone}","text":"{text}"}"#,
        env = "CITIZEN_GATEWAY_BODY"
    )]
    gateway_body: String,
    /// How values are written into the body.
    #[arg(long, value_name = "KIND", value_enum, default_value_t = BodyKind::Json, env = "CITIZEN_GATEWAY_KIND")]
    gateway_kind: BodyKind,
    /// A header, such as "authorization: Bearer {secret}".
    #[arg(long, value_name = "HEADER", env = "CITIZEN_GATEWAY_HEADER")]
    gateway_header: Option<String>,
    /// What the answer must contain, for gateways that answer 200 when they fail.
    #[arg(long, value_name = "TEXT", env = "CITIZEN_GATEWAY_EXPECT")]
    gateway_expect: Option<String>,
    /// How long to wait for the gateway's answer, in seconds.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = clap::value_parser!(u64).range(1..=25),
        env = "CITIZEN_GATEWAY_TIMEOUT"
    )]
    gateway_timeout: u64,
}

impl Codes {
    /// The messenger that was chosen.
    pub(super) fn messenger(&self) -> Result<MessengerChoice, String> {
        Ok(match self.messenger {
            None => MessengerChoice::Usual,
            Some(Way::Log) => MessengerChoice::Log,
            Some(Way::Http) => MessengerChoice::Http(Gateway {
                url: self.gateway_url.clone().ok_or("--messenger http needs --gateway-url")?,
                body: self.gateway_body.clone(),
                kind: self.gateway_kind,
                header: self.gateway_header.clone(),
                expect: self.gateway_expect.clone(),
                secret: Secret::new(std::env::var(SECRET).unwrap_or_default()),
                timeout: Duration::from_secs(self.gateway_timeout),
            }),
        })
    }
}
