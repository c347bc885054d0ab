#!/usr/bin/env bash
# Guess: with @fastify/cookie, `reply.clearCookie("theme")` deletes what `reply.setCookie("theme", "dark")` has set:
# both are called without options, so both use the same defaults.
#
# What happens: the browser keeps the cookie. `setCookie` sends no Path, so that the cookie belongs to the folder of
# the request (RFC 6265 §5.1.4); `clearCookie` sends Path=/, which names another cookie (§5.3 step 11). It works as
# long as all routes are in the top folder, and fails once the same routes get a prefix.
#
# Version: @fastify/cookie 11.1.5, Fastify 5.12.8. Source: index.js, `fastifyCookieClearCookie`: Object.assign({ path:
# '/' }, …); `fastifyCookieSetCookie` has no such default
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund \
    @fastify/cookie@11.1.5 cookie@2.0.2 fastify@5.12.8 tough-cookie@6.1.0
output=$(cd "$folder" && node - <<'JS'
const fastify = require("fastify");
const { CookieJar } = require("tough-cookie");
console.log("@fastify/cookie", require("@fastify/cookie/package.json").version);

const routes = async (app) => {
  app.get("/set", (request, reply) => reply.setCookie("theme", "dark").send("x"));
  app.get("/clear", (request, reply) => reply.clearCookie("theme").send("x"));
};
(async () => {
  for (const prefix of ["", "/settings"]) {
    const app = fastify();
    await app.register(require("@fastify/cookie"));
    await app.register(routes, { prefix });
    const jar = new CookieJar(); // in the role of the browser
    for (const path of [prefix + "/set", prefix + "/clear"]) {
      const url = "http://localhost" + path;
      const line = (await app.inject(path)).headers["set-cookie"];
      await jar.setCookie(line, url);
      console.log(`${path}: ${line}\n  the jar then sends: ${(await jar.getCookieString(url)) || "nothing"}`);
    }
    await app.close();
  }
})();
JS
)
echo "$output"
[ "$output" = "@fastify/cookie 11.1.5
/set: theme=dark; SameSite=Lax
  the jar then sends: theme=dark
/clear: theme=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax
  the jar then sends: nothing
/settings/set: theme=dark; SameSite=Lax
  the jar then sends: theme=dark
/settings/clear: theme=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax
  the jar then sends: theme=dark" ] || { echo "This has changed." >&2; exit 1; }
