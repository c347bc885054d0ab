// superagent: an agent keeps the cookies, with the package cookiejar. It can't save them.
"use strict";

const { CookieAccessInfo } = require("cookiejar");
const superagent = require("superagent");

const { run } = require("./sessions.js");

class Client {
  constructor() {
    this.agent = superagent.agent();
  }

  async visit(method, url) {
    // Without `ok`, a status of 400 or more is an error.
    await this.agent[method.toLowerCase()](url).ok(() => true);
  }

  cookies() {
    const cookies = this.agent.jar.getCookies(CookieAccessInfo.All);
    return cookies.map((cookie) => [cookie.name, cookie.path, cookie.expiration_date]);
  }
}

run(() => new Client());
