/*
 * Builds dist from the sources, or leaves it as it is: where the sources are those of the last
 * build, and dist is what that build left, nothing is compiled. What is compared is the bytes of
 * all files, never their times, so that a file that was edited, lost or restored is noticed.
 */
const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

/** What a build depends on; the lock file stands for the versions of the compilers. */
const SOURCES = [
  ...["src", "kernel", "assembly", "package.json", "package-lock.json"],
  ...["tsconfig.json", "tsconfig.build.json", "scripts/build.js"],
];

/** What the last build was made of and what it made; it is no part of what it speaks of. */
const STAMP = path.join("dist", ".build.json");

/** Every file at or below a path, in one order everywhere; none where there is nothing. */
function filesAt(place) {
  if (!fs.existsSync(place)) return [];
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place)
    .sort()
    .flatMap((name) => filesAt(path.join(place, name)));
}

function hashOf(places) {
  const hash = createHash("sha256");
  for (const file of places.flatMap(filesAt)) {
    if (file === STAMP) continue;
    const bytes = fs.readFileSync(file);
    hash.update(`${file.split(path.sep).join("/")} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(STAMP, "utf8"));
  } catch {
    // No build yet, or one that was cut short.
    return {};
  }
}

/** Runs one of the compilers; what it says is for the user, and its end is ours. */
function run(...words) {
  try {
    execFileSync(process.execPath, words, { stdio: "inherit" });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}

function build() {
  process.chdir(path.join(__dirname, ".."));
  const sources = hashOf(SOURCES);
  const stamp = readStamp();
  if (stamp.sources === sources && stamp.built === hashOf(["dist"])) return;
  // From here until the end, dist is no build's.
  fs.rmSync(STAMP, { force: true });
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
  run(
    ...["node_modules/assemblyscript/bin/asc.js", "assembly/index.ts"],
    ...["--outFile", "dist/kernels.wasm", "--runtime", "stub"],
    ...["-O3", "--noAssert", "--enable", "simd"],
  );
  fs.chmodSync("dist/src/cli/main.js", 0o755);
  fs.writeFileSync(STAMP, `${JSON.stringify({ sources, built: hashOf(["dist"]) })}\n`);
}

build();
