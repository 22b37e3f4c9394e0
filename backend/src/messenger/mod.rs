//! Messages to phones: how a code reaches the person whom it is for.
//!
//! A slice that sends a message knows only [`Messenger`]. To add a way, implement it in a file of its
//! own and give it a [`MessengerChoice`].

mod file;
mod gateway;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use citizen_contract::phone::Phone;

pub use file::{CODES_FILE, FileMessenger};
pub use gateway::{BodyKind, Gateway, GatewayError, HttpMessenger, Secret};

/// One message with a code in it. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct Message {
    /// To whom.
    pub to: Phone,
    /// The code alone, for gateways that fill in a text of their own.
    pub code: String,
    /// The whole text, the code in it.
    pub text: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message { .. }")
    }
}

/// A message was not taken over. Never repeats it, nor an answer, nor an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessengerError {
    /// There is no way to send messages here.
    #[error("no messenger is set up")]
    None,
    /// The gateway cannot be reached.
    #[error("the gateway cannot be reached")]
    Unreachable,
    /// The gateway did not answer in time; the message may be on its way all the same.
    #[error("the gateway did not answer in time")]
    TimedOut,
    /// The gateway refused.
    #[error("the gateway answered {0}")]
    Refused(u16),
    /// The gateway's answer is not the one that means success.
    #[error("the gateway's answer does not say that it took the message")]
    OtherAnswer,
    /// The file cannot be written.
    #[error("the file of codes cannot be written")]
    File,
}

/// A way to reach a phone.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// Hands a message over for delivery.
    ///
    /// # Errors
    /// [`MessengerError`]; only [`MessengerError::TimedOut`] leaves open whether it was handed over.
    async fn send(&self, message: &Message) -> Result<(), MessengerError>;
}

/// Sends nothing: registration and new devices wait until an operator sets a messenger up.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMessenger;

#[async_trait]
impl Messenger for NoMessenger {
    async fn send(&self, _: &Message) -> Result<(), MessengerError> {
        Err(MessengerError::None)
    }
}

/// How codes reach phones.
#[derive(Debug, Clone, Default)]
pub enum MessengerChoice {
    /// In a demo on a loopback address a file, otherwise no way at all.
    #[default]
    Usual,
    /// For development: a file in the data folder, on a loopback address only.
    Log,
    /// A gateway over HTTP.
    Http(Gateway),
}

/// The messenger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MessengerSetupError {
    /// Whoever can reach the port could have everybody's codes written where nobody guards them.
    #[error(
        "--messenger log writes codes in the clear and is for development: it serves on a loopback address \
         only, not on {0}"
    )]
    LogInPublic(SocketAddr),
    /// The gateway.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
}

impl MessengerChoice {
    /// The messenger that was chosen for a backend that listens there.
    ///
    /// # Errors
    /// [`MessengerSetupError`]
    pub fn open(
        &self,
        listen: SocketAddr,
        demo: bool,
        data_dir: &Path,
    ) -> Result<Arc<dyn Messenger>, MessengerSetupError> {
        let private = listen.ip().to_canonical().is_loopback();
        match self {
            Self::Usual if demo && private => Ok(Arc::new(FileMessenger::in_folder(data_dir))),
            Self::Usual => Ok(Arc::new(NoMessenger)),
            Self::Log if private => Ok(Arc::new(FileMessenger::in_folder(data_dir))),
            Self::Log => Err(MessengerSetupError::LogInPublic(listen)),
            Self::Http(gateway) => Ok(Arc::new(HttpMessenger::new(gateway.clone())?)),
        }
    }
}
