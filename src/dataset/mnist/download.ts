import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { cellSignal } from "../../cellSignal";
import { DownloadError, messageOf } from "../../errors";
import { sha256 } from "../checksum";
import { MNIST_FILES, type DatasetFile } from "./mnistFiles";
import { membersOf } from "../../unknownValue";

/** Public copies of the four MNIST files: the bucket that PyTorch uses and that of the CVDF. */
export const MNIST_MIRRORS: readonly string[] = [
  "https://ossci-datasets.s3.amazonaws.com/mnist",
  "https://storage.googleapis.com/cvdf-datasets/mnist",
];

/** One step of a download, for a progress display. */
export type DownloadProgress =
  | { readonly kind: "present"; readonly file: string }
  | {
      readonly kind: "receiving";
      readonly file: string;
      readonly mirror: string;
      readonly receivedBytes: number;
      /** The size that the server announced, if it did. */
      readonly totalBytes?: number;
    }
  | {
      readonly kind: "failed";
      readonly file: string;
      readonly mirror: string;
      readonly reason: string;
    }
  | { readonly kind: "done"; readonly file: string; readonly bytes: number };

export interface DownloadOptions {
  /** Where the files go; made if it is not there. */
  readonly directory: string;
  /** Addresses of the folders that hold the files, tried in order. */
  readonly mirrors?: readonly string[];
  readonly files?: readonly DatasetFile[];
  readonly onProgress?: (progress: DownloadProgress) => void;
  /**
   * Interrupts the download; nothing half-written stays. In a notebook, the cell's own unless
   * given.
   */
  readonly signal?: AbortSignal;
  /** A mirror that sends nothing for so long is given up. */
  readonly stallMilliseconds?: number;
}

const STALL_MILLISECONDS = 30_000;
/** Four times the largest packed file of MNIST: no mirror has reason to send more. */
const LARGEST_PACKED = 40_000_000;
const LARGEST_UNPACKED = 200_000_000;

/**
 * Fetches the MNIST files (packed, as `NAME.gz`) into a directory. A file that is there and right
 * stays; one is written only after the SHA-256 of its unpacked content was found right, to a
 * temporary name first.
 *
 * @returns the paths of the files
 * @throws DownloadError with every mirror's reason if none gives a file; the signal's reason if
 *   interrupted
 */
export async function downloadMnist(given: DownloadOptions): Promise<readonly string[]> {
  const options = { ...given, signal: given.signal ?? cellSignal() };
  const { train, test } = MNIST_FILES;
  const files = options.files ?? [train.images, train.labels, test.images, test.labels];
  await mkdir(options.directory, { recursive: true });
  const paths: string[] = [];
  for (const file of files) paths.push(await downloadFile(file, options));
  return paths;
}

async function downloadFile(file: DatasetFile, options: DownloadOptions): Promise<string> {
  const { directory, mirrors = MNIST_MIRRORS, onProgress, signal } = options;
  const path = join(directory, `${file.name}.gz`);
  if (await isRight(path, file)) {
    onProgress?.({ kind: "present", file: file.name });
    return path;
  }
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    signal?.throwIfAborted();
    let packed: Uint8Array;
    try {
      packed = await receive(`${mirror}/${file.name}.gz`, file, mirror, options);
      checkContent(packed, file);
    } catch (error) {
      signal?.throwIfAborted();
      const reason = describe(error);
      reasons.push(`${mirror}: ${reason}`);
      onProgress?.({ kind: "failed", file: file.name, mirror, reason });
      continue;
    }
    await replaceFile(path, packed);
    onProgress?.({ kind: "done", file: file.name, bytes: packed.length });
    return path;
  }
  throw new DownloadError(
    `${file.role}: no mirror gave ${file.name}.gz (${reasons.join("; ")}); ` +
      "check the connection and try again, or put the file into a directory and name it by --data",
  );
}

/** The body of an address, refused if the server stops in the middle or sends far too much. */
async function receive(
  address: string,
  file: DatasetFile,
  mirror: string,
  options: DownloadOptions,
): Promise<Uint8Array> {
  const { onProgress, signal, stallMilliseconds = STALL_MILLISECONDS } = options;
  const stalled = new AbortController();
  const giveUp = (): void =>
    stalled.abort(new DownloadError(`nothing received for ${stallMilliseconds} ms`));
  let timer = setTimeout(giveUp, stallMilliseconds);
  try {
    const signals = signal === undefined ? [stalled.signal] : [stalled.signal, signal];
    const response = await fetch(address, { signal: AbortSignal.any(signals) });
    if (!response.ok || response.body === null) {
      throw new DownloadError(`answered ${response.status} ${response.statusText}`.trim());
    }
    const announced = Number(response.headers.get("content-length") ?? Number.NaN);
    const totalBytes = Number.isFinite(announced) ? announced : undefined;
    const chunks: Uint8Array[] = [];
    let receivedBytes = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes > LARGEST_PACKED) {
        throw new DownloadError(`sent more than ${LARGEST_PACKED} bytes`);
      }
      clearTimeout(timer);
      timer = setTimeout(giveUp, stallMilliseconds);
      onProgress?.({ kind: "receiving", file: file.name, mirror, receivedBytes, totalBytes });
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws DownloadError unless the unpacked content is the published one */
function checkContent(packed: Uint8Array, file: DatasetFile): void {
  let content: Uint8Array;
  try {
    content = gunzipSync(packed, { maxOutputLength: LARGEST_UNPACKED });
  } catch (cause) {
    const reason = messageOf(cause);
    throw new DownloadError(`not an intact gzip file (${packed.length} bytes, ${reason})`, {
      cause,
    });
  }
  const found = sha256(content);
  if (found !== file.sha256) {
    throw new DownloadError(`expected unpacked SHA-256 ${file.sha256}, found ${found}`);
  }
}

async function isRight(path: string, file: DatasetFile): Promise<boolean> {
  try {
    checkContent(await readFile(path), file);
    return true;
  } catch {
    // Missing or spoiled: either way it is fetched and replaced.
    return false;
  }
}

/** Writes a file under a temporary name and renames it, so that nobody sees half of it. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The reason of a failure; `fetch` hides it one level down. */
function describe(error: unknown): string {
  const message = messageOf(error);
  const inner = membersOf<{ message: string; code: string }>(membersOf<Error>(error).cause);
  const detail = [inner.message, inner.code].find(
    (each) => typeof each === "string" && each !== "",
  );
  return detail === undefined || detail === message ? message : `${message}: ${String(detail)}`;
}
