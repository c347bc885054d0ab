//! Listeners: the addresses of a host, and the sentences if it is impossible to listen there.

use crate::limits;
use crate::unix;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::os::fd::AsRawFd;

/// Listens on the same port of all addresses of `host`.
pub(super) fn listen(host: &str, port: u16) -> io::Result<Vec<TcpListener>> {
    let listeners = addresses(host).and_then(|addresses| listen_on_all(&addresses, port));
    listeners.map_err(|error| io::Error::other(sentence(host, port, &error)))
}

/// All addresses of `host`, each with port 0. `localhost` has two, since browsers differ in which they try
/// first. A link-local IPv6 address has the name of a network interface after it: `fe80::1%eth0`.
fn addresses(host: &str) -> io::Result<Vec<SocketAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    let mut addresses: Vec<_> = (host, 0).to_socket_addrs()?.collect();
    // The hosts file may name one twice. Both are then neighbours in the list.
    addresses.dedup();
    Ok(addresses)
}

/// Listens on the same port of each address that this machine has. Fails if it has none.
fn listen_on_all(addresses: &[SocketAddr], wanted_port: u16) -> io::Result<Vec<TcpListener>> {
    let (mut listeners, mut port) = (Vec::new(), wanted_port);
    // The error if there is no address at all.
    let mut last_error = io::Error::from(ErrorKind::NotFound);
    for address in addresses {
        let mut address = *address;
        address.set_port(port);
        match TcpListener::bind(address) {
            Ok(listener) => {
                // Again, since `bind` has asked for a backlog of 128.
                unix::listen(listener.as_raw_fd(), limits::BACKLOG);
                listener.set_nonblocking(true)?;
                // For port 0, the first address picks the port.
                port = listener.local_addr()?.port();
                listeners.push(listener);
            }
            Err(error) => match error.kind() {
                // Only for port 0: the port that the first address got is taken on this one. Tries again
                // while that listener is still open, so that the system picks another port.
                ErrorKind::AddrInUse if port != wanted_port => {
                    return listen_on_all(addresses, wanted_port);
                }
                ErrorKind::AddrInUse | ErrorKind::PermissionDenied => return Err(error),
                _ => last_error = error,
            },
        }
    }
    if listeners.is_empty() { Err(last_error) } else { Ok(listeners) }
}

/// The URL of a server that listens on `address`, one of those of `host`, for a browser on this machine.
pub(super) fn url(host: &str, address: SocketAddr) -> String {
    let host = match address.ip() {
        _ if host.eq_ignore_ascii_case("localhost") => "localhost".to_owned(),
        // The interface of a link-local address: `fe80::1%eth0` is `[fe80::1%25eth0]` in a URL (RFC 6874).
        _ if host.contains('%') => format!("[{}]", host.replace('%', "%25")),
        // `::` means all addresses. One can listen on it even without IPv6, but then there is no `::1`.
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) if has_ipv6() => "[::1]".to_owned(),
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    format!("http://{host}:{}/", address.port())
}

fn has_ipv6() -> bool {
    TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok()
}

/// Why a server cannot listen, and what to do.
fn sentence(host: &str, port: u16, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => {
            let by_airplay = cfg!(target_os = "macos") && port == 5000;
            let holder = if by_airplay { " (on macOS, AirPlay Receiver holds 5000)" } else { "" };
            format!(
                "port {port} of {host} is in use: choose another with --port, or any free one \
                 with --port 0{holder}"
            )
        }
        ErrorKind::PermissionDenied if port < 1024 => {
            format!("port {port} of {host} needs privileges: choose one above 1023 with --port")
        }
        ErrorKind::PermissionDenied => format!(
            "this system doesn't let you listen on port {port} of {host}: choose another with \
             --port"
        ),
        ErrorKind::AddrNotAvailable => {
            format!("{host} is not an address of this machine: leave out --host for localhost")
        }
        ErrorKind::InvalidInput if host.starts_with("fe80:") => {
            format!("{host} is a link-local address: add its interface, as in {host}%eth0")
        }
        // EMFILE, on every Unix: the program has no descriptor left.
        _ if error.raw_os_error() == Some(24) => {
            format!("can't listen on {host}: {error}: raise 'ulimit -n'")
        }
        _ => format!("can't listen on '{host}': {error}: check the address after --host"),
    }
}

#[test]
fn a_denied_high_port_is_not_called_privileged() {
    let sentence = |port| sentence("a", port, &ErrorKind::PermissionDenied.into());
    assert!(sentence(80).ends_with("needs privileges: choose one above 1023 with --port"));
    let high = "this system doesn't let you listen on port 5000 of a: choose another with --port";
    assert_eq!(sentence(5000), high);
}
