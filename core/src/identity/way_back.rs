//! How the browser comes back: to a listener on this machine, or on phones by a link that the system hands to
//! the app, since a listener of an app behind its browser may be asleep.

use citizen_contract::checks::DEEP_LINK;
use tokio::sync::broadcast;

use super::loopback::{Brought, Loopback, in_query};

/// Links that the system handed over for this.
#[derive(Clone)]
pub struct Returns(broadcast::Sender<String>);

impl Default for Returns {
    fn default() -> Self {
        Self(broadcast::channel(4).0)
    }
}

impl Returns {
    /// Takes a link that is the browser's. Says whether it is one; it carries a code, and is shown nowhere.
    #[must_use]
    pub fn take(&self, link: &str) -> bool {
        let ours = query_of(link).is_some();
        if ours {
            // Nobody waits any more: then it is too late for it.
            let _ = self.0.send(link.to_owned());
        }
        ours
    }
}

/// How the browser comes back.
pub enum WayBack {
    /// To a listener.
    Loopback(Loopback),
    /// By a link.
    Link(broadcast::Receiver<String>),
}

impl WayBack {
    /// A listener on this machine.
    ///
    /// # Errors
    /// The system's.
    pub async fn here() -> std::io::Result<Self> {
        Ok(Self::Loopback(Loopback::open().await?))
    }

    /// A link that the system will hand over.
    #[must_use]
    pub fn by_link(returns: &Returns) -> Self {
        Self::Link(returns.0.subscribe())
    }

    /// Where the browser is to go.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::Loopback(loopback) => loopback.address(),
            Self::Link(_) => DEEP_LINK.to_owned(),
        }
    }

    /// Waits for what carries this state.
    pub async fn wait_for(self, state: &str) -> Brought {
        match self {
            Self::Loopback(loopback) => loopback.wait_for(state).await,
            Self::Link(mut links) => loop {
                match links.recv().await {
                    Ok(link) => {
                        let brought = query_of(&link).and_then(|query| in_query(query, state));
                        if let Some(brought) = brought {
                            return brought;
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    // The app is being closed; whoever waits is ended with it.
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            },
        }
    }
}

/// What stands behind our address; some browsers put a slash between.
fn query_of(link: &str) -> Option<&str> {
    let rest = link.strip_prefix(DEEP_LINK)?;
    rest.strip_prefix('/').unwrap_or(rest).strip_prefix('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_link_with_the_right_state_is_waited_for() {
        let returns = Returns::default();
        let way = WayBack::by_link(&returns);
        assert_eq!(way.address(), DEEP_LINK);
        assert!(returns.take(&format!("{DEEP_LINK}?code=a&state=sai")));
        assert!(returns.take(&format!("{DEEP_LINK}?code=a")));
        assert!(returns.take(&format!("{DEEP_LINK}/?code=a%2Bb&state=dung&iss=x")));
        assert_eq!(way.wait_for("dung").await, Brought::Code("a+b".to_owned()));
    }

    #[tokio::test]
    async fn a_no_comes_back_too() {
        let returns = Returns::default();
        let way = WayBack::by_link(&returns);
        assert!(returns.take(&format!("{DEEP_LINK}?error=access_denied&state=dung")));
        assert_eq!(way.wait_for("dung").await, Brought::Refusal);
    }

    #[test]
    fn other_links_are_left_to_others() {
        let returns = Returns::default();
        for link in [
            "thuynguyensmart://r/TN-000123",
            DEEP_LINK,
            "vn.gov.haiphong.thuynguyen.smart://national-id2?code=a&state=dung",
            "vn.gov.haiphong.thuynguyen.smart://national-id/a?code=a&state=dung",
            "https://may-chu.mau.vn/national-id?code=a&state=dung",
        ] {
            assert!(!returns.take(link), "{link}");
        }
    }
}
