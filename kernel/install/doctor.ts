import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { listDatasets } from "../../src/dataset/listDatasets";
import { networkNames } from "../../src/network/load";
import { findPlotly } from "../../src/present/figure/plotlyScript";
import { loadTensorflow } from "../../src/train/tensorflow/tensorflow";
import { startKernel } from "../execute/kernelClient";
import { kernelScript } from "../execute/kernelProcess";
import { findCommand } from "./jupyterPaths";
import { kernelspecFolder, loadKernelspec } from "./kernelspec";
import { messageOf } from "../../src/errors";

/** What one look of the doctor found. */
export interface Finding {
  readonly name: string;
  /** `missing` is something that one can do without; `broken` is not. */
  readonly state: "good" | "missing" | "broken";
  readonly detail: string;
  /** How to mend it; empty if there is nothing to mend. */
  readonly advice: string;
}

type Look = () => Promise<Omit<Finding, "name">> | Omit<Finding, "name">;

const good = (detail: string) => ({ state: "good", detail, advice: "" }) as const;

/** The oldest Node that RoundLab runs on. */
const OLDEST_NODE = [20, 19] as const;

function lookAtNode(): Omit<Finding, "name"> {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const detail = `${process.version} (${process.execPath})`;
  if (isNew) return good(detail);
  return { state: "broken", detail, advice: `install Node ${OLDEST_NODE.join(".")} or newer` };
}

function lookAtZeromq(): Omit<Finding, "name"> {
  try {
    // A broken binary fails here, and the finding says how.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { version } = require("zeromq") as { version: string };
    return good(`libzmq ${version}`);
  } catch (error) {
    const detail = messageOf(error).split("\n")[0];
    return { state: "broken", detail, advice: "run npm rebuild zeromq" };
  }
}

async function lookAtKernel(): Promise<Omit<Finding, "name">> {
  if (!existsSync(kernelScript()))
    return { state: "broken", detail: "not built", advice: "run npm run build" };
  try {
    const start = performance.now();
    const client = await startKernel(process.cwd());
    const milliseconds = Math.round(performance.now() - start);
    const { reply } = client.ask("shell", "execute_request", { code: "6 * 7", silent: true });
    const { status } = (await reply).content;
    await client.shutDown();
    const total = Math.round(performance.now() - start);
    if (status === "ok") return good(`answers in ${milliseconds} ms, ran a cell in ${total} ms`);
    return { state: "broken", detail: "a trivial cell failed", advice: "run npm ci" };
  } catch (error) {
    return { state: "broken", detail: messageOf(error), advice: "run npm ci" };
  }
}

function lookAtJupyter(): Omit<Finding, "name"> {
  const jupyter = findCommand("jupyter");
  if (jupyter === undefined)
    return {
      state: "missing",
      detail: "no jupyter on the PATH",
      advice: "install Jupyter to work in notebooks; roundlab execute runs them without it",
    };
  try {
    const lines = execFileSync(jupyter, ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).split("\n");
    const parts = ["jupyter_client", "notebook", "jupyterlab", "nbconvert"].flatMap((name) => {
      const found = lines.find((each) => each.replace(/[\s-]/g, "_").startsWith(name));
      const number = found === undefined ? undefined : /(\d[\w.]*)\s*$/.exec(found)?.[1];
      return number === undefined ? [] : [`${name} ${number}`];
    });
    return good(`${jupyter}: ${parts.join(", ")}`);
  } catch {
    return { state: "missing", detail: `${jupyter} does not run`, advice: "reinstall Jupyter" };
  }
}

function lookAtKernelspec(): Omit<Finding, "name"> {
  const folders = [kernelspecFolder({ kind: "user" })];
  try {
    folders.push(kernelspecFolder({ kind: "sysPrefix" }));
  } catch {
    // Without Python there is only the user's folder.
  }
  const folder = folders.find((each) => loadKernelspec(each) !== undefined);
  if (folder === undefined)
    return { state: "missing", detail: "not installed", advice: "run roundlab install" };
  const gone = loadKernelspec(folder)
    ?.argv.slice(0, 2)
    .find((file) => !existsSync(file));
  if (gone === undefined) return good(folder);
  const detail = `${folder} names ${gone}, which is not there`;
  return { state: "broken", detail, advice: "run roundlab install" };
}

async function lookAtTensorflow(): Promise<Omit<Finding, "name">> {
  try {
    const { name, version, refused } = await loadTensorflow();
    const detail = `${name} ${version}${refused.length > 0 ? ` (${refused.join("; ")})` : ""}`;
    return good(detail);
  } catch (error) {
    return { state: "broken", detail: messageOf(error), advice: "run npm ci" };
  }
}

async function lookAtData(): Promise<Omit<Finding, "name">> {
  const all = await listDatasets();
  const there = all.filter(({ available }) => available === "yes").map(({ name }) => name);
  const missing = all.filter(({ available }) => available === "no").map(({ name }) => name);
  if (missing.length === 0) return good(there.join(", "));
  const detail = `there: ${there.join(", ")}; not there: ${missing.join(", ")}`;
  return { state: "missing", detail, advice: "run roundlab data fetch mnist" };
}

async function lookAtModels(): Promise<Omit<Finding, "name">> {
  const names = await networkNames();
  if (names.length > 0) return good(names.join(", "));
  return { state: "missing", detail: "no trained network", advice: "run roundlab train net1" };
}

function lookAtPlotly(): Omit<Finding, "name"> {
  try {
    return good(findPlotly());
  } catch (error) {
    return { state: "broken", detail: messageOf(error), advice: "run npm ci" };
  }
}

function lookAtMachine(): Omit<Finding, "name"> {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(1);
  return good(`${availableParallelism()} cores, ${gigabytes} GB of memory`);
}

const LOOKS: readonly (readonly [name: string, look: Look])[] = [
  ["machine", lookAtMachine],
  ["node", lookAtNode],
  ["zeromq", lookAtZeromq],
  ["kernel", lookAtKernel],
  ["jupyter", lookAtJupyter],
  ["kernelspec", lookAtKernelspec],
  ["tensorflow", lookAtTensorflow],
  ["plotly", lookAtPlotly],
  ["data", lookAtData],
  ["models", lookAtModels],
];

/** Looks at everything that RoundLab needs or can use on this machine. */
export async function examine(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, look] of LOOKS) findings.push({ name, ...(await look()) });
  return findings;
}
