#!/usr/bin/env bash
# Guess: `ctx.cookies.set("consent", false)` in Koa sets a cookie with the value "false", as a call with true sets
# "true", and the number 0 becomes "0", as the number 1 becomes "1". Only a missing value deletes the cookie.
#
# What happens: false and 0 delete the cookie: Koa sends an empty value and Expires in 1970. So the answer "no" and a
# counter that starts at zero are never stored. The strings "false" and "0" are kept. Express writes all of them.
#
# Version: Koa 3.3.0, cookies 0.9.2, Express 5.3.0. Source: cookies/index.js, `Cookie`: this.value = value || ""
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund koa@3.3.0 cookies@0.9.2 express@5.3.0
output=$(cd "$folder" && node - <<'JS'
const express = require("express");
const { default: Koa } = require("koa");
for (const name of ["cookies", "express"]) console.log(name, require(name + "/package.json").version);

const values = [true, false, 1, 0, "false", "0"];
const inExpress = express();
inExpress.get("/:index", (request, response) => response.cookie("a", values[request.params.index]).end());
const inKoa = new Koa();
inKoa.use((ctx) => { ctx.cookies.set("a", values[ctx.path.slice(1)]); ctx.body = "x"; });
(async () => {
  for (const [name, app] of Object.entries({ Express: inExpress, Koa: inKoa })) {
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    for (const index in values) {
      const response = await fetch(`http://127.0.0.1:${server.address().port}/${index}`);
      console.log(`${name}, ${JSON.stringify(values[index])}: ${response.headers.get("set-cookie")}`);
    }
    server.close();
  }
})();
JS
)
echo "$output"
[ "$output" = 'cookies 0.9.2
express 5.3.0
Express, true: a=true; Path=/
Express, false: a=false; Path=/
Express, 1: a=1; Path=/
Express, 0: a=0; Path=/
Express, "false": a=false; Path=/
Express, "0": a=0; Path=/
Koa, true: a=true; path=/; httponly
Koa, false: a=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly
Koa, 1: a=1; path=/; httponly
Koa, 0: a=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly
Koa, "false": a=false; path=/; httponly
Koa, "0": a=0; path=/; httponly' ] || { echo "This has changed." >&2; exit 1; }
