"""All engines: how each is driven, and which command prints its version."""

import sys
from pathlib import Path

from driver import HOME, Engine
from program import ROOT

SID = str(Path(__file__).parent / "sid")


def python(name, *driver, version, executable=sys.executable):
    return Engine(name, [executable, "-B", *driver], [executable, "-c", f"print({version})"])


def version_of(package):
    return f"__import__('importlib.metadata').metadata.version('{package}')"


def sid(name, *driver, version, **options):
    """An engine of Debian sid."""
    return Engine(name, [SID, *driver], [SID, *version], is_extra=True, **options)


def package_of(name):
    """The version of a package of Debian."""
    return ["dpkg-query", "-W", "-f", "${Version}", name]


def node(name, driver, *packages):
    """An engine of npm's packages, with the newest Node."""
    modules = HOME / "node_modules"
    binary = next(map(str, modules.glob("node-linux-*/bin/node")), "node")
    versions = ", ".join(f"require('{modules}/{package}/package.json').version" for package in packages)
    return Engine(name, ["env", f"NODE_PATH={modules}", binary, driver], [binary, "-p", f"[{versions}].join(', ')"])


def rust(name, **options):
    """An engine of a crate. Cargo.toml has the one version that its driver is built with."""
    version = ["sed", "-n", f's/^{name} = .*version = "=\\([^"]*\\)".*/\\1/p', "rust/Cargo.toml"]
    return Engine(f"Rust {name}", [str(HOME / f"rust/release/with_{name}")], version, **options)


def browser(name, *driver, version):
    """A browser, with the driver and the Python packages of `make browsers`."""
    path = f"PYTHONPATH={ROOT}/tests/browsers:{ROOT}/tests/support"
    command = ["env", path, str(ROOT / "target/browsers/venv/bin/python"), "-B", "with_browser.py"]
    return Engine(name, [*command, *driver], version, is_extra=True)


# Perl's hashes have a random order.
UNORDERED = ("Equal paths", "A cookie whose value has changed")

ENGINES = [
    browser("Chromium", "chromium", version=["chromium", "--version"]),
    browser("Firefox ESR", "firefox", version=["firefox-esr", "--version"]),
    browser(
        "Firefox", "firefox", "/usr/bin/firefox", str(ROOT / "target/browsers/bin/geckodriver"),
        version=[SID, "firefox", "--version"],
    ),
    browser("WebKitGTK (Debian 12)", "webkit", version=package_of("libwebkit2gtk-4.1-0")),
    browser(
        "WebKitGTK", "webkit", "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser", "WebKitWebDriver",
        version=[SID, *package_of("libwebkit2gtk-4.1-0")],
    ),
    Engine("curl (Debian 12)", ["./with_curl"], ["curl", "--version"]),
    python("libcurl (newest)", "with_pycurl.py", version="__import__('pycurl').version_info()[1]"),
    python("Python http.cookiejar", "with_urllib.py", version="__import__('platform').python_version()"),
    python("Python requests", "with_requests.py", "requests", version=version_of("requests")),
    python(
        "Python niquests", "with_requests.py", "niquests", version=version_of("niquests"),
        executable=str(HOME / "niquests/bin/python"),
    ),
    python("Python httpx", "with_httpx.py", version=version_of("httpx")),
    python("Python aiohttp", "with_aiohttp.py", version=version_of("aiohttp")),
    python("Python mechanize", "with_mechanize.py", version=version_of("mechanize")),
    python("Qt", "with_qt.py", version="__import__('PySide6.QtCore').QtCore.qVersion()"),
    node("tough-cookie", "with_tough_cookie.js", "tough-cookie"),
    node("fetch-cookie", "with_fetch_cookie.js", "fetch-cookie", "tough-cookie"),
    node("undici + http-cookie-agent", "with_http_cookie_agent.js", "undici", "http-cookie-agent", "tough-cookie"),
    node("superagent", "with_superagent.js", "superagent", "cookiejar"),
    node("Playwright API", "with_playwright.js", "playwright-core"),
    Engine("Go net/http", [str(HOME / "bin/with_net_http")], [str(HOME / "venv/bin/go"), "version"]),
    rust("reqwest", unordered=("Two paths", "One name, two paths", *UNORDERED)),
    rust("ureq"),
    Engine("wget (Debian 12)", ["./with_wget"], ["wget", "--version"]),
    Engine("lynx (Debian 12)", ["./with_lynx"], ["lynx", "-version"]),
    Engine("w3m (Debian 12)", ["./with_w3m"], ["w3m", "-version"]),
    Engine(
        "Perl LWP (Debian 12)", ["perl", "with_lwp.pl"], package_of("libhttp-cookies-perl"), unordered=UNORDERED,
    ),
    Engine("Java HttpClient (Debian 12)", ["java", "WithHttpClient.java"], ["java", "--version"]),
    sid("wget", "./with_wget", version=["wget", "--version"]),
    sid("wget2", "./with_wget2", version=["wget2", "--version"], host="127.0.0.1"),
    sid("aria2", "./with_aria2", version=["aria2c", "--version"]),
    sid("lynx", "./with_lynx", version=["lynx", "-version"]),
    sid("w3m", "./with_w3m", version=["w3m", "-version"]),
    sid("elinks", "./with_elinks", version=["elinks", "--version"]),
    sid("Perl LWP", "perl", "with_lwp.pl", version=package_of("libhttp-cookies-perl"), unordered=UNORDERED),
    sid("Ruby http-cookie", "ruby", "with_http_cookie.rb", version=package_of("ruby-http-cookie")),
    sid("PHP curl", "php", "with_curl.php", version=["php", "-r", "echo curl_version()['version'];"]),
    sid("PHP Guzzle", "php", "with_guzzle.php", version=package_of("php-guzzlehttp-guzzle")),
    sid("PHP Symfony BrowserKit", "php", "with_browser_kit.php", version=package_of("php-symfony-browser-kit")),
    sid("libsoup", "python3", "-B", "with_libsoup.py", version=package_of("libsoup-3.0-0")),
    sid("Erlang httpc", "escript", "with_httpc", version=package_of("erlang-inets")),
    sid("Java HttpClient", "java", "WithHttpClient.java", version=["java", "--version"]),
]
