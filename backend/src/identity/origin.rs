//! From where somebody signs in: a network, never kept as its address.

use std::net::{IpAddr, Ipv6Addr};

/// A network under the deployment's key; says nothing without it.
pub type OriginHash = [u8; 32];

/// The network that a request came from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Origin(Option<IpAddr>);

impl Origin {
    /// The same process, or a place that has no address.
    pub const HERE: Self = Self(None);

    /// The network of an address. A household has a /64 of the newer addresses, so that the rest says
    /// nothing.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self(Some(match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            older => older,
        }))
    }

    /// What is hashed.
    pub(super) fn text(self) -> String {
        self.0.map(|address| address.to_string()).unwrap_or_default()
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
