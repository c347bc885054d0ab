// Go's net/http: a net/http/cookiejar keeps the cookies.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
)

var cells = regexp.MustCompile("<td>(.*?)</td><td>(.*?)</td>")

func main() {
	server, paths := os.Args[1], os.Args[2:]
	jar, err := cookiejar.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	for _, path := range paths {
		if err := visit(client, server, path); err != nil {
			log.Fatal(err)
		}
	}
	if err := print(jar, server); err != nil {
		log.Fatal(err)
	}
}

func visit(client *http.Client, server, path string) error {
	response, err := client.Get(server + path)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	fmt.Print(path, " ", response.StatusCode)
	for _, row := range cells.FindAllSubmatch(page, -1) {
		fmt.Printf(" %s=%s", row[1], row[2])
	}
	fmt.Println()
	return err
}

// The jar tells only which names and values it would send to a URL: so where a cookie goes stands for
// its path, and how long it lives is not known.
func print(jar *cookiejar.Jar, server string) error {
	isSeen := make(map[string]bool)
	for _, path := range []string{"/", "/set-path-cookie"} {
		address, err := url.Parse(server + path)
		if err != nil {
			return err
		}
		for _, cookie := range jar.Cookies(address) {
			if !isSeen[cookie.Name] {
				fmt.Println("jar", cookie.Name, path, "?")
			}
			isSeen[cookie.Name] = true
		}
	}
	return nil
}
