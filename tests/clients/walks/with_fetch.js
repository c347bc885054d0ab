// Node's fetch keeps no cookies. tough-cookie does: it is asked before each request, and told after.
"use strict";

const { CookieJar } = require("tough-cookie");

const [server, ...paths] = process.argv.slice(2);
const jar = new CookieJar();

// Before there was getSetCookie, and so with Debian 12's Node, the lines came as one, with commas between
// them; but Expires has a comma too.
function setCookieLines(headers) {
  return headers.getSetCookie?.() ?? headers.get("Set-Cookie")?.split(/, (?=[^ ;=]+=)/) ?? [];
}

async function visit(path) {
  const url = server + path;
  const response = await fetch(url, { headers: { Cookie: await jar.getCookieString(url) } });
  for (const line of setCookieLines(response.headers)) {
    await jar.setCookie(line, url);
  }
  const cells = (await response.text()).matchAll(/<td>(.*?)<\/td><td>(.*?)<\/td>/g);
  console.log(path, response.status, ...Array.from(cells, ([, name, value]) => `${name}=${value}`));
}

async function walk() {
  for (const path of paths) {
    await visit(path);
  }
  for (const { key, path, maxAge } of (await jar.serialize()).cookies) {
    console.log("jar", key, path, maxAge ?? "session");
  }
}

walk();
