//! ureq: its jar is saved as JSON, without the session cookies.

use drivers::{Client, Result, run};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use ureq::Agent;
use ureq::http::Request;

struct Ureq(Agent);

impl Client for Ureq {
    fn open() -> Self {
        // Without the first, a status of 400 or more is an error.
        Self(Agent::config_builder().http_status_as_error(false).proxy(None).build().into())
    }

    fn visit(&mut self, method: &str, url: &str) -> Result<()> {
        self.0.run(Request::builder().method(method).uri(url).body(())?)?;
        Ok(())
    }

    fn restart(self) -> Result<Option<Self>> {
        let restarted = Self::open();
        restarted.0.cookie_jar_lock().load_json(self.saved()?.as_slice())?;
        Ok(Some(restarted))
    }

    fn cookies(&self) -> Result<Vec<(String, String, i64)>> {
        let cookies: Vec<Value> = serde_json::from_slice(&self.saved()?)?;
        cookies.iter().map(shown).collect()
    }
}

impl Ureq {
    fn saved(&self) -> Result<Vec<u8>> {
        let mut saved = Vec::new();
        self.0.cookie_jar_lock().save_json(&mut saved)?;
        Ok(saved)
    }
}

/// The name, the path and the time of expiry of a saved cookie.
fn shown(cookie: &Value) -> Result<(String, String, i64)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let name = text(&cookie["raw_cookie"]).split('=').next().unwrap_or_default().to_string();
    let expires = OffsetDateTime::parse(&text(&cookie["expires"]["AtUtc"]), &Rfc3339)?;
    Ok((name, text(&cookie["path"][0]), expires.unix_timestamp()))
}

fn main() -> Result<()> {
    run::<Ureq>()
}
