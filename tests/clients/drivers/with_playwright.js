// Playwright's APIRequestContext, which needs no browser.
"use strict";

const playwright = require("playwright-core");

const { run } = require("./sessions.js");

class Client {
  static async open() {
    const client = new Client();
    client.context = await playwright.request.newContext();
    return client;
  }

  async visit(method, url) {
    await this.context.fetch(url, { method });
  }

  async restart() {
    const storageState = await this.context.storageState();
    await this.context.dispose();
    this.context = await playwright.request.newContext({ storageState });
  }

  async cookies() {
    const { cookies } = await this.context.storageState();
    return cookies.map(({ name, path, expires }) => [name, path, expires === -1 ? Infinity : expires * 1000]);
  }
}

run(Client.open);
