//! reqwest: `cookie_store(true)` keeps the cookies. That jar neither lists nor saves them.

use drivers::{Client, Result, run};

struct Reqwest(reqwest::blocking::Client);

impl Client for Reqwest {
    fn open() -> Self {
        let builder = reqwest::blocking::Client::builder().cookie_store(true).no_proxy();
        Self(builder.build().expect("the settings are valid"))
    }

    fn visit(&mut self, method: &str, url: &str) -> Result<()> {
        self.0.request(method.parse()?, url).send()?.bytes()?;
        Ok(())
    }
}

fn main() -> Result<()> {
    run::<Reqwest>()
}
