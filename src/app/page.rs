//! From a request to a whole page: find the route, make the response, render the template.
//!
//! ```text
//! GET /set-cookie    ──> set_cookie(request)    ──> 200, Set-Cookie: …    ──> its HTML
//! POST /set-cookie   ──────────────────────────────> 405, Allow: …        ──> its HTML
//! ```

use super::{Page, ROUTES};
use crate::cookies::Cookies;
use crate::html::Html;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::status::Status;
use crate::template::Template;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The template that the binary carries.
const BUILT_IN: &str = include_str!("../../templates/template.html");
const BUILT_IN_NAME: &str = "templates/template.html";

/// What the template may ask for, in the order in which [`App::render`] gives it.
const NAMES: [&str; 5] = ["title", "problem", "pages", "cookies", "set_cookies"];

/// The pages and their template.
#[derive(Debug)]
pub struct App {
    template: Template,
    /// The file to read it from again for each page.
    reload: Option<PathBuf>,
}

impl App {
    /// The pages with the template that is built in, or with `template.html` of the folder `templates`.
    /// With `reload`, that file is read again for each page.
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

    /// The answer to `request`: a page, also where it is 404 or 405, or a 204.
    pub fn answer(&self, request: &Request<'_>) -> Response {
        let mut routes = ROUTES.iter().chain([&FAVICON]);
        let page = routes.find(|(path, _)| *path == request.path).map(|(_, page)| page);
        let empty = |status| Response::new(status, request.time);
        let response = match (request.method, page) {
            (Method::Options, page) if page.is_some() || request.path == "*" => {
                empty(Status::NO_CONTENT).with_allow()
            }
            (Method::Get | Method::Head, Some(page)) => page(request),
            (Method::Connect, _) | (_, Some(_)) => empty(Status::METHOD_NOT_ALLOWED).with_allow(),
            (_, None) => empty(Status::NOT_FOUND),
        };
        if response.status() == Status::NO_CONTENT {
            response
        } else {
            self.render(request, response)
        }
    }

    /// Renders the page of `response`, which shows what came and what goes out.
    fn render(&self, request: &Request<'_>, response: Response) -> Response {
        let template = match &self.reload {
            None => Cow::Borrowed(&self.template),
            Some(file) => match read(file) {
                Ok(template) => Cow::Owned(template),
                Err(error) => {
                    let _ = writeln!(io::stderr(), "cookies: {error}");
                    return Response::new(Status::INTERNAL_SERVER_ERROR, request.time)
                        .with_sentence(&error.to_string());
                }
            },
        };
        let problem = match response.status() {
            Status::NOT_FOUND => Some("There is no page at this address."),
            Status::METHOD_NOT_ALLOWED => Some("This page can only be read."),
            _ => None,
        };
        let title = problem.map_or("Cookies", |_| response.status().as_str());
        // In the order of NAMES.
        let body = template.render(&[
            Html::default().text(title),
            problem.map(|problem| problem_html(title, problem)).unwrap_or_default(),
            pages_html(&request.path),
            cookies_html(&request.cookies),
            set_cookies_html(response.set_cookies()),
        ]);
        response.with_body(body)
    }
}

/// Browsers ask for it by themselves, and a 404 would be an error in their console.
const FAVICON: (&str, Page) =
    ("/favicon.ico", |request| Response::new(Status::NO_CONTENT, request.time));

fn read(file: &Path) -> Result<Template, AppError> {
    let source = std::fs::read_to_string(file).map_err(|error| {
        AppError(format!(
            "can't read {}: {error}: name its folder with --templates",
            file.display()
        ))
    })?;
    compile(&source, file)
}

fn compile(source: &str, file: &Path) -> Result<Template, AppError> {
    Template::compile(source, &NAMES)
        .map_err(|error| AppError(format!("{}:{error}", file.display())))
}

fn problem_html(title: &str, problem: &str) -> Html {
    Html::default()
        .markup("<p class=\"problem\" role=\"alert\"><strong>")
        .text(title)
        .markup("</strong> ")
        .text(problem)
        .markup("</p>")
}

/// Links to all pages; the one that is shown is marked.
fn pages_html(shown: &str) -> Html {
    ROUTES.iter().fold(Html::default(), |links, (path, _)| {
        let current = if *path == shown { "\" aria-current=\"page\">" } else { "\">" };
        links.markup("<a href=\"").text(path).markup(current).text(path).markup("</a>\n")
    })
}

/// A table of what came, or a kind word.
fn cookies_html(cookies: &Cookies<'_>) -> Html {
    if cookies.iter().next().is_none() {
        let none = "<p>No cookies came with this request. Set one, then come back.</p>";
        return Html::default().markup(none);
    }
    let table = Html::default()
        .markup("<table>\n<thead><tr><th scope=\"col\">Name</th>")
        .markup("<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    let row = |table: Html, (name, value)| {
        table.markup("<tr><td>").text(name).markup("</td><td>").text(value).markup("</td></tr>\n")
    };
    cookies.iter().fold(table, row).markup("</tbody>\n</table>")
}

/// A list of what goes out, or a word that it is nothing.
fn set_cookies_html(set_cookies: &[String]) -> Html {
    if set_cookies.is_empty() {
        return Html::default().markup("<p>This response sets no cookie.</p>");
    }
    let line = |lines: Html, value: &String| {
        lines.markup("<li><code>Set-Cookie: ").text(value).markup("</code></li>\n")
    };
    set_cookies.iter().fold(Html::default().markup("<ul>\n"), line).markup("</ul>")
}

/// Why the pages cannot be shown: the file, the place in it, and what is wrong there.
#[derive(Debug)]
pub struct AppError(String);

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AppError {}
