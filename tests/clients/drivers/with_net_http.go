// Go's net/http: a net/http/cookiejar keeps the cookies. It neither lists nor saves them.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"os"
	"slices"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		steps := strings.Fields(lines.Text())
		if slices.Contains(steps, "restart") {
			fmt.Println("unable")
			continue
		}
		if err := session(steps); err != nil {
			log.Fatal(err)
		}
		fmt.Println("end")
	}
}

func session(steps []string) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client := &http.Client{Jar: jar}
	for _, step := range steps {
		get := client.Get
		url, isHead := strings.CutPrefix(step, "HEAD:")
		if isHead {
			get = client.Head
		}
		response, err := get(url)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
