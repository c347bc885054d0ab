//! The pool, without sockets: its doors are channels, and its clients do as the test says.

use cookies_from_scratch::limits;
use cookies_from_scratch::pool::Pool;
use cookies_from_scratch::seat::{self, Demand, Seat};
use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// How long anything may take before a test calls it hung.
const PATIENCE: Duration = Duration::from_secs(20);

struct Door {
    complaints: Mutex<Sender<String>>,
    arrivals: Mutex<Receiver<Arrival>>,
    myself: Mutex<Sender<Arrival>>,
    is_closed: AtomicBool,
}

enum Arrival {
    Client(Client),
    Shortage,
    Knock,
}

struct Client {
    orders: Mutex<Receiver<Order>>,
    reports: Mutex<Sender<Report>>,
}

enum Order {
    /// Make your thread wait.
    Wait {
        in_request: bool,
    },
    /// Say something, if your thread waits.
    Speak,
    /// Look for how long you may make your thread wait without a word.
    Look,
    Panic,
    Leave,
}

#[derive(Debug, PartialEq, Eq)]
enum Report {
    Served(ThreadId),
    Waits,
    Dismissed,
    Heard(Demand),
    Saw(Duration),
}

impl Client {
    fn report(&self, report: Report) {
        // The test may have ended.
        let _ = self.reports.lock().unwrap().send(report);
    }

    fn next_order(&self) -> Order {
        self.orders.lock().unwrap().recv().unwrap_or(Order::Leave)
    }
}

impl seat::Door for Door {
    fn let_in(&self) -> io::Result<Option<Arc<dyn seat::Client>>> {
        let arrivals = self.arrivals.lock().unwrap();
        let is_closed = self.is_closed.load(Ordering::SeqCst);
        let arrival = if is_closed { arrivals.try_recv().ok() } else { arrivals.recv().ok() };
        match arrival {
            Some(Arrival::Client(client)) => Ok(Some(Arc::new(client))),
            Some(Arrival::Shortage) => Err(io::Error::other("a shortage")),
            Some(Arrival::Knock) | None => Ok(None),
        }
    }

    fn close(&self) -> Box<dyn Fn()> {
        self.is_closed.store(true, Ordering::SeqCst);
        let myself = self.myself.lock().unwrap().clone();
        Box::new(move || {
            let _ = myself.send(Arrival::Knock);
        })
    }

    fn complain(&self, error: &io::Error) {
        let _ = self.complaints.lock().unwrap().send(error.to_string());
    }
}

impl seat::Client for Client {
    fn serve(self: Arc<Self>, seat: &mut dyn Seat) {
        self.report(Report::Served(thread::current().id()));
        loop {
            match self.next_order() {
                Order::Wait { in_request } => {
                    seat.wait(Instant::now(), in_request);
                    self.report(Report::Waits);
                    let order = self.next_order();
                    let something_came = matches!(order, Order::Speak);
                    self.report(Report::Heard(seat.resume(something_came)));
                    if !something_came {
                        return;
                    }
                }
                Order::Look => self.report(Report::Saw(seat.moment())),
                Order::Panic => panic!("this client fails on purpose"),
                Order::Speak | Order::Leave => return,
            }
        }
    }

    fn dismiss(&self) {
        self.report(Report::Dismissed);
    }
}

/// A pool, and who keeps it.
struct Open {
    pool: Arc<Pool>,
    doors: Vec<Sender<Arrival>>,
    complaints: Receiver<String>,
    ended: Receiver<()>,
}

/// The test's side of a client.
struct Guest {
    orders: Sender<Order>,
    reports: Receiver<Report>,
}

fn open(most_threads: usize, grace: Duration) -> Open {
    open_doors(1, most_threads, 1, grace)
}

fn open_doors(count: usize, most_threads: usize, most_at_door: usize, grace: Duration) -> Open {
    let (complaints, complained) = channel();
    let (doors, entrances) = (0..count).map(|_| Door::with_entrance(complaints.clone())).unzip();
    let pool = Pool::open(entrances, most_threads, most_at_door).unwrap();
    let kept = Arc::clone(&pool);
    let (ending, ended) = channel();
    thread::spawn(move || {
        kept.keep(grace);
        let _ = ending.send(());
    });
    Open { pool, doors, complaints: complained, ended }
}

impl Door {
    fn with_entrance(complaints: Sender<String>) -> (Sender<Arrival>, Box<dyn seat::Door>) {
        let (door, arrivals) = channel();
        let (myself, is_closed) = (Mutex::new(door.clone()), AtomicBool::new(false));
        let (complaints, arrivals) = (Mutex::new(complaints), Mutex::new(arrivals));
        (door, Box::new(Self { complaints, arrivals, myself, is_closed }))
    }
}

