//! A national identification to test against: the real `oidc-provider`, a proxy before it that can forge,
//! and a browser without a window.

mod browser;
mod bureau;
mod forger;
mod phone;
mod provider;
mod proxy;

pub use browser::sign_in;
pub use bureau::{Answer, Attempt, BACK, Bureau, Seeker};
pub use forger::{Forgery, Signed};
pub use phone::syncs;
pub use provider::Provider;
pub use proxy::{Proxy, Seen};
