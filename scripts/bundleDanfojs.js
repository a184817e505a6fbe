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
const own = path.join(root, "package.json");
const keptOwn = path.join(root, "out", "package.json");

/** By rename, so that the folder is newer than npm's own notes on it and npm reads it anew. */
function replace(target, text) {
  fs.writeFileSync(`${target}.new`, text);
  fs.renameSync(`${target}.new`, target);
}

/** Every package that danfojs asks for must be one that RoundLab asks for itself. */
function requireOwn(dependencies) {
  const { dependencies: named, optionalDependencies } = JSON.parse(fs.readFileSync(own, "utf8"));
  const missing = Object.keys(dependencies).filter(
    (name) => named[name] === undefined && optionalDependencies[name] === undefined,
  );
  if (missing.length > 0) {
    throw new Error(
      `danfojs-node needs ${missing.join(", ")}, which RoundLab's package.json does not name; ` +
        "add what is missing to its dependencies, at the version of package-lock.json",
    );
  }
}

/** The list stands in package.json only while npm packs: with it there, npx fails in a checkout. */
function bundle() {
  const text = fs.readFileSync(own, "utf8");
  const content = JSON.parse(text);
  if (content.bundleDependencies === undefined) fs.writeFileSync(keptOwn, text);
  replace(
    own,
    `${JSON.stringify({ ...content, bundleDependencies: ["danfojs-node"] }, null, 2)}\n`,
  );
}

function restore(target, from) {
  if (!fs.existsSync(from)) return;
  replace(target, fs.readFileSync(from, "utf8"));
  fs.rmSync(from);
}

if (process.argv[2] === "before") {
  const text = fs.readFileSync(file, "utf8");
  const content = JSON.parse(text);
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  // A pack that was killed has left the file without its list: what is kept is then the true one.
  if (content.dependencies !== undefined) {
    requireOwn(content.dependencies);
    fs.writeFileSync(kept, text);
  }
  delete content.dependencies;
  replace(file, `${JSON.stringify(content, null, 2)}\n`);
  bundle();
} else {
  restore(file, kept);
  restore(own, keptOwn);
}
