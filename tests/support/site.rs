//! A server for lessons about cookies that the tutorial doesn't set: any cookie, on a page at any path.

use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::app::App;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::server::{Running, Server};
use cookies_from_scratch::set_cookie::SetCookie;
use std::time::SystemTime;

/// A server in this process, on a free port. It answers requests for any host.
pub struct Site {
    port: u16,
    /// It stops when it is dropped.
    _running: Running,
}

/// A path, and the cookie that its page sets.
type Page = (&'static str, SetCookie<'static>);

impl Site {
    /// Every page shows the cookies of its request; those in `pages` also set a cookie.
    pub fn new<const N: usize>(pages: [Page; N]) -> Self {
        Self::start(None, pages)
    }

    /// Like [`Site::new`], with a clock that stays at `time`.
    pub fn at_time<const N: usize>(time: SystemTime, pages: [Page; N]) -> Self {
        Self::start(Some(time), pages)
    }

    fn start<const N: usize>(time: Option<SystemTime>, pages: [Page; N]) -> Self {
        let app = App::new(None, false).unwrap();
        let handler = move |request: &Request<'_>, response: &mut Response<'_>| {
            response.time = time.unwrap_or(response.time);
            for (_, cookie) in pages.iter().filter(|(path, _)| *path == request.path) {
                response.set_cookie(cookie);
            }
            // This is a 404 page, and shows the cookies of the request as every page does.
            app.answer(request, response);
        };
        let server = Server::bind("localhost", 0).unwrap();
        let port = crate::support::port_in(&server.url).unwrap();
        let running = server.start(handler, Detail::Nothing, 1).unwrap();
        Self { port, _running: running }
    }

    pub fn url(&self, path: &str) -> String {
        self.url_at("localhost", path)
    }

    /// The URL of this path on another host name.
    pub fn url_at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }
}
