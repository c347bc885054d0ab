// tough-cookie: the driver asks its jar before each request of node:http, and tells it about each response.
"use strict";

const { once } = require("node:events");
const http = require("node:http");

const { run } = require("./sessions.js");
const { ToughClient } = require("./tough.js");

class Client extends ToughClient {
  async visit(method, url) {
    const cookies = await this.jar.getCookieString(url);
    const request = http.request(url, { method, headers: cookies ? { Cookie: cookies } : {} });
    request.end();
    const [response] = await once(request, "response");
    response.resume();
    await once(response, "end");
    for (const line of response.headers["set-cookie"] ?? []) {
      // A cookie that the jar refuses is no reason to fail.
      await this.jar.setCookie(line, url, { ignoreError: true });
    }
    if (response.statusCode === 302) {
      await this.visit(method, new URL(response.headers.location, url).href);
    }
  }
}

run(() => new Client());
