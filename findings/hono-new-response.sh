#!/usr/bin/env bash
# Guess: a cookie that a handler or a middleware sets with Hono's `setCookie` is in the response, whether the handler
# returns `c.text("x")` or `new Response("x")`; Hono accepts both.
#
# What happens: `new Response("x")` loses every cookie that was set before it, without an error. What a middleware
# sets after `await next()` is kept. Until there is a response, the cookies wait in a list of headers that only
# `c.text`, `c.json`, `c.body` and the like use. A middleware that has merely read `c.res` saves them.
#
# Version: Hono 4.13.19. Source: dist/context.js, `#preparedHeaders`, `header` and the setter of `res`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund hono@4.13.19
output=$(cd "$folder" && node --input-type=module <<'JS'
import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";

console.log("hono", JSON.parse(readFileSync("node_modules/hono/package.json")).version);
const app = new Hono();
app.use("/read/*", async (c, next) => { c.res; await next(); });
app.use("*", async (c, next) => {
  setCookie(c, "before", "1");
  await next();
  setCookie(c, "after", "1");
});
const text = (c) => { setCookie(c, "handler", "1"); return c.text("x"); };
const response = (c) => { setCookie(c, "handler", "1"); return new Response("x"); };
app.get("/text", text);
app.get("/response", response);
app.get("/read/response", response);
for (const path of ["/text", "/response", "/read/response"]) {
  const answer = await app.request(path);
  const names = answer.headers.getSetCookie().map((line) => line.split("=")[0]);
  console.log(`${path}: ${answer.status}, sets ${names.join(", ")}`);
}
JS
)
echo "$output"
[ "$output" = "hono 4.13.19
/text: 200, sets before, handler, after
/response: 200, sets after
/read/response: 200, sets before, handler, after" ] || { echo "This has changed." >&2; exit 1; }
