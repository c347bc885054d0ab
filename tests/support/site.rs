//! A site that is not the tutorial's: cookies of all kinds, on pages with any path.

use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::app::App;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::server::Server;
use cookies_from_scratch::set_cookie::SetCookie;
use std::time::SystemTime;

/// A site on a free port of this machine, under every name that a lesson gives it.
pub struct Site {
    port: u16,
}

/// A path, and the cookie that the page there sets.
type Page = (&'static str, SetCookie<'static>);

impl Site {
    /// Each of its pages shows what came, and those that are named here set a cookie.
    pub fn new<const N: usize>(pages: [Page; N]) -> Self {
        Self::open(None, pages)
    }

    /// The same, but it believes that it is this `time`.
    pub fn at_time<const N: usize>(time: SystemTime, pages: [Page; N]) -> Self {
        Self::open(Some(time), pages)
    }

    fn open<const N: usize>(time: Option<SystemTime>, pages: [Page; N]) -> Self {
        let app = App::new(None, false).unwrap();
        let answer = move |request: &Request<'_>| {
            let request = Request { time: time.unwrap_or(request.time), ..request.clone() };
            // It is a 404, and shows the cookies that came, as any page does.
            let mut response = app.answer(&request);
            for (_, cookie) in pages.iter().filter(|(path, _)| *path == request.path) {
                response.set_cookie(cookie);
            }
            response
        };
        let server = Server::bind("localhost", 0).unwrap();
        let port = crate::support::port_in(&server.url().unwrap());
        server.open(answer, Detail::Nothing, 8).unwrap();
        Self { port }
    }

    pub fn url(&self, path: &str) -> String {
        self.url_at("localhost", path)
    }

    /// The same page, under another name of the site.
    pub fn url_at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }
}
