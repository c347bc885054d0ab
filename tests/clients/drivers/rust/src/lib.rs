//! The loop of the drivers in Rust.

use std::error::Error;
use std::io::stdin;
use std::time::{SystemTime, UNIX_EPOCH};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub trait Client: Sized {
    /// A client with an empty jar.
    fn open() -> Self;

    fn visit(&mut self, method: &str, url: &str) -> Result<()>;

    /// Saves the jar, and loads it into a new client. `None` if the library can't.
    fn restart(self) -> Result<Option<Self>> {
        Ok(None)
    }

    /// The name, the path, and the time of expiry in seconds since 1970, of each cookie that the library shows.
    fn cookies(&self) -> Result<Vec<(String, String, i64)>> {
        Ok(Vec::new())
    }
}

/// Runs the sessions that standard input asks for, each with a new client.
pub fn run<C: Client>() -> Result<()> {
    for line in stdin().lines() {
        session::<C>(&line?)?;
    }
    Ok(())
}

fn session<C: Client>(steps: &str) -> Result<()> {
    let mut client = C::open();
    for step in steps.split(' ') {
        if step == "restart" {
            let Some(restarted) = client.restart()? else {
                println!("unable");
                return Ok(());
            };
            client = restarted;
        } else if let Some(url) = step.strip_prefix("HEAD:") {
            client.visit("HEAD", url)?;
        } else {
            client.visit("GET", step)?;
        }
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;
    for (name, path, expires) in client.cookies()? {
        println!("jar {name} {path} {}", expires - now);
    }
    println!("end");
    Ok(())
}
