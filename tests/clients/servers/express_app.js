// Express with cookie-parser, on Node's own server.
"use strict";

const cookieParser = require("cookie-parser");
const express = require("express");

const app = express();
app.use(cookieParser());
app.get("/", (req, res) => res.json(Object.entries(req.cookies)));
app.listen(Number(process.argv[2]), "127.0.0.1");