impl Open {
    fn comes(&self) -> Guest {
        self.comes_to(0)
    }

    fn comes_to(&self, door: usize) -> Guest {
        let (orders, received) = channel();
        let (reports, reported) = channel();
        let client = Client { orders: Mutex::new(received), reports: Mutex::new(reports) };
        // If the door is shut, the client goes, and with it its reports.
        let _ = self.doors[door].send(Arrival::Client(client));
        Guest { orders, reports: reported }
    }

    /// Waits until the keeper has nothing to keep any more.
    #[track_caller]
    fn ends(&self) {
        self.ended.recv_timeout(PATIENCE).unwrap();
    }

    /// A client that comes, and makes its thread wait.
    fn comes_and_waits(&self, in_request: bool) -> Guest {
        let guest = self.comes();
        guest.served();
        guest.waits(in_request);
        guest
    }
}

impl Guest {
    fn does(&self, order: Order) {
        self.orders.send(order).unwrap();
    }

    fn waits(&self, in_request: bool) {
        self.does(Order::Wait { in_request });
        self.reports(&Report::Waits);
    }

    #[track_caller]
    fn reports(&self, expected: &Report) {
        assert_eq!(&self.reports.recv_timeout(PATIENCE).unwrap(), expected);
    }

    #[track_caller]
    fn served(&self) -> ThreadId {
        match self.reports.recv_timeout(PATIENCE).unwrap() {
            Report::Served(thread) => thread,
            other => panic!("{other:?}"),
        }
    }

    fn is_quiet(&self) -> bool {
        self.reports.try_recv().is_err()
    }
}

/// `grace` where a test does not close its pool.
const NEVER: Duration = Duration::MAX;

#[test]
fn someone_is_at_the_door_while_others_make_their_threads_wait() {
    let open = open(100, NEVER);
    let waiting: Vec<_> = (0..99).map(|_| open.comes()).collect();
    let mut threads: Vec<_> = waiting
        .iter()
        .map(|guest| {
            guest.does(Order::Wait { in_request: false });
            guest.served()
        })
        .collect();
    threads.push(open.comes().served());
    threads.sort_by_key(|id| format!("{id:?}"));
    threads.dedup();
    assert_eq!(threads.len(), 100, "each of them has a thread of its own");
}

#[test]
fn a_client_that_comes_and_goes_needs_no_other_thread() {
    let open = open(100, NEVER);
    let mut threads: Vec<_> = (0..100)
        .map(|_| {
            let guest = open.comes();
            guest.does(Order::Leave);
            guest.served()
        })
        .collect();
    threads.dedup();
    assert_eq!(threads.len(), 1);
}

#[test]
fn at_the_limit_whoever_has_made_us_wait_the_longest_leaves() {
    let open = open(3, NEVER);
    let (first, second) = (open.comes_and_waits(true), open.comes_and_waits(false));
    let third = open.comes_and_waits(false);
    first.reports(&Report::Dismissed);
    first.does(Order::Leave);
    first.reports(&Report::Heard(Demand::Leave));
    let fourth = open.comes_and_waits(false);
    second.reports(&Report::Dismissed);
    assert!(third.is_quiet() && fourth.is_quiet(), "one is enough each time");
}

#[test]
fn at_the_limit_whoever_asks_is_told_to_leave_soon() {
    let open = open(2, NEVER);
    let first = open.comes_and_waits(false);
    first.does(Order::Speak);
    first.reports(&Report::Heard(Demand::Keep));
    let second = open.comes_and_waits(false);
    second.does(Order::Speak);
    second.reports(&Report::Heard(Demand::LeaveSoon));
    let third = open.comes();
    assert!(third.is_quiet(), "nobody is free, and nobody waits");
    first.does(Order::Leave);
    third.served();
}

#[test]
fn a_wait_concerns_others_the_sooner_the_more_a_door_is_deserted() {
    let open = open(2, NEVER);
    let first = open.comes();
    first.served();
    first.does(Order::Look);
    first.reports(&Report::Saw(limits::BLINK));
    first.waits(false);
    first.does(Order::Speak);
    first.reports(&Report::Heard(Demand::Keep));
    first.does(Order::Look);
    first.reports(&Report::Saw(limits::MOMENT));
    let second = open.comes();
    second.served();
    second.does(Order::Look);
    // The first did not ask as soon as it came.
    second.reports(&Report::Saw(Duration::ZERO));
    second.waits(false);
    first.does(Order::Look);
    first.reports(&Report::Saw(Duration::ZERO));
    second.reports(&Report::Dismissed);
    second.does(Order::Leave);
    open.comes().served();
}

