//! What cookies do, in lessons that run: each is a test, named as what there is to learn.
//!
//! ```text
//! cargo test --test lessons -- --list                          the table of contents
//! cargo test --test lessons -- --include-ignored part_2        where a cookie goes
//! ```
//!
//! They are a course, from easy to hard. The browser is curl, and has a jar for each lesson. The server is
//! the program with its six pages, or a site of the lesson's own where they don't do what it is about.

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod site;

mod part_1_what_a_cookie_is;
mod part_2_where_it_goes;
mod part_3_how_long_it_lives;
mod part_4_how_it_goes_away;
mod part_5_what_may_be_in_it;
mod part_6_whom_to_trust;
