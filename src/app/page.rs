//! From a request to a whole page: find the route, make the response, render the template.

use super::{Handler, ROUTES};
use crate::html::Html;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::status::Status;
use crate::template::Template;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The template that is compiled into the binary.
const BUILT_IN: &str = include_str!("../../templates/template.html");
const BUILT_IN_NAME: &str = "templates/template.html";
const NO_PAGE: &str = "There is no page at this address.";
const READ_ONLY: &str = "This page can only be read: use GET, HEAD or OPTIONS.";
const PREFETCH: &str = "This page is not served before a user asks for it.";

/// A template variable: appends its value, for a request and its response, to a page.
type Variable = fn(&mut Html, &Request<'_>, &Response);

/// The variables that the template may use.
const VARIABLES: [(&str, Variable); 5] = [
    ("title", title),
    ("problem", problem),
    ("pages", pages),
    ("cookies", cookies),
    ("set_cookies", set_cookies),
];

/// The pages and their template.
///
/// ```
/// use cookies_from_scratch::app::{App, AppError};
/// # use cookies_from_scratch::{parse, request::Request};
/// # use std::{path::Path, time::SystemTime};
/// let app = App::new(None, false)?;
/// # let bytes = b"GET /set-cookie HTTP/1.1\r\nHost: localhost\r\n\r\n";
/// # let head = parse::head(bytes, &mut parse::Progress::default()).unwrap().unwrap();
/// # let request = Request::new(&head, SystemTime::now()).unwrap();
/// let response = app.answer(&request); // GET /set-cookie
/// assert_eq!(response.set_cookies(), ["cookie_name=cookie_value; Path=/"]);
///
/// let error = App::new(Some(Path::new("nowhere")), false).unwrap_err();
/// assert!(error.to_string().starts_with("can't read nowhere/template.html: "));
/// # Ok::<(), AppError>(())
/// ```
#[derive(Debug)]
pub struct App {
    template: Template<Variable>,
    /// With `--reload`: the file of the template, read again for each page.
    reload: Option<PathBuf>,
}

impl App {
    /// Uses the built-in template, or `template.html` in the folder `templates`. With `reload`, that
    /// file is read again for each page.
    ///
    /// # Errors
    ///
    /// If the template cannot be read or compiled.
    pub fn new(templates: Option<&Path>, reload: bool) -> Result<Self, AppError> {
        let Some(folder) = templates else {
            return Ok(Self {
                template: compile(BUILT_IN, Path::new(BUILT_IN_NAME))?,
                reload: None,
            });
        };
        let file = folder.join("template.html");
        Ok(Self { template: read(&file)?, reload: reload.then_some(file) })
    }

    /// The response to `request`: a page, even for an error, or a 204 without content. Only `GET` and `HEAD`
    /// get the cookies that came: the response to a `TRACE`, for one, must not have them (RFC 9110 §9.3.8).
    pub fn answer(&self, request: &Request<'_>) -> Response {
        let mut routes = ROUTES.iter().map(|&(path, handler, _)| (path, handler)).chain([FAVICON]);
        let handler = routes.find(|(path, _)| *path == request.path).map(|(_, handler)| handler);
        let empty = |status| Response::new(status, request.time);
        let refusal = |status, sentence| empty(status).with_plain_page("p", sentence);
        match (request.method, handler) {
            (Method::Options, handler) if handler.is_some() || request.path == "*" => {
                empty(Status::NO_CONTENT).with_allow()
            }
            // The page would change cookies before the user asks for it, and be outdated when it is shown.
            (Method::Get | Method::Head, Some(_)) if request.is_prefetch => {
                refusal(Status::SERVICE_UNAVAILABLE, PREFETCH)
            }
            (Method::Get | Method::Head, Some(handler)) => self.render(request, handler(request)),
            (Method::Get | Method::Head, None) => self.render(request, empty(Status::NOT_FOUND)),
            (Method::Connect, _) | (_, Some(_)) => {
                refusal(Status::METHOD_NOT_ALLOWED, READ_ONLY).with_allow()
            }
            (_, None) => refusal(Status::NOT_FOUND, NO_PAGE),
        }
    }

    /// Renders the template with the cookies of `request` and the `Set-Cookie` lines of `response`, unless
    /// the response has no content.
    fn render(&self, request: &Request<'_>, response: Response) -> Response {
        if response.status() == Status::NO_CONTENT {
            return response;
        }
        let template = match self.reload.as_deref().map(read) {
            None => Cow::Borrowed(&self.template),
            Some(Ok(template)) => Cow::Owned(template),
            Some(Err(error)) => {
                let listing = error.listing();
                let _ = writeln!(io::stderr(), "cookies: {listing}");
                return Response::new(Status::INTERNAL_SERVER_ERROR, request.time)
                    .with_plain_page("pre", &listing);
            }
        };
        let body = template.render(|page, variable| variable(page, request, &response));
        response.with_body(body)
    }
}

/// Browsers request this icon on their own, and report a 404 as an error in their console.
const FAVICON: (&str, Handler) =
    ("/favicon.ico", |request| Response::new(Status::NO_CONTENT, request.time));

fn read(file: &Path) -> Result<Template<Variable>, AppError> {
    let content = std::fs::read(file).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "there is no such file; --templates names its folder".to_owned(),
            ErrorKind::NotADirectory => {
                let folder = file.ancestors().find(|each| each.is_dir()).unwrap_or(Path::new("."));
                format!("--templates takes a folder, such as '{}', not a file", folder.display())
            }
            ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
            ErrorKind::PermissionDenied => "this program has no permission to read it".to_owned(),
            _ => error.to_string(),
        };
        let sentence = format!("can't read {}: {reason}", file.display());
        AppError { sentence, excerpt: String::new() }
    })?;
    compile(content, file)
}

