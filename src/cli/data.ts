import type { Command } from "commander";
import { downloadMnist, MNIST_MIRRORS, type DownloadProgress } from "../dataset/mnist/download";
import { cacheDirectory } from "../dataset/mnist/findMnist";
import { listDatasets, type DatasetStatus } from "../dataset/listDatasets";
import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";
import { abortOnInterrupt, EXIT, runCommand } from "./command";
import { requireFolder, requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface FetchFlags {
  readonly to?: string;
  readonly mirror?: readonly string[];
}

interface ListFlags {
  readonly json?: boolean;
  readonly data?: string;
}

/**
 * `roundlab data`: what data sets there are, and fetching those that are not part of the package.
 */
export function registerData(program: Command): void {
  const data = program.command("data").description("list data sets, fetch MNIST");
  data
    .command("list")
    .description("the known data sets, and where each would be opened from")
    .option("--data <folder>", "look for the MNIST files there")
    .option("--json", "one JSON object per data set")
    .action((flags: ListFlags) => runCommand(() => list(flags)));
  data
    .command("fetch")
    .description("download a data set; each file is checked by its SHA-256")
    .argument("<name>", "mnist")
    .option("--to <folder>", "where the files go; the user's cache by default")
    .option(
      "--mirror <address...>",
      `folders to fetch from; by default ${MNIST_MIRRORS.join(", ")}`,
    )
    .action((name: string, flags: FetchFlags) => runCommand(() => fetchDataset(name, flags)));
}

async function list(flags: ListFlags): Promise<number> {
  if (flags.data !== undefined) requireFolder(flags.data, "--data");
  const all = await listDatasets({ directory: flags.data });
  if (flags.json === true) {
    for (const status of all) process.stdout.write(`${JSON.stringify(status)}\n`);
    return EXIT.done;
  }
  for (const status of all) process.stdout.write(`${describeStatus(status)}\n`);
  if (all.some((status) => status.available === "no")) {
    process.stdout.write("\nroundlab data fetch mnist brings what is missing\n");
  }
  return EXIT.done;
}

function describeStatus(status: DatasetStatus): string {
  const place =
    status.available === "no"
      ? status.directory === undefined
        ? "not on this machine"
        : `missing in ${status.directory}`
      : (status.directory ?? "part of the package");
  const images = status.images.toLocaleString("en-GB").padStart(7);
  return `${status.name.padEnd(15)} ${images} images  ${status.description} (${place})`;
}

async function fetchDataset(name: string, flags: FetchFlags): Promise<number> {
  if (name !== "mnist") {
    throw new ArgumentError(`there is nothing to fetch for "${plainText(name)}"; known: mnist`);
  }
  const directory = flags.to ?? cacheDirectory();
  requireFolderToWrite(directory, "--to");
  const mirrors = (flags.mirror ?? MNIST_MIRRORS).map((address) => address.replace(/\/+$/, ""));
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const onProgress = (progress: DownloadProgress): void => {
    const text = describeProgress(progress);
    if (progress.kind === "receiving") {
      line.show(text);
    } else {
      line.clear();
      process.stderr.write(`${text}\n`);
    }
  };
  try {
    await downloadMnist({ directory, mirrors, signal, onProgress });
  } catch (error) {
    line.clear();
    if (!signal.aborted) throw error;
    process.stderr.write("interrupted; files that were finished stay, nothing half-written does\n");
    return EXIT.interrupted;
  } finally {
    release();
  }
  process.stdout.write(`MNIST is in ${directory}\n`);
  if (flags.to !== undefined) {
    process.stdout.write("name that folder by --data or ROUNDLAB_MNIST to use it\n");
  }
  return EXIT.done;
}

const BAR_SIZE = 24;

/**
 * One step of a download as a line: a bar while a file comes in, a sentence when something is
 * settled.
 */
export function describeProgress(progress: DownloadProgress): string {
  const { file } = progress;
  switch (progress.kind) {
    case "present":
      return `${file}: already there`;
    case "done":
      return `${file}: fetched and checked, ${formatMegabytes(progress.bytes)} MB`;
    case "failed":
      return `${file}: ${progress.mirror} failed: ${progress.reason}`;
    case "receiving": {
      const received = formatMegabytes(progress.receivedBytes);
      if (progress.totalBytes === undefined) return `${file} ${received} MB`;
      const share = Math.min(1, progress.receivedBytes / Math.max(1, progress.totalBytes));
      const full = Math.floor(share * BAR_SIZE);
      const bar = "█".repeat(full) + "·".repeat(BAR_SIZE - full);
      const total = formatMegabytes(progress.totalBytes);
      return `${file} ${bar} ${Math.floor(100 * share)} % of ${total} MB`;
    }
  }
}

function formatMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1);
}
