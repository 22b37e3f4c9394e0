//! The listening side: takes connections while the network is on, refuses them otherwise.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, oneshot};

use super::{Network, Shared, carry};

/// Either listens, or only keeps the port so that nobody else gets it.
enum Door {
    Open(TcpListener),
    Shut(TcpSocket),
    /// The port was lost on the way; clients see an unplugged network for good.
    Lost,
}

/// Serves the door until the proxy is dropped.
pub(super) async fn keep(
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
    mut orders: mpsc::UnboundedReceiver<(Network, oneshot::Sender<()>)>,
) {
    let mut door = Door::Open(listener);
    loop {
        tokio::select! {
            order = orders.recv() => {
                let Some((network, done)) = order else { break };
                door = turn(door, network, address);
                shared.network.send_replace(network);
                let _ = done.send(());
            }
            accepted = accept(&door) => {
                if let Some(stream) = accepted {
                    welcome(stream, &shared);
                }
            }
        }
    }
    // Connections that still stand end with the proxy.
    shared.network.send_replace(Network::Unplugged);
}

async fn accept(door: &Door) -> Option<TcpStream> {
    match door {
        Door::Open(listener) => listener.accept().await.ok().map(|(stream, _)| stream),
        Door::Shut(_) | Door::Lost => std::future::pending().await,
    }
}

fn welcome(stream: TcpStream, shared: &Arc<Shared>) {
    if *shared.network.borrow() == Network::On {
        shared.record.connected();
        tokio::spawn(carry::serve(stream, Arc::clone(shared)));
    } else {
        shared.record.refused();
        reset(&stream);
    }
}

/// Makes the coming close a reset instead of an orderly end.
pub(super) fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

fn turn(door: Door, network: Network, address: SocketAddr) -> Door {
    match (door, network) {
        (Door::Shut(socket), Network::On | Network::Off) => match socket.listen(128) {
            Ok(listener) => Door::Open(listener),
            Err(_) => Door::Lost,
        },
        (Door::Open(listener), Network::Unplugged) => {
            drop(listener);
            bound(address).map_or(Door::Lost, Door::Shut)
        }
        (door, _) => door,
    }
}

/// A socket that owns the port without listening, so that connecting is refused.
fn bound(address: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
