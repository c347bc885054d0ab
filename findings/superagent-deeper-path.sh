#!/usr/bin/env bash
# Guess: two cookies of one name, one for / and one for /account, live side by side (RFC 6265 §5.3 step 11). The
# client sends both to /account, the longer path first (§5.4), and only the first to /.
#
# What happens: the cookie for /account replaces the one for /, if that came first. Afterwards / gets no cookie at
# all. In the other order the jar keeps both, but sends only one of them to /account. cookiejar asks "does the path
# of the new cookie begin with the old cookie's path?", as it does for a request, not "are they equal?".
#
# Version: superagent 10.4.2, cookiejar 2.1.4. Source: cookiejar.js, `setCookie` calls `Cookie.prototype.collidesWith`;
# `getCookies` takes one cookie of each name
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund superagent@10.4.2 cookiejar@2.1.4
output=$(cd "$folder" && node - <<'JS'
const http = require("http");
const superagent = require("superagent");
console.log("cookiejar", require("cookiejar/package.json").version);

// Sets the cookies that the query asks for, and answers with the Cookie field of the request.
const server = http.createServer((request, response) => {
  const cookies = new URL(request.url, "http://localhost").searchParams.getAll("set");
  if (cookies.length) response.setHeader("Set-Cookie", cookies);
  response.setHeader("Content-Type", "text/plain");
  response.end(request.headers.cookie ?? "nothing");
});
server.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const root = "size=small; Path=/";
  const deeper = "size=large; Path=/account";
  for (const set of [[root, deeper], [deeper, root]]) {
    const agent = superagent.agent();
    await agent.get(url + "/account").query({ set });
    console.log(`${set.join(", then ")}:`);
    for (const path of ["/account", "/"]) console.log(`  ${path} gets ${(await agent.get(url + path)).text}`);
  }
  server.close();
});
JS
)
echo "$output"
[ "$output" = "cookiejar 2.1.4
size=small; Path=/, then size=large; Path=/account:
  /account gets size=large
  / gets nothing
size=large; Path=/account, then size=small; Path=/:
  /account gets size=large
  / gets size=small" ] || { echo "This has changed." >&2; exit 1; }
