//! The network that a request came from.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::App;
use crate::identity::{DeviceMark, Origin};

/// Read from the connection, or from what our own proxy says of it; anybody else's word about that is
/// not listened to.
pub(super) struct CameFrom(pub(super) Origin);

impl FromRequestParts<App> for CameFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self(origin(peer, &parts.headers, &app.proxies).on(device(&parts.headers))))
    }
}

/// `citizen-device`: 32 hexadecimal digits. Anything else is nothing.
fn device(headers: &HeaderMap) -> Option<DeviceMark> {
    let mut mark = DeviceMark::default();
    hex::decode_to_slice(headers.get("citizen-device")?, &mut mark).ok()?;
    Some(mark)
}

fn origin(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> Origin {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else { return Origin::HERE };
    if !proxies.contains(&peer) {
        return Origin::of(peer);
    }
    // The last address is the one that our proxy saw; those before it are what a client claims.
    let told = headers.get_all("x-forwarded-for").iter().next_back();
    let told = told.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    Origin::of(told.unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxy_is_believed() {
        let ip = |text: &str| -> IpAddr { text.parse().unwrap() };
        let (proxy, client) = (ip("192.0.2.1"), ip("198.51.100.7"));
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().unwrap());
        assert_eq!(origin(Some(proxy), &headers, &[proxy]), Origin::of(client));
        assert_eq!(origin(Some(ip("::ffff:192.0.2.1")), &headers, &[proxy]), Origin::of(client));
        assert_eq!(origin(Some(client), &headers, &[proxy]), Origin::of(client));
        let thief = ip("203.0.113.20");
        assert_eq!(origin(Some(thief), &headers, &[proxy]), Origin::of(thief), "what a client claims");
        assert_eq!(origin(Some(proxy), &HeaderMap::new(), &[proxy]), Origin::of(proxy));
        assert_eq!(origin(None, &headers, &[proxy]), Origin::HERE);
    }
}
