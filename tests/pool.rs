//! The pool, without sockets: its clients are the messages of a channel.

use cookies_from_scratch::pool::{Door, Pool};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// A door through which a test lets clients in.
struct Entrance {
    clients: Mutex<Receiver<Client>>,
}

/// Someone who waits until told to leave; the pool's thread waits with it.
struct Client {
    served: Sender<thread::ThreadId>,
    leave: Receiver<()>,
    is_slow: bool,
    panics: bool,
}

impl Door for Entrance {
    type Client = Client;

    fn let_in(&self) -> Client {
        let client = self.clients.lock().unwrap_or_else(PoisonError::into_inner).recv();
        client.unwrap_or_else(|_| {
            loop {
                thread::park();
            }
        })
    }

    fn serve(&self, client: Client, before_waiting: &dyn Fn()) {
        let _ = client.served.send(thread::current().id());
        assert!(!client.panics, "this client fails on purpose");
        if client.is_slow {
            before_waiting();
            let _ = client.leave.recv();
        }
    }
}

/// A door with a pool of these threads behind it, which live as long as the test's process.
fn open(most_threads: usize, most_at_door: usize) -> Sender<Client> {
    let (door, clients) = channel();
    Pool::open(Entrance { clients: Mutex::new(clients) }, most_threads, most_at_door).unwrap();
    door
}

/// Lets a client in; returns the thread that serves it, and what makes it leave.
fn let_in(door: &Sender<Client>, is_slow: bool) -> (Receiver<thread::ThreadId>, Sender<()>) {
    let (served, thread) = channel();
    let (leaving, leave) = channel();
    door.send(Client { served, leave, is_slow, panics: false }).unwrap();
    (thread, leaving)
}

#[test]
fn someone_is_at_the_door_while_others_wait_for_their_clients() {
    let door = open(100, 1);
    let slow: Vec<_> = (0..99).map(|_| let_in(&door, true)).collect();
    let mut threads: Vec<_> =
        slow.iter().map(|(thread, _)| thread.recv_timeout(PATIENCE).unwrap()).collect();
    threads.push(let_in(&door, false).0.recv_timeout(PATIENCE).unwrap());
    threads.sort_by_key(|id| format!("{id:?}"));
    threads.dedup();
    assert_eq!(threads.len(), 100, "each of them has a thread of its own");
}

#[test]
fn a_client_that_comes_and_goes_needs_no_other_thread() {
    let door = open(100, 1);
    let mut threads: Vec<_> =
        (0..100).map(|_| let_in(&door, false).0.recv_timeout(PATIENCE).unwrap()).collect();
    threads.dedup();
    assert_eq!(threads.len(), 1);
}

#[test]
fn at_the_limit_a_client_waits_until_another_leaves() {
    let door = open(2, 1);
    let (first, first_leaves) = let_in(&door, true);
    let (second, _second_stays) = let_in(&door, true);
    first.recv_timeout(PATIENCE).unwrap();
    second.recv_timeout(PATIENCE).unwrap();
    let (third, _) = let_in(&door, false);
    assert!(third.try_recv().is_err(), "nobody is free");
    first_leaves.send(()).unwrap();
    third.recv_timeout(PATIENCE).unwrap();
}

#[test]
fn a_thread_whose_client_left_is_parked_and_called_again() {
    let door = open(4, 1);
    for _ in 0..1000 {
        let clients: Vec<_> = (0..3).map(|_| let_in(&door, true)).collect();
        for (thread, leaving) in clients {
            thread.recv_timeout(PATIENCE).unwrap();
            leaving.send(()).unwrap();
        }
    }
}

#[test]
fn a_panic_costs_one_client_and_no_thread() {
    let door = open(2, 1);
    for _ in 0..100 {
        let (served, thread) = channel();
        let (_leaving, leave) = channel();
        door.send(Client { served, leave, is_slow: false, panics: true }).unwrap();
        thread.recv_timeout(PATIENCE).unwrap();
    }
    let_in(&door, false).0.recv_timeout(PATIENCE).unwrap();
}
