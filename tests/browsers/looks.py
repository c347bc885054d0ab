"""How the pages look and work in Chromium: colour schemes, widths, keyboard, touch, and axe-core's rules."""

import base64

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from check import check
from chromium import Chromium
from editing import MISTAKE, NAME, Templates
from keeping import PAGES
from program import ROOT, Server

PICTURES = ROOT / "target/browsers"
AXE = PICTURES / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """const done = arguments[arguments.length - 1];
    axe.run({runOnly: arguments[0]}).then(({violations, passes}) => done([passes.length,
        violations.map(({id, nodes}) => id + " at " + nodes.map(node => node.target).join(", "))]))"""
# The 404 page shows all cookies, including the path cookie.
PATHS = (*PAGES[:-1], "/set-path-cookie/below", PAGES[-1])
WIDTHS = {"desktop": (1280, False), "phone": (390, True)}

FOCUSED = """const {pathname} = document.activeElement;
    const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
    return [pathname ?? null, outlineStyle, parseFloat(outlineWidth)]"""
RESOURCES = """return [performance.getEntriesByType("resource").map(resource => resource.name),
    document.scripts.length]"""
SIZES = """return [...document.links].map(link => link.getBoundingClientRect())
    .map(({width, height}) => Math.min(width, height))"""


def pictures(browser, paths=PATHS, prefix=""):
    """Takes a picture of each page in each colour scheme and width, and checks it with axe-core."""
    for scheme in ("light", "dark"):
        emulate(browser, "setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for device, (width, is_phone) in WIDTHS.items():
            set_width(browser, width, is_phone)
            for path in paths:
                browser.open(path)
                name = prefix + (path.strip("/").replace("/", "-") or "index")
                save_picture(browser, PICTURES / f"{name}-{device}-{scheme}.png")
                check_accessibility(browser, f"{name}, {device}, {scheme}")


def emulate(browser, command, **values):
    browser.driver.execute_cdp_cmd(f"Emulation.{command}", values)


def set_width(browser, width, is_phone):
    emulate(
        browser, "setDeviceMetricsOverride",
        width=width, height=800, deviceScaleFactor=2 if is_phone else 1, mobile=is_phone,
    )


def save_picture(browser, file):
    taken = browser.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    file.write_bytes(base64.b64decode(taken["data"]))


def check_accessibility(browser, page):
    browser.run(AXE.read_text())
    passed, violations = browser.driver.execute_async_script(RUN_AXE, RULES)
    is_met = passed and not violations
    check(is_met, f"{page}: {passed} rules pass; violated: {'; '.join(violations) or 'none'}")


def narrow(browser):
    """On the narrowest screen no page is wider than the screen (WCAG 2.2 §1.4.10)."""
    set_width(browser, 320, True)
    for path in PATHS:
        width = browser.open(path).run("return document.documentElement.scrollWidth")
        check(width <= 320, f"{path} is {width} px wide at 320 px")


def touch(browser):
    """The links are large enough for a finger (WCAG 2.2 §2.5.8)."""
    smallest = min(browser.open("/").run(SIZES))
    check(smallest >= 24, f"the smallest side of a link has {smallest} px")


def keyboard(browser):
    """Tab moves a visible focus from link to link; Enter follows the link."""
    for nth, path in enumerate(PAGES):
        browser.open("/")
        for _ in range(nth + 1):
            ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        focused, style, width = browser.run(FOCUSED)
        is_shown = focused == path and style != "none" and width >= 2
        check(is_shown, f"Tab {nth + 1} shows {focused} by {width} px {style}")
        ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
        browser.wait_for(path)
    check(True, "Enter follows each of them")


def nothing_else(browser, server):
    """A page is one request: it loads no script, style sheet or picture."""
    before = server.log().count('"GET ')
    for path in PATHS:
        resources, scripts = browser.open(path).run(RESOURCES)
        is_alone = not resources and not scripts
        check(is_alone, f"{path} has {scripts} scripts, and loads {', '.join(resources) or 'nothing else'}")
    requests = server.log().count('"GET ') - before
    check(requests == len(PATHS), f"{len(PATHS)} pages are {requests} requests")


def looks():
    with Server() as server, Chromium(server) as browser:
        nothing_else(browser, server)
        keyboard(browser)
        touch(browser)
        narrow(browser)
        pictures(browser)
    with Templates() as templates, templates.serve() as server, Chromium(server) as browser:
        templates.edit(NAME, MISTAKE)
        pictures(browser, ["/"], "mistake-")


if __name__ == "__main__":
    looks()
