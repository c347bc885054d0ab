// http-cookie-agent: the fetch of undici, with a jar of tough-cookie.
"use strict";

const { CookieAgent } = require("http-cookie-agent/undici");
const { fetch } = require("undici");

const { run } = require("./sessions.js");
const { ToughClient } = require("./tough.js");

class Client extends ToughClient {
  async visit(method, url) {
    const dispatcher = new CookieAgent({ cookies: { jar: this.jar } });
    const response = await fetch(url, { method, dispatcher });
    await response.text();
    await dispatcher.close();
  }
}

run(() => new Client());
