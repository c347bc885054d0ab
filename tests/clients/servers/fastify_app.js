// Fastify with @fastify/cookie, on Node's own server.
"use strict";

const fastify = require("fastify");

const app = fastify();
app.register(require("@fastify/cookie"));
app.get("/", async (request) => Object.entries(request.cookies));
app.listen({ host: "127.0.0.1", port: Number(process.argv[2]) });
