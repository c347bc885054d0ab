// Hono, on Node's own server.
"use strict";

const { serve } = require("@hono/node-server");
const { Hono } = require("hono");
const { getCookie } = require("hono/cookie");

const app = new Hono();
app.get("/", (c) => c.json(Object.entries(getCookie(c))));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.argv[2]) });