#[test]
fn at_each_door_somebody_is_let_in_though_nobody_comes_to_the_other() {
    let open = open_doors(2, 3, 1, NEVER);
    let mut waiting = Vec::new();
    for door in [0, 0, 1, 1, 0, 1] {
        let guest = open.comes_to(door);
        guest.served();
        guest.waits(false);
        waiting.push(guest);
        let leaving = waiting.len().checked_sub(2).map(|first| &waiting[first]);
        if let Some(first) = leaving {
            first.reports(&Report::Dismissed);
            first.does(Order::Leave);
            first.reports(&Report::Heard(Demand::Leave));
        }
    }
}

#[test]
fn a_house_of_many_doors_closes_though_several_threads_wait_at_each() {
    for _ in 0..100 {
        let open = open_doors(2, 100, 3, PATIENCE * 2);
        open.pool.close();
        open.ends();
    }
}

#[test]
fn whoever_speaks_just_when_dismissed_is_served_and_another_leaves() {
    let open = open(2, NEVER);
    let (first, second) = (open.comes_and_waits(false), open.comes_and_waits(false));
    first.reports(&Report::Dismissed);
    first.does(Order::Speak);
    first.reports(&Report::Heard(Demand::Leave));
    second.reports(&Report::Dismissed);
    second.does(Order::Leave);
    open.comes().served();
}

#[test]
fn whoever_makes_nobody_wait_stays() {
    let open = open(2, NEVER);
    let first = open.comes_and_waits(false);
    first.does(Order::Speak);
    first.reports(&Report::Heard(Demand::Keep));
    let second = open.comes_and_waits(false);
    // It is the only one that may leave, though it came last.
    second.reports(&Report::Dismissed);
    second.does(Order::Leave);
    open.comes().served();
    assert!(first.is_quiet());
}

#[test]
fn a_thread_whose_client_left_is_parked_and_called_again() {
    let open = open(4, NEVER);
    let mut threads = HashSet::new();
    for _ in 0..1000 {
        let guests = [(); 3].map(|()| open.comes());
        for guest in &guests {
            threads.insert(guest.served());
            guest.waits(false);
        }
        for guest in guests {
            guest.does(Order::Leave);
            guest.reports(&Report::Heard(Demand::Keep));
        }
    }
    assert!(threads.len() <= 4, "{} threads have served", threads.len());
}

#[test]
fn a_panic_costs_one_client_and_no_thread() {
    let open = open(2, NEVER);
    for _ in 0..100 {
        let guest = open.comes();
        guest.does(Order::Panic);
        guest.served();
    }
    let _waiting = open.comes_and_waits(false);
    open.comes().served();
}

#[test]
fn where_nobody_can_be_let_in_someone_leaves() {
    let open = open(100, NEVER);
    let guest = open.comes_and_waits(false);
    open.doors[0].send(Arrival::Shortage).unwrap();
    assert_eq!(open.complaints.recv_timeout(PATIENCE).unwrap(), "a shortage");
    guest.reports(&Report::Dismissed);
    guest.does(Order::Leave);
    open.comes().served();
}

#[test]
fn a_closed_house_lets_its_clients_finish() {
    let open = open(100, PATIENCE);
    let (idle, asking) = (open.comes_and_waits(false), open.comes_and_waits(true));
    let served = open.comes();
    served.served();
    open.pool.close();
    idle.reports(&Report::Dismissed);
    idle.does(Order::Leave);
    asking.does(Order::Speak);
    asking.reports(&Report::Heard(Demand::LeaveSoon));
    asking.does(Order::Leave);
    served.does(Order::Leave);
    open.ends();
}

#[test]
fn whoever_stands_before_the_door_when_it_closes_still_comes_in() {
    let open = open(1, PATIENCE);
    let first = open.comes();
    first.served();
    let second = open.comes();
    open.pool.close();
    first.does(Order::Leave);
    second.served();
    let third = open.comes();
    second.does(Order::Leave);
    third.served();
    third.does(Order::Leave);
    open.ends();
    assert!(open.comes().reports.recv_timeout(PATIENCE).is_err(), "nobody else does");
}

#[test]
fn whoever_is_still_there_after_the_grace_is_left_behind() {
    let open = open(100, Duration::from_millis(1));
    let _guest = open.comes_and_waits(true);
    open.pool.close();
    open.ends();
}
