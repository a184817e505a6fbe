/**
 * How fast the kernel is, as its user feels it: from sending a request to the last message about
 * it, over the real protocol: `npm run bench:kernel`, or, with a build at hand,
 *
 *     node -r ./bench/kernel/register.js bench/kernel/kernel.bench.ts
 *
 * Prints a table and writes bench/results/kernel.json.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { startKernel, type KernelClient } from "../../kernel/execute/kernelClient";
import type { Message } from "../../kernel/protocol/message";

/** One measured quantity; the limit is that of the issue which asked for it. */
interface Measure {
  readonly name: string;
  readonly limitMilliseconds: number;
  readonly milliseconds: readonly number[];
}

/** Rows of a long DataFrame that may be sent. */
const largestRows = 60;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, value: T]> {
  const start = performance.now();
  const value = await work();
  return [performance.now() - start, value];
}

/** Runs a cell; yields what was published for it. */
async function run(client: KernelClient, code: string): Promise<Message[]> {
  const published: Message[] = [];
  const { request, reply } = client.ask("shell", "execute_request", {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  });
  const idle = new Promise<void>((resolve) => {
    const stop = client.listen((channel, message) => {
      if (channel !== "iopub" || message.parentHeader.msg_id !== request.header.msg_id) return;
      published.push(message);
      if (message.content.execution_state !== "idle") return;
      stop();
      resolve();
    });
  });
  const [{ content }] = await Promise.all([reply, idle]);
  if (content.status !== "ok") throw new Error(`${code}: ${String(content.evalue)}`);
  return published;
}

const repeat = async (
  count: number,
  work: (index: number) => Promise<number>,
): Promise<number[]> => {
  const values: number[] = [];
  for (let index = 0; index < count; index++) values.push(await work(index));
  return values;
};

/** Launches fresh kernels: until the first reply, and until the first cell is done. */
async function measureLaunch(folder: string, count: number): Promise<Measure[]> {
  const info: number[] = [];
  const cell: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    const client = await startKernel(folder);
    info.push(performance.now() - start);
    await run(client, "6 * 7");
    cell.push(performance.now() - start);
    await client.shutDown();
  }
  return [
    { name: "launch to kernel_info", limitMilliseconds: 500, milliseconds: info },
    { name: "launch to first cell done", limitMilliseconds: 4000, milliseconds: cell },
  ];
}

async function measureCells(folder: string): Promise<Measure[]> {
  const client = await startKernel(folder);
  const timeCell = async (code: string): Promise<number> =>
    (await timed(() => run(client, code)))[0];
  const measures: Measure[] = [];
  const add = async (
    name: string,
    limit: number,
    count: number,
    code: (index: number) => string,
  ) => {
    // The first run warms up and is not counted.
    await timeCell(code(-1));
    const milliseconds = await repeat(count, (index) => timeCell(code(index)));
    measures.push({ name, limitMilliseconds: limit, milliseconds });
  };
  await add("trivial cell", 60, 15, (index) => `${index} + 1`);
  await add("cell that declares", 60, 15, (index) => `const value${index + 1} = ${index};`);
  await add("cell that calls a helper", 150, 15, (index) => `rl.roundToHalf(${index} / 3)`);
  await add("DataFrame of 70,000 rows", 300, 7, (index) =>
    index < 0
      ? "const frame = rl.createDataFrame({ a: Array.from({ length: 70000 }, (_, i) => i), b: Array.from({ length: 70000 }, (_, i) => i / 7) });"
      : "frame",
  );
  const rows = await run(client, "frame");
  const html = JSON.stringify(
    rows.find(({ header }) => header.msg_type === "execute_result")?.content,
  );
  const sent = html.split("<tr").length - 2;
  console.log(`rows of the DataFrame that were sent: ${sent} (the issue's limit: ${largestRows})`);
  if (sent > largestRows) throw new Error(`${sent} rows were sent, more than ${largestRows}`);
  await add(
    "20,000 lines printed",
    2000,
    5,
    () => "for (let i = 0; i < 20000; i++) console.log(`line ${i}`);",
  );
  await client.shutDown();
  return measures;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "roundlab-bench-"));
  const measures = [...(await measureLaunch(folder, 5)), ...(await measureCells(folder))];
  rmSync(folder, { recursive: true, force: true });
  const machine = {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  const rows = measures.map(({ name, limitMilliseconds, milliseconds }) => ({
    name,
    median: Math.round(median(milliseconds) * 10) / 10,
    least: Math.round(Math.min(...milliseconds) * 10) / 10,
    most: Math.round(Math.max(...milliseconds) * 10) / 10,
    limit: limitMilliseconds,
    isWithin: median(milliseconds) <= limitMilliseconds,
  }));
  console.log(`milliseconds on ${machine.cores} x ${machine.processor}, Node ${machine.node}`);
  console.table(
    rows.map(({ name, limit, isWithin, ...times }) => ({
      "until the last message": name,
      ...times,
      "limit of the median": limit,
      "within it": isWithin ? "yes" : "NO",
    })),
  );
  console.log(
    `${rows.filter(({ isWithin }) => isWithin).length} of ${rows.length} medians are within their limits`,
  );
  const results = join(__dirname, "..", "results");
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "kernel.json"), JSON.stringify({ machine, rows }, null, 2) + "\n");
}

void main();
