#!/usr/bin/env bash
# Guess: a server named "intranet", as in a company's network or among containers, may set a cookie with
# Domain=intranet. The name counts as a public suffix, but RFC 6265 §5.3 step 5 says that a host which names itself
# keeps its cookie, for this host alone. github.io itself may set one with Domain=github.io for the same reason.
#
# What happens: the jar refuses the cookie with an error, as it would one for another host's suffix. A client that
# ignores the jar's errors, as fetch-cookie does by default, loses the cookie in silence. Only localhost and
# "invalid" are excepted. Without Domain, which means the same here, the cookie is kept.
#
# Version: tough-cookie 6.1.0. Source: `CookieJar.setCookie`, "Cookie has domain set to a public suffix"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund tough-cookie@6.1.0
output=$(cd "$folder" && node --input-type=module <<'JS'
import { CookieJar, version } from "tough-cookie";

console.log("tough-cookie", version);
for (const [host, line] of [
  ["intranet", "a=1"],
  ["intranet", "a=1; Domain=intranet"],
  ["github.io", "a=1"],
  ["github.io", "a=1; Domain=github.io"],
  ["localhost", "a=1; Domain=localhost"],
]) {
  const jar = new CookieJar();
  const result = await jar.setCookie(line, `http://${host}/`).then(() => "kept", (error) => error.message);
  console.log(`${host}, ${line}: ${result}`);
}
JS
)
echo "$output"
[ "$output" = "tough-cookie 6.1.0
intranet, a=1: kept
intranet, a=1; Domain=intranet: Cookie has domain set to a public suffix
github.io, a=1: kept
github.io, a=1; Domain=github.io: Cookie has domain set to a public suffix
localhost, a=1; Domain=localhost: kept" ] || { echo "This has changed." >&2; exit 1; }
