// Go's net/http.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
)

func cookies(w http.ResponseWriter, r *http.Request) {
	pairs := [][2]string{}
	for _, cookie := range r.Cookies() {
		pairs = append(pairs, [2]string{cookie.Name, cookie.Value})
	}
	json.NewEncoder(w).Encode(pairs)
}

func main() {
	http.HandleFunc("/", cookies)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
