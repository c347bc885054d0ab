#!/usr/bin/env bash
# Guess: fetch-cookie adds the jar's cookies to a Cookie header that the caller sets, or lets one replace the other,
# always the same way: the names of fields know no case (RFC 9110 §5.1), and the caller's objects stay as they are.
#
# What happens: the form of the `headers` decides. In a plain object, "Cookie" is merged with the jar's cookies, and
# "cookie" is lost. In an array either spelling is lost. A Headers object is merged, but also changed: a caller that
# uses it for a second request sends the jar's cookies twice, and the old ones even after they have changed.
#
# Version: fetch-cookie 3.2.0 with tough-cookie 6.1.0. Source: `addCookiesToRequest`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund fetch-cookie@3.2.0 tough-cookie@6.1.0
output=$(cd "$folder" && node --input-type=module <<'JS'
import { readFileSync } from "node:fs";
import fetchCookie from "fetch-cookie";
import { CookieJar } from "tough-cookie";

console.log("fetch-cookie", JSON.parse(readFileSync("node_modules/fetch-cookie/package.json")).version);
const url = "http://localhost/";
const jar = new CookieJar();
await jar.setCookie("jar=1", url);
// Instead of a network: answers with the Cookie field that the request would have.
const echo = async (_, init) => new Response(new Headers(init.headers).get("cookie"));
const fetch = fetchCookie(echo, jar);
const send = async (what, headers) => console.log(`${what}: ${await (await fetch(url, { headers })).text()}`);

await send("no header of our own", {});
await send("object, Cookie", { Cookie: "own=1" });
await send("object, cookie", { cookie: "own=1" });
await send("array, Cookie", [["Cookie", "own=1"]]);
await send("array, cookie", [["cookie", "own=1"]]);
const headers = new Headers({ cookie: "own=1" });
await send("Headers", headers);
await jar.setCookie("jar=2", url);
await send("the same Headers again", headers);
JS
)
echo "$output"
[ "$output" = "fetch-cookie 3.2.0
no header of our own: jar=1
object, Cookie: own=1; jar=1
object, cookie: jar=1
array, Cookie: jar=1
array, cookie: jar=1
Headers: own=1; jar=1
the same Headers again: own=1; jar=1; jar=2" ] || { echo "This has changed." >&2; exit 1; }
