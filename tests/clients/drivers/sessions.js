// The loop of the drivers in Node.
"use strict";

const { createInterface } = require("node:readline");

// Runs the sessions that standard input asks for, each with a new client.
//
// A client has `visit(method, url)`; it may have `restart()`, and `cookies()`, which returns the name, the path and
// the time of expiry of each cookie, in milliseconds, or `Infinity` for a session cookie.
async function run(openClient) {
  for await (const line of createInterface({ input: process.stdin })) {
    const steps = line.split(" ");
    const client = await openClient();
    if (steps.includes("restart") && !client.restart) {
      console.log("unable");
      continue;
    }
    for (const step of steps) {
      if (step === "restart") {
        await client.restart();
      } else if (step.startsWith("HEAD:")) {
        await client.visit("HEAD", step.slice("HEAD:".length));
      } else {
        await client.visit("GET", step);
      }
    }
    for (const [name, path, expires] of await client.cookies()) {
      console.log("jar", name, path, expires === Infinity ? "session" : Math.round((expires - Date.now()) / 1000));
    }
    console.log("end");
  }
}

module.exports = { run };
