//! From a request to a whole page: find the route, make the response, render the template.

use super::ROUTES;
use crate::cookies::Cookies;
use crate::html::Html;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::status::Status;
use crate::template::{Template, TemplateError, Value};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The template that the binary carries.
const BUILT_IN: &str = include_str!("../../templates/template.html");

/// What the template may ask for, in the order of the values in [`App::render`].
const NAMES: [&str; 5] = ["title", "problem", "pages", "cookies", "set_cookies"];

/// The pages and their template.
#[derive(Debug)]
pub struct App {
    source: Source,
}

#[derive(Debug)]
enum Source {
    Compiled(Template),
    /// Read again for each page.
    File(PathBuf),
}

impl App {
    /// The pages with the template that is built in, or `template.html` from the folder `templates`.
    /// With `reload`, the file is read again for each page.
    ///
    /// # Errors
    ///
    /// If the template cannot be read or compiled; with `reload`, as it is now.
    pub fn new(templates: Option<&Path>, reload: bool) -> Result<Self, AppError> {
        let source = match templates {
            None => Source::Compiled(compile(BUILT_IN, Path::new("templates/template.html"))?),
            Some(folder) => {
                let file = folder.join("template.html");
                let template = read(&file)?;
                if reload { Source::File(file) } else { Source::Compiled(template) }
            }
        };
        Ok(Self { source })
    }

    /// The answer to `request`: a page, a page that says why there is none, or nothing but a status.
    pub fn answer(&self, request: &Request<'_>) -> Response {
        let page = ROUTES.iter().find(|(path, _)| *path == request.path).map(|(_, page)| page);
        let empty = |status| Response::new(status, request.time);
        let response = match (request.method, page) {
            (Method::Options, _) if request.path == "*" => {
                return empty(Status::NoContent).with_allow();
            }
            // Browsers ask for it by themselves, and a 404 would be an error in their console.
            (Method::Get | Method::Head, _) if request.path == "/favicon.ico" => {
                return empty(Status::NoContent);
            }
            (Method::Options, Some(_)) => return empty(Status::NoContent).with_allow(),
            (Method::Get | Method::Head, Some(page)) => page(request),
            (Method::Connect, _) | (_, Some(_)) => empty(Status::MethodNotAllowed).with_allow(),
            (_, None) => empty(Status::NotFound),
        };
        self.render(request, response)
    }

    /// Renders the page of `response`, which shows what came and what goes out.
    fn render(&self, request: &Request<'_>, response: Response) -> Response {
        let just_read;
        let template = match &self.source {
            Source::Compiled(template) => template,
            Source::File(file) => match read(file) {
                Ok(template) => {
                    just_read = template;
                    &just_read
                }
                Err(error) => {
                    eprintln!("cookies: {error}");
                    return Response::new(Status::InternalServerError, request.time)
                        .with_sentence(&error.to_string());
                }
            },
        };
        let (title, problem) = match response.status() {
            Status::NotFound => ("404 Not Found", "There is no page at this address."),
            Status::MethodNotAllowed => ("405 Method Not Allowed", "This page can only be read."),
            _ => ("Cookies", ""),
        };
        let problem =
            if problem.is_empty() { Html::default() } else { problem_html(title, problem) };
        let body = template.render(&[
            Value::Text(title),
            Value::Html(&problem),
            Value::Html(&pages_html(&request.path)),
            Value::Html(&cookies_html(&request.cookies)),
            Value::Html(&set_cookies_html(response.set_cookies())),
        ]);
        response.with_body(body)
    }
}

fn read(file: &Path) -> Result<Template, AppError> {
    let source =
        std::fs::read_to_string(file).map_err(|error| AppError::Read(file.to_owned(), error))?;
    compile(&source, file)
}

fn compile(source: &str, file: &Path) -> Result<Template, AppError> {
    Template::compile(source, &NAMES).map_err(|error| AppError::Compile(file.to_owned(), error))
}

fn problem_html(title: &str, problem: &str) -> Html {
    Html::literal("<p class=\"problem\" role=\"alert\"><strong>")
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

fn cookies_html(cookies: &Cookies<'_>) -> Html {
    let rows = cookies.iter().fold(Html::default(), |rows, (name, value)| {
        rows.markup("<tr><td>").text(name).markup("</td><td>").text(value).markup("</td></tr>\n")
    });
    if rows.is_empty() {
        return Html::literal("<p>No cookies came with this request. Set one, then come back.</p>");
    }
    Html::literal("<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n")
        .append(&rows)
        .markup("</tbody>\n</table>")
}

fn set_cookies_html(set_cookies: &[String]) -> Html {
    if set_cookies.is_empty() {
        return Html::literal("<p>This response sets no cookie.</p>");
    }
    set_cookies
        .iter()
        .fold(Html::literal("<ul>\n"), |lines, value| {
            lines.markup("<li><code>Set-Cookie: ").text(value).markup("</code></li>\n")
        })
        .markup("</ul>")
}

/// Why the pages cannot be shown: the file, the place in it, and what is wrong there.
#[derive(Debug)]
pub enum AppError {
    /// The template cannot be read.
    Read(PathBuf, io::Error),
    /// The template cannot be compiled.
    Compile(PathBuf, TemplateError),
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(file, error) => {
                write!(
                    f,
                    "can't read {}: {error}: name its folder with --templates",
                    file.display()
                )
            }
            Self::Compile(file, error) => write!(f, "{}:{error}", file.display()),
        }
    }
}

impl std::error::Error for AppError {}
