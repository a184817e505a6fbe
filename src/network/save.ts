import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { tensorsFromNetwork } from "./format/tensors";
import { formatNetworkJson } from "./format/json";
import type { Network } from "./network";
import { serialiseSafetensors, type TensorFile, type TensorPrecision } from "./format/safetensors";

export interface SaveOptions {
  /** Texts to keep beside the weights, such as recipe, seed and accuracy. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** By default `F32` if every weight is a binary32 number, else `F64`: nothing is lost. */
  readonly precision?: TensorPrecision;
}

/** The bytes of a network's safetensors file. */
export function networkBytes(network: Network, options: SaveOptions = {}): Uint8Array {
  const file = tensorsFromNetwork(network, options.metadata);
  return serialiseSafetensors(file, options.precision ?? losslessPrecision(file));
}

/**
 * Saves a network as `.safetensors`, or as JSON if the path ends in `.json`. The file is written
 * under a temporary name and renamed: at the path there is the old file or the whole new one.
 * @example
 * await rl.saveNetwork(twins.approximated, "half.safetensors", { metadata: { by: "rounding" } });
 */
export async function saveNetwork(
  network: Network,
  path: string,
  options: SaveOptions = {},
): Promise<void> {
  const content =
    extname(path) === ".json" ? formatNetworkJson(network) : networkBytes(network, options);
  const temporary = `${path}.${process.pid}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

function losslessPrecision(file: TensorFile): TensorPrecision {
  const isBinary32 = file.tensors.every((tensor) =>
    tensor.values.every((value) => Math.fround(value) === value),
  );
  return isBinary32 ? "F32" : "F64";
}
