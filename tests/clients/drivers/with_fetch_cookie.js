// fetch-cookie: Node's fetch, with a jar of tough-cookie.
"use strict";

const fetchCookie = require("fetch-cookie").default;

const { run } = require("./sessions.js");
const { ToughClient } = require("./tough.js");

class Client extends ToughClient {
  async visit(method, url) {
    const response = await fetchCookie(fetch, this.jar)(url, { method });
    await response.text();
  }
}

run(() => new Client());
