//! Memory that one request leaves to the next, so that an ordinary request of a browser allocates nothing.
//!
//! A list with borrowed parts of one request can't be kept for the next: its lifetime is that of the request.
//! So the list is emptied and gets another type, in the same memory.

/// Drops the items, and returns an empty list for others, in the same memory.
pub fn emptied<T, U>(mut items: Vec<T>) -> Vec<U> {
    items.clear();
    // There is no item to convert. `collect` keeps the memory of the old list if the new items are as large.
    // (The standard library doesn't promise that: a test counts allocations.)
    items.into_iter().map(|_| unreachable!("the vector is empty")).collect()
}
