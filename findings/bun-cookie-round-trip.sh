#!/usr/bin/env bash
# Guess: `Bun.Cookie.parse(line).toString()` gives the same cookie again, perhaps with its attributes in another order.
#
# What happens: it is another cookie. `parse` leaves the value as it is and `toString` percent-encodes it, so that
# 100%25 grows with every round: 100%2525, 100%252525. "=", "+" and a pair of quotes are encoded too. A cookie
# without Path gets Path=/ instead of the folder of its request (RFC 6265 §5.1.4), one without SameSite gets Lax.
# Bun.CookieMap, which reads the Cookie field, does decode.
#
# Version: Bun 1.4.5. Source: Cookie.cpp, `Cookie::parse` (no decoding; path = "/", sameSite = Lax)
# and `Cookie::appendTo` (encodeURIComponent)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --ignore-scripts --no-audit --no-fund bun@1.4.5
cat > "$folder/round.js" <<'JS'
console.log("Bun", Bun.version);
for (const line of ["a=1; Path=/x; SameSite=Strict", "a=1", "a=100%25", "a=b=c+d", 'a="b"']) {
  const once = Bun.Cookie.parse(line).toString();
  console.log(`${line} -> ${once} -> ${Bun.Cookie.parse(once).toString()}`);
}
console.log("The map reads a=100%25 as", new Bun.CookieMap("a=100%25").get("a"));
JS
bun=$(find "$folder/node_modules/@oven" -path "*/bin/bun" | head -n 1)
output=$("$bun" "$folder/round.js")
echo "$output"
[ "$output" = 'Bun 1.4.5
a=1; Path=/x; SameSite=Strict -> a=1; Path=/x; SameSite=Strict -> a=1; Path=/x; SameSite=Strict
a=1 -> a=1; Path=/; SameSite=Lax -> a=1; Path=/; SameSite=Lax
a=100%25 -> a=100%2525; Path=/; SameSite=Lax -> a=100%252525; Path=/; SameSite=Lax
a=b=c+d -> a=b%3Dc%2Bd; Path=/; SameSite=Lax -> a=b%253Dc%252Bd; Path=/; SameSite=Lax
a="b" -> a=%22b%22; Path=/; SameSite=Lax -> a=%2522b%2522; Path=/; SameSite=Lax
The map reads a=100%25 as 100%' ] || { echo "This has changed." >&2; exit 1; }
