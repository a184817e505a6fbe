import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { StoreError } from "../../../src/errors";
import { thisHolder, type Holder } from "../../../src/experiment/store/storeHolder";
import { lockFolder, runningHolder } from "../../../src/experiment/store/storeLock";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-lock-"));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const place = (): string => path.join(folder, "lock");

/** Leaves the lock as somebody else would have, who last showed life so many seconds ago. */
function leave(content: Partial<Holder> | string, secondsAgo = 0): string {
  fs.mkdirSync(place());
  const file = path.join(place(), "0123456789abcdef.json");
  const text =
    typeof content === "string" ? content : JSON.stringify({ ...thisHolder(), ...content });
  fs.writeFileSync(file, text);
  const then = Date.now() / 1000 - secondsAgo;
  fs.utimesSync(file, then, then);
  return file;
}

function takeAndRelease(): void {
  const lock = lockFolder(folder);
  expect(lock.isHeld()).toBe(true);
  lock.release();
}

describe("lockFolder", () => {
  test("lets one in at a time, and leaves nothing behind", () => {
    const first = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(StoreError);
    expect(() => lockFolder(folder)).toThrow(/by this process already/);
    expect(runningHolder(folder)?.pid).toBe(process.pid);
    first.release();
    expect(first.isHeld()).toBe(false);
    expect(runningHolder(folder)).toBeUndefined();
    takeAndRelease();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test("takes over from a process that was killed", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    await once(child, "spawn");
    const pid = child.pid ?? 0;
    const line = fs.existsSync(`/proc/${pid}/stat`) ? startOf(pid) : null;
    leave({ pid, started: line });
    expect(() => lockFolder(folder)).toThrow(new RegExp(`by process ${pid}; wait for it or end`));
    child.kill("SIGKILL");
    await once(child, "exit");
    takeAndRelease();
  });

  // Only systems with /proc say when a process started.
  (fs.existsSync("/proc/self/stat") ? test : test.skip)(
    "takes over from a process whose number another one has now, as in a container started again",
    () => {
      leave({ pid: process.pid, started: 1 });
      takeAndRelease();
    },
  );

  test("never takes a lock of another machine or container that shows life", () => {
    const strangers: readonly Partial<Holder>[] = [
      { host: "elsewhere" },
      { boot: "another boot" },
      { space: "pid:[1]" },
    ];
    for (const stranger of strangers) {
      const file = leave({ ...stranger, pid: 99999999 }, 120);
      expect(() => lockFolder(folder)).toThrow(
        /another machine or container.*last showed life 1\d\d s ago; if it has ended, remove/,
      );
      expect(fs.existsSync(file)).toBe(true);
      fs.rmSync(place(), { recursive: true });
    }
  });

  test("takes over from another machine or container that has been silent for long", () => {
    leave({ host: "elsewhere", pid: process.pid }, 600);
    takeAndRelease();
  });

  test("waits for the age of a lock that a crash of the machine has damaged", () => {
    leave("", 10);
    expect(() => lockFolder(folder)).toThrow(/by a process that did not say which/);
    fs.rmSync(place(), { recursive: true });
    leave("", 600);
    takeAndRelease();
  });

  test("takes an empty lock folder, which a kill while letting go leaves", () => {
    fs.mkdirSync(place());
    takeAndRelease();
  });

  test("tidies up what a process left that was killed while it took the lock", () => {
    const left = path.join(folder, "lock.0123456789abcdef");
    fs.mkdirSync(left);
    fs.writeFileSync(
      path.join(left, "0123456789abcdef.json"),
      JSON.stringify({ ...thisHolder(), pid: 99999999 }),
    );
    takeAndRelease();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test("says that something else stands where the lock is", () => {
    fs.mkdirSync(place());
    fs.writeFileSync(path.join(place(), "notes.txt"), "");
    expect(() => lockFolder(folder)).toThrow(/something else stands in it: remove that folder/);
    expect(fs.readdirSync(folder)).toEqual(["lock"]);
  });

  test("notices that its lock was taken away, and does not take another's with it", () => {
    const lock = lockFolder(folder);
    fs.rmSync(place(), { recursive: true });
    expect(lock.isHeld()).toBe(false);
    const other = lockFolder(folder);
    lock.release();
    expect(other.isHeld()).toBe(true);
    other.release();
  });
});

/** When the system says that a process started. */
function startOf(pid: number): number {
  const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[19]);
}
