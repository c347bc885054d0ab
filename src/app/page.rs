//! From a request to a whole page: find the route, let its handler set cookies, render the template.

use super::content::{NO_PAGE, Shown, VARIABLES, Variable, text};
use super::{Handler, ROUTES};
use crate::html::Html;
use crate::request::Request;
use crate::response::Response;
use crate::status::Status;
use crate::template::Template;
use crate::visible::Visible;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The template that is compiled into the program.
const BUILT_IN: &str = include_str!("../../templates/template.html");
const READ_ONLY: &str = "This page can only be read: use GET, HEAD or OPTIONS.";
const PREFETCH: &str = "This page is not served before a user asks for it.";

/// The pages and their template.
#[derive(Debug)]
pub struct App {
    template: Template<Variable>,
    /// With `--reload`: the file of the template, read again for each page.
    reload: Option<PathBuf>,
}

impl App {
    /// Uses the built-in template, or `template.html` in the folder `templates`. With `reload`, that file is
    /// read again for each page.
    ///
    /// # Errors
    ///
    /// If the template can't be read or compiled. The first line says why. Further lines show a mistake.
    pub fn new(templates: Option<&Path>, reload: bool) -> Result<Self, String> {
        let Some(folder) = templates else {
            let template = compile(BUILT_IN, Path::new("templates/template.html"))?;
            return Ok(Self { template, reload: None });
        };
        let file = folder.join("template.html");
        Ok(Self { template: read(&file)?, reload: reload.then_some(file) })
    }

    /// Answers `request` with a page, or with a 204, which has no content. Only a response to `GET` or `HEAD`
    /// shows the cookies that came: a response to `TRACE`, for one, must not (RFC 9110 §9.3.8).
    pub fn answer(&self, request: &Request<'_>, response: &mut Response<'_>) {
        let mut routes = ROUTES.iter().map(|&(path, handler, _)| (path, handler)).chain([FAVICON]);
        let handler = routes.find(|(path, _)| *path == request.path).map(|(_, handler)| handler);
        let exists = handler.is_some();
        match request.method {
            "OPTIONS" if exists || request.path == "*" => {
                (response.status, response.allow) = (Status::NO_CONTENT, true);
            }
            // The page would change cookies before the user asks for it. When the user sees it, it would be
            // outdated.
            "GET" | "HEAD" if exists && request.is_prefetch => {
                refuse(request, response, Status::SERVICE_UNAVAILABLE, PREFETCH);
            }
            "GET" | "HEAD" => {
                match handler {
                    Some(handler) => handler(request, response),
                    None => response.status = Status::NOT_FOUND,
                }
                self.render(request, response);
            }
            // CONNECT names a host, not a page, so it gets no 404.
            _ if exists || request.method == "CONNECT" => {
                response.allow = true;
                refuse(request, response, Status::METHOD_NOT_ALLOWED, READ_ONLY);
            }
            _ => refuse(request, response, Status::NOT_FOUND, NO_PAGE),
        }
    }

    /// Renders the template with the cookies of `request` and the `Set-Cookie` lines of `response`.
    fn render(&self, request: &Request<'_>, response: &mut Response<'_>) {
        let status = response.status;
        if status == Status::NO_CONTENT {
            return;
        }
        if request.prefers_text {
            // This needs no template, so no mistake in it matters.
            return response.write("text/plain", |body, set_cookies| {
                // Writing to memory never fails.
                let _ = text(&mut Visible(body), &Shown { request, status, set_cookies });
            });
        }
        let reloaded = self.reload.as_deref().map(read);
        let template = match &reloaded {
            None => &self.template,
            Some(Ok(template)) => template,
            Some(Err(listing)) => {
                let _ = writeln!(io::stderr(), "cookies: {listing}");
                return response.plain_page(Status::INTERNAL_SERVER_ERROR, "pre", listing);
            }
        };
        response.write("text/html", |body, set_cookies| {
            let shown = Shown { request, status, set_cookies };
            // A variable is the function that appends its value.
            template.render(&mut Html::new(body), |page, variable| variable(page, &shown));
        });
    }
}

/// Browsers request this icon on their own, unless a page names another, and report a 404 as an error.
const FAVICON: (&str, Handler) =
    ("/favicon.ico", |_, response| response.status = Status::NO_CONTENT);

/// Answers with a `status` and the sentence that says why, as text or as a page.
fn refuse(request: &Request<'_>, response: &mut Response<'_>, status: Status, sentence: &str) {
    if request.prefers_text {
        response.status = status;
        response.write("text/plain", |body, _| {
            let _ = writeln!(body, "{}: {sentence}", status.as_str());
        });
    } else {
        response.plain_page(status, "p", sentence);
    }
}

fn read(file: &Path) -> Result<Template<Variable>, String> {
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
        format!("can't read {}: {reason}", file.display())
    })?;
    compile(content, file)
}

fn compile(content: impl AsRef<[u8]>, file: &Path) -> Result<Template<Variable>, String> {
    Template::compile_file(content.as_ref(), &VARIABLES)
        .map_err(|mistake| format!("{}:{mistake}", file.display()))
}
