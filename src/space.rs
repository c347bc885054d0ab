//! Space that one request leaves to the next, so that an ordinary request of a browser allocates nothing.

/// Drops the items, and returns the space of the vector, for items with another lifetime.
pub fn emptied<T, U>(mut items: Vec<T>) -> Vec<U> {
    items.clear();
    // `collect` takes over the space of a vector, if its items are as large.
    items.into_iter().map(|_| unreachable!("the vector is empty")).collect()
}
