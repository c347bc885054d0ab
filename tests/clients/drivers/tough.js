// A client that keeps its cookies in a jar of tough-cookie.
"use strict";

const { Cookie, CookieJar } = require("tough-cookie");

class ToughClient {
  constructor() {
    this.jar = new CookieJar();
  }

  restart() {
    this.jar = CookieJar.deserializeSync(JSON.stringify(this.jar.serializeSync()));
  }

  cookies() {
    const cookies = this.jar.serializeSync().cookies.map((cookie) => Cookie.fromJSON(cookie));
    return cookies.map((cookie) => [cookie.key, cookie.path, cookie.expiryTime()]);
  }
}

module.exports = { ToughClient };
