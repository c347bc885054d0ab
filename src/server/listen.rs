//! Listeners: which addresses a host has, and why it may be impossible to listen there.

use crate::limits;
use crate::unix;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};

/// Listens on the same port of all addresses of `host`.
pub(super) fn listen(host: &str, port: u16) -> Result<Vec<TcpListener>, BindError> {
    let fail = |error| BindError::new(host, port, &error);
    let addresses = addresses(host).map_err(fail)?;
    for _ in 0..limits::MAX_PORT_ATTEMPTS {
        match listen_on_all(&addresses, port) {
            // The free port of one address may be taken on the other.
            Err(error) if port == 0 && error.kind() == ErrorKind::AddrInUse => {}
            result => return result.map_err(fail),
        }
    }
    Err(fail(ErrorKind::AddrInUse.into()))
}

/// All addresses of `host`. `localhost` has two, for browsers differ in which they try first.
fn addresses(host: &str) -> io::Result<Vec<IpAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let mut addresses: Vec<_> = (host, 0).to_socket_addrs()?.map(|each| each.ip()).collect();
    // The hosts file may name one twice.
    addresses.dedup();
    Ok(addresses)
}

/// Listens on the same port of each address that this machine has. Fails if it has none.
fn listen_on_all(addresses: &[IpAddr], mut port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    let mut missing = io::Error::from(ErrorKind::NotFound);
    for &address in addresses {
        match TcpListener::bind(SocketAddr::new(address, port)) {
            Ok(listener) => {
                unix::set_backlog(&listener, limits::BACKLOG);
                listener.set_nonblocking(true)?;
                // For port 0, the first address picks the port.
                port = listener.local_addr()?.port();
                listeners.push(listener);
            }
            Err(error) => match error.kind() {
                ErrorKind::AddrInUse | ErrorKind::PermissionDenied => return Err(error),
                _ => missing = error,
            },
        }
    }
    if listeners.is_empty() { Err(missing) } else { Ok(listeners) }
}

/// `address`, as this machine can reach it: `0.0.0.0` becomes the loopback.
pub(super) fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// Why a server cannot listen, as a sentence that says what to do.
#[derive(Debug)]
pub struct BindError(String);

impl BindError {
    fn new(host: &str, port: u16, error: &io::Error) -> Self {
        let air_play = if cfg!(target_os = "macos") && port == 5000 {
            " (on macOS, AirPlay Receiver holds 5000)"
        } else {
            ""
        };
        Self(match error.kind() {
            ErrorKind::AddrInUse => format!(
                "port {port} of {host} is in use: choose another with --port, or any free one \
                 with --port 0{air_play}"
            ),
            ErrorKind::PermissionDenied => {
                format!("port {port} of {host} needs privileges: choose one above 1023 with --port")
            }
            ErrorKind::AddrNotAvailable => {
                format!("{host} is no address of this machine: leave out --host for localhost")
            }
            _ => format!("can't listen on '{host}': {error}: check the address behind --host"),
        })
    }
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BindError {}
