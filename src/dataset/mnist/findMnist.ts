import { join } from "node:path";
import envPaths from "env-paths";
import { packageRoot } from "../../packageRoot";
import { hasPart } from "./loadFiles";
import { MNIST_FILES } from "./mnistFiles";

/** Where to look for the MNIST files, beside the usual places. */
export interface MnistPlaces {
  /** A directory that the user named (`--data`); if given, no other place is looked at. */
  readonly directory?: string;
  /** The environment; `ROUNDLAB_MNIST` names a directory. By default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The cache directory; by default the user's. */
  readonly cache?: string;
  /** The directory of a development checkout; by default `../shared/mnist` beside the package. */
  readonly shared?: string;
}

/** A directory with MNIST files, and why it was looked at. */
export interface MnistDirectory {
  readonly directory: string;
  readonly reason: "named" | "environment" | "shared" | "cache";
}

/** The user's cache directory for data sets that were downloaded. */
export function cacheDirectory(): string {
  return join(envPaths("roundlab", { suffix: "" }).cache, "mnist");
}

/**
 * The first directory with MNIST files: the named one, `ROUNDLAB_MNIST`, `../shared/mnist` beside
 * the package, the cache. One that was named by option or environment counts even when files are
 * missing, so that a mistyped path is refused instead of passed over.
 */
export async function findMnist(places: MnistPlaces = {}): Promise<MnistDirectory | undefined> {
  const named = places.directory;
  if (named !== undefined) return { directory: named, reason: "named" };
  const fromEnvironment = (places.environment ?? process.env)["ROUNDLAB_MNIST"];
  if (fromEnvironment) return { directory: fromEnvironment, reason: "environment" };
  const candidates: readonly MnistDirectory[] = [
    { directory: places.shared ?? join(packageRoot(), "..", "shared", "mnist"), reason: "shared" },
    { directory: places.cache ?? cacheDirectory(), reason: "cache" },
  ];
  for (const candidate of candidates) {
    const parts = [MNIST_FILES.train, MNIST_FILES.test];
    const found = await Promise.all(parts.map((part) => hasPart(candidate.directory, part)));
    if (found.every(Boolean)) return candidate;
  }
  return undefined;
}
