/**
 * The thread through which requests come to the cell process.
 *
 * It hands them on, and it is free to act while the main thread computes or waits for a child
 * process: on an interrupt, and when the server is gone.
 */
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { DESCRIPTORS, type CellRequest } from "../../protocol/cellProtocol";
import { descendantsOf, signalAll } from "../../protocol/descendants";
import { createLineSplitter } from "../../protocol/lines";
import { INTERRUPT_STATES } from "./interruption";
import { parseOwnJson } from "../../../src/ownJson";

/** How often the server's life is looked at. */
const LOOK_MILLISECONDS = 1000;
/** How long code that heeds the interrupt may take to notice it before SIGINT breaks it. */
const NOTICE_MILLISECONDS = 250;
/** How long it may take to end once it has noticed. */
const END_MILLISECONDS = 1200;
/** How long a child process may take to end by SIGINT before it is killed. */
const CHILD_MILLISECONDS = 700;

/** Shared with the main thread: see interruption.ts. */
// The main thread starts this one with it, see channel.ts.
const { state } = workerData as { state: Int32Array };
/** The cell that runs, or ran last. */
let cell: string | undefined;

/** Ends this process and what it has started. */
function endProcess(): void {
  signalAll([...descendantsOf(process.pid), process.pid], "SIGKILL");
}

/** Breaks code that computes, if the cell is still at work. */
function breakOff(id: string, states: readonly number[]): void {
  if (cell === id && states.includes(Atomics.load(state, 0))) process.kill(process.pid, "SIGINT");
}

function interrupt(id: string): void {
  if (id !== cell) return;
  const { none, asked, noticed } = INTERRUPT_STATES;
  Atomics.compareExchange(state, 0, none, asked);
  // What a cell waits for in `execSync` ends, and with it the wait.
  const children = descendantsOf(process.pid);
  signalAll(children, "SIGINT");
  if (children.length > 0)
    setTimeout(() => {
      const left = new Set(descendantsOf(process.pid));
      signalAll(
        children.filter((pid) => left.has(pid)),
        "SIGKILL",
      );
    }, CHILD_MILLISECONDS);
  setTimeout(() => breakOff(id, [asked]), NOTICE_MILLISECONDS);
  setTimeout(() => breakOff(id, [asked, noticed]), END_MILLISECONDS);
}

function receive(request: CellRequest): void {
  if (request.kind === "execute") {
    cell = request.id;
    Atomics.store(state, 0, INTERRUPT_STATES.none);
  }
  if (request.kind === "interrupt") interrupt(request.id);
  parentPort?.postMessage(request);
}

const socket = new Socket({ fd: DESCRIPTORS.requests, readable: true, writable: false });
socket.on(
  "data",
  createLineSplitter((line) => receive(parseOwnJson<CellRequest>(line))),
);
socket.on("close", endProcess);
socket.on("error", () => undefined);

const server = process.ppid;
setInterval(() => {
  if (process.ppid !== server) endProcess();
}, LOOK_MILLISECONDS);
