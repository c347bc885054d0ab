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
# The lines that each text takes: a text that is broken has several boxes.
LINES_OF = """return [...document.querySelectorAll(arguments[0])].map(element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [element.textContent, new Set([...range.getClientRects()].map(({top}) => top)).size]})"""
ROWS_OF_LINKS = """const rows = {};
    for (const link of document.querySelectorAll("nav a")) rows[link.offsetTop] = (rows[link.offsetTop] ?? 0) + 1;
    return Object.values(rows)"""
FONT_SIZES = """return arguments[0].map(selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize))"""
BACKGROUNDS = """return ["nav a[aria-current]", "nav a:not([aria-current])"]
    .map(selector => getComputedStyle(document.querySelector(selector)).backgroundColor)"""
SIZES = """return [...document.links].map(link => link.getBoundingClientRect())
    .map(({width, height}) => Math.min(width, height))"""


def pictures(browser, paths=PATHS, prefix=""):
    """Takes a picture of each page in each colour scheme and width, and checks it with axe-core."""
    browser.driver.delete_all_cookies()
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


def widths(browser):
    """On no screen is a page wider than the screen (WCAG 2.2 §1.4.10), or half empty."""
    browser.open("/").run("document.cookie = 'long=' + 'x'.repeat(150)")
    for width in (320, 390, 600, 720, 900, 1060, 1150, 1160, 1280, 1920):
        set_width(browser, width, width < 500)
        for path in PATHS:
            content = browser.open(path).run("return document.documentElement.scrollWidth")
            check(content <= width, f"{path} is {content} px wide at {width} px")
        used = browser.run("return document.querySelector('main').clientWidth")
        check(used > 0.8 * width, f"the content takes {used} px of {width}")
        rows = browser.run(ROWS_OF_LINKS)
        is_even = len(set(rows)) == 1 or width < 700
        check(is_even, f"at {width} px, the rows of links have {', '.join(map(str, rows))}")


def breaks(browser):
    """No line breaks within a date, `Max-Age` or a name, however long a value is."""
    browser.open("/").run("document.cookie = 'long=' + 'x'.repeat(150)")
    browser.open("/set-expiring-cookie").open("/set-long-lasting-cookie")
    for width in (390, 600, 900, 1280, 1920):
        set_width(browser, width, width < 500)
        for path in ("/set-expiring-cookie", "/delete-cookies"):
            browser.open(path)
            texts = browser.run(LINES_OF, "li span, td:first-child, h1, h2, th, nav a")
            broken = [text for text, lines in texts if lines > 1]
            check(not broken, f"at {width} px, {len(texts)} texts of {path} are not broken: {', '.join(broken)}")


def sizes(browser):
    """The links are large enough for a finger (WCAG 2.2 §2.5.5), and what is explained isn't smaller than what
    explains it. Both headings are alike."""
    for width in (390, 1280):
        set_width(browser, width, width < 500)
        smallest = min(browser.open("/set-cookie").run(SIZES))
        check(smallest >= 44, f"the smallest side of a link has {smallest} px at {width} px")
        came, sent = browser.run(FONT_SIZES, ["#cookies h2", "#set-cookies h2"])
        check(came == sent, f"the headings have {came} and {sent} px")
        code, note = browser.run(FONT_SIZES, ["li code", ".note"])
        check(code >= note, f"code has {code} px, and notes {note}")


def forced_colours(browser):
    """The current page is marked where the user chooses all colours."""
    emulate(browser, "setEmulatedMedia", features=[{"name": "forced-colors", "value": "active"}])
    current, other = browser.open("/set-cookie").run(BACKGROUNDS)
    check(current != other, f"the link to the current page is {current}, the others are {other}")
    save_picture(browser, PICTURES / "set-cookie-forced-colours.png")
    emulate(browser, "setEmulatedMedia", features=[])


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
        sizes(browser)
        widths(browser)
        breaks(browser)
        forced_colours(browser)
        pictures(browser)
    with Templates() as templates, templates.serve() as server, Chromium(server) as browser:
        templates.edit(NAME, MISTAKE)
        pictures(browser, ["/"], "mistake-")


if __name__ == "__main__":
    looks()
