"use strict";

/*
 * What `npm pack` bundles: danfojs-node without its own list of dependencies (docs/decisions/003).
 *
 * That list asks for a tarball from a vendor's site, and overrides hold in the root project only.
 * In the package the list is empty; what it would bring stands among RoundLab's own dependencies,
 * from the registry, at exact versions.
 *
 * usage: node scripts/bundleDanfojs.js before|after      npm runs it as prepack and postpack
 */
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const file = path.join(root, "node_modules", "danfojs-node", "package.json");
const kept = path.join(root, "out", "danfojs-node.json");

/** By rename, so that the folder is newer than npm's own notes on it and npm reads it anew. */
function replace(target, text) {
  fs.writeFileSync(`${target}.new`, text);
  fs.renameSync(`${target}.new`, target);
}

/** Every package that danfojs asks for must be one that RoundLab asks for itself. */
function requireOwn(dependencies) {
  const own = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const missing = Object.keys(dependencies).filter(
    (name) => own.dependencies[name] === undefined && own.optionalDependencies[name] === undefined,
  );
  if (missing.length > 0) {
    throw new Error(
      `danfojs-node needs ${missing.join(", ")}, which RoundLab's package.json does not name; ` +
        "add what is missing to its dependencies, at the version of package-lock.json",
    );
  }
}

if (process.argv[2] === "before") {
  const text = fs.readFileSync(file, "utf8");
  const content = JSON.parse(text);
  // A pack that was killed has left the file without its list: what is kept is then the true one.
  if (content.dependencies !== undefined) {
    requireOwn(content.dependencies);
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.writeFileSync(kept, text);
  }
  delete content.dependencies;
  replace(file, `${JSON.stringify(content, null, 2)}\n`);
} else if (fs.existsSync(kept)) {
  replace(file, fs.readFileSync(kept, "utf8"));
  fs.rmSync(kept);
}