fn compile(content: impl AsRef<[u8]>, file: &Path) -> Result<Template<Variable>, AppError> {
    Template::compile_file(content.as_ref(), &VARIABLES).map_err(|error| AppError {
        sentence: format!("{}:{error}", file.display()),
        excerpt: error.excerpt(),
    })
}

fn title(page: &mut Html, _: &Request<'_>, response: &Response) {
    let status = response.status();
    page.text(if status == Status::OK { "Cookies" } else { status.as_str() });
}

fn problem(page: &mut Html, _: &Request<'_>, response: &Response) {
    let status = response.status();
    if status == Status::NOT_FOUND {
        page.markup("<p class=\"problem\" role=\"alert\"><strong>").text(status.as_str());
        page.markup("</strong> ").text(NO_PAGE).markup("</p>");
    }
}

fn pages(page: &mut Html, request: &Request<'_>, _: &Response) {
    let shown = ROUTES.iter().position(|(path, ..)| *path == request.path);
    page.html(&LINKS[shown.unwrap_or(ROUTES.len())]);
}

/// The links on each page of `ROUTES` and, last, those on the error page for any other path.
static LINKS: LazyLock<Vec<Html>> = LazyLock::new(|| {
    let paths = ROUTES.iter().map(|(path, ..)| *path);
    paths.chain(["another"]).map(links).collect()
});

/// Links to all pages, with `aria-current` on the link to the page that is shown.
fn links(shown: &str) -> Html {
    let mut links = Html::default();
    for &(path, ..) in ROUTES {
        let current = if path == shown { "\" aria-current=\"page\">" } else { "\">" };
        links.markup("<a href=\"").text(path).markup(current).text(path).markup("</a>\n");
    }
    links
}

/// A table of the cookies in the request, or a sentence if there are none.
fn cookies(page: &mut Html, request: &Request<'_>, _: &Response) {
    let mut cookies = request.cookies.iter_all().peekable();
    if cookies.peek().is_none() {
        page.markup(
            "<p>No cookies came with this request. What a page sets comes with the next one.</p>",
        );
        return;
    }
    page.markup("<table>\n<thead><tr><th scope=\"col\">Name</th>")
        .markup("<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    for (name, value) in cookies {
        page.markup("<tr><td>");
        match name {
            "" => page.markup("<em>no name</em>"),
            name => page.text(name),
        };
        page.markup("</td><td>").text(value).markup("</td></tr>\n");
    }
    page.markup("</tbody>\n</table>");
}

/// A list of the `Set-Cookie` lines in the response, or a sentence if there are none.
fn set_cookies(page: &mut Html, _: &Request<'_>, response: &Response) {
    if response.set_cookies().is_empty() {
        page.markup("<p>This response sets no cookie.</p>");
        return;
    }
    page.markup("<ul>\n");
    for value in response.set_cookies() {
        page.markup("<li><code>Set-Cookie: ").text(value).markup("</code></li>\n");
    }
    page.markup("</ul>");
}

/// Why the template can't be used: its file can't be read, or has a mistake at a line and column.
#[derive(Debug)]
pub struct AppError {
    sentence: String,
    /// The line with the mistake and a caret below it; empty if the file can't be read.
    excerpt: String,
}

impl AppError {
    /// The sentence, and the excerpt below it.
    fn listing(&self) -> String {
        format!("{self}\n\n{}", self.excerpt).trim_end().to_owned()
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for AppError {}
