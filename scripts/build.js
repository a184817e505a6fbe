/*
 * Builds dist from the sources, or leaves it as it is: where the sources are those of the last
 * build, and dist is what that build left, nothing is compiled. What is compared is the bytes of
 * all files, never their times, so that a file that was edited, lost or restored is noticed.
 *
 * With --at-install it is npm that asks, at the end of an installation. Then no fault of a build
 * makes the installation fail: whatever needs dist builds it first and meets the fault again.
 */
const { spawn } = require("node:child_process");
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

const TYPESCRIPT = "node_modules/typescript/bin/tsc";
const ASSEMBLYSCRIPT = "node_modules/assemblyscript/bin/asc.js";

/** What the two compilers are told; neither needs anything of the other's. */
const COMPILERS = [
  [TYPESCRIPT, "-p", "tsconfig.build.json"],
  [
    ...[ASSEMBLYSCRIPT, "assembly/index.ts"],
    ...["--outFile", "dist/kernels.wasm", "--runtime", "stub"],
    ...["-O3", "--noAssert", "--enable", "simd"],
  ],
];

/** Runs one of the compilers; what it says is for the user, and its end is ours. */
function run(words) {
  return new Promise((resolve, reject) => {
    const compiler = spawn(process.execPath, words, { stdio: "inherit" });
    compiler.once("error", reject);
    compiler.once("close", (status) => resolve(status ?? 1));
  });
}

/** @returns {Promise<number>} 0, or what the first compiler that failed ended with */
async function build() {
  const sources = hashOf(SOURCES);
  const stamp = readStamp();
  if (stamp.sources === sources && stamp.built === hashOf(["dist"])) return 0;
  // From here until the end, dist is no build's.
  fs.rmSync(STAMP, { force: true });
  fs.mkdirSync("dist", { recursive: true });
  const ends = await Promise.all(COMPILERS.map(run));
  const failed = ends.find((status) => status !== 0);
  if (failed !== undefined) return failed;
  fs.chmodSync("dist/src/cli/main.js", 0o755);
  fs.writeFileSync(STAMP, `${JSON.stringify({ sources, built: hashOf(["dist"]) })}\n`);
  return 0;
}

async function main() {
  process.chdir(path.join(__dirname, ".."));
  const isAtInstall = process.argv.includes("--at-install");
  // npm asks here, too, when it packs; then prepack has built, and package.json is not as it was.
  if (isAtInstall && ["pack", "publish"].includes(process.env.npm_command)) return;
  // An installation for use, without what a build needs.
  if (isAtInstall && ![TYPESCRIPT, ASSEMBLYSCRIPT].every((file) => fs.existsSync(file))) return;
  const status = await build();
  if (status === 0) return;
  if (!isAtInstall) process.exitCode = status;
  else console.error("the installation stands; `npm run build` says what the build lacks");
}

main();
