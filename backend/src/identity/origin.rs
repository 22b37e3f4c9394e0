//! From where somebody signs in: a network, never kept as its address.

use std::net::{IpAddr, Ipv6Addr};

/// A network under the deployment's key; says nothing without it.
pub type OriginHash = [u8; 32];

/// The network that a request came from, and the installation that it says it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    network: Option<IpAddr>,
    device: Option<DeviceMark>,
}

/// What an installation of the app calls itself when it asks for codes: 128 random bits. Nobody has to
/// believe it; one that lies is still counted by its network.
pub type DeviceMark = [u8; 16];

impl Origin {
    /// The same process, or a place that has no address.
    pub const HERE: Self = Self { network: None, device: None };

    /// The network of an address. A household has a /64 of the newer addresses, so that the rest says
    /// nothing.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        let network = match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            older => older,
        };
        Self { network: Some(network), device: None }
    }

    /// The same, from an installation that says which one it is.
    #[must_use]
    pub fn on(self, device: Option<DeviceMark>) -> Self {
        Self { device, ..self }
    }

    /// The installation, if it said so.
    pub(super) fn device(self) -> Option<DeviceMark> {
        self.device
    }

    /// What is hashed of the network.
    pub(super) fn text(self) -> String {
        self.network.map(|address| address.to_string()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address leads to a person.
        f.write_str("Origin { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_household_is_one_network() {
        let of = |text: &str| Origin::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::5"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::5"), of("2001:db8:1:3::5"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(format!("{:?}", of("192.0.2.1")), "Origin { .. }");
    }
}
