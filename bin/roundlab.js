#!/usr/bin/env node
"use strict";

/*
 * The `roundlab` command. It is committed and not built, so that npm links it and may execute it
 * before and after every build; it is plain old JavaScript, so that any Node can read it as far as
 * the message that it needs.
 */
var existsSync = require("fs").existsSync;
var path = require("path");

var root = path.join(__dirname, "..");
var main = path.join(root, "dist", "src", "cli", "main.js");

if (existsSync(main)) {
  require(main).main();
} else {
  process.stderr.write(
    "roundlab: the command is not built yet: " +
      main +
      " is missing; run `npm run build` in " +
      root +
      ", then the same command again\n",
  );
  process.exitCode = 1;
}
