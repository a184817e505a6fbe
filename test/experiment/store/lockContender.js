/*
 * node lockContender.js FOLDER MILLISECONDS SHARE: opens the store in FOLDER again and again; a
 * SHARE of the locks is left behind as by a process that was killed. Prints how often it got in,
 * and how often it met somebody inside, who leaves a file there by his own exclusive creation.
 */
const fs = require("node:fs");
const path = require("node:path");
const { lockFolder } = require("../../../dist/src/experiment/store/storeLock.js");

const [folder, milliseconds, share] = process.argv.slice(2);
const inside = path.join(folder, "inside");
const end = Date.now() + Number(milliseconds);
let opened = 0;
let overlaps = 0;
let left = 0;
let unlucky = 0;
while (Date.now() < end) {
  let lock;
  try {
    lock = lockFolder(folder);
  } catch (error) {
    if (error.name !== "StoreError") throw error;
    if (!/is being written by process \d+;/.test(error.message)) unlucky++;
    continue;
  }
  opened++;
  try {
    fs.writeFileSync(inside, String(process.pid), { flag: "wx" });
    if (!lock.isHeld()) overlaps++;
    fs.rmSync(inside, { force: true });
  } catch {
    overlaps++;
  }
  // A fixed pattern in place of chance: every so many locks are left behind.
  if (Math.floor(opened * Number(share)) > left) {
    left++;
    leaveAsKilled(path.join(folder, "lock"));
  } else lock.release();
}
process.stdout.write(JSON.stringify({ opened, overlaps, left, unlucky }));
process.exit(0);

/** The lock as it stands after its process was killed: another process has that number now. */
function leaveAsKilled(place) {
  const [name] = fs.readdirSync(place);
  const file = path.join(place, name);
  const holder = JSON.parse(fs.readFileSync(file, "utf8"));
  fs.writeFileSync(`${file}.new`, JSON.stringify({ ...holder, started: 1 }));
  fs.renameSync(`${file}.new`, file);
}
