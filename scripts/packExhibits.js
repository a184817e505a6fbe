"use strict";

/*
 * Packs `roundlab-exhibits`: what the exhibits of the paper stand on and the package itself does
 * not need, Net2 and the stored rows (docs/decisions/003). The package finds them when both are
 * installed in one project.
 *
 * usage: node scripts/packExhibits.js      writes roundlab-exhibits-VERSION.tgz into the current
 * folder
 */
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const folder = path.join(root, "out", "exhibits");
const { version, license } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(path.join(folder, "models"), { recursive: true });
for (const name of ["models/net2.safetensors", "models/net2.card.json", "LICENSE"]) {
  fs.copyFileSync(path.join(root, name), path.join(folder, name));
}
const isLock = (name) => path.basename(name).startsWith("lock");
fs.cpSync(path.join(root, "results"), path.join(folder, "results"), {
  recursive: true,
  filter: (name) => !isLock(name),
});
fs.writeFileSync(
  path.join(folder, "README.md"),
  "# roundlab-exhibits\n\nNet2 and the stored rows of the paper's exhibits, for roundlab of this version.\n",
);
fs.writeFileSync(
  path.join(folder, "package.json"),
  `${JSON.stringify(
    {
      name: "roundlab-exhibits",
      version,
      description: "Net2 and the stored rows of the paper's exhibits, for roundlab.",
      license,
      files: ["models", "results"],
    },
    null,
    2,
  )}\n`,
);
execFileSync("npm", ["pack", "--silent", folder], { stdio: "inherit" });
fs.rmSync(folder, { recursive: true });
