import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ArgumentError, FormatError } from "../../errors";
import { sha256 } from "../checksum";
import { parseIdx, type IdxArray, type IdxContext } from "../format/idx";
import type { DatasetFile, DatasetPart } from "./mnistFiles";

/** Images of one size with their labels, before they carry a data set's name. */
export interface LabelledImages {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * The path of an IDX file in a directory, plain or `.gz`, under its original name or with a dot
 * before `idx`.
 */
export async function findIdxFile(directory: string, name: string): Promise<string | undefined> {
  const dotted = name.replace("-idx", ".idx");
  for (const candidate of [name, `${name}.gz`, dotted, `${dotted}.gz`]) {
    const path = join(directory, candidate);
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) return path;
  }
  return undefined;
}

/** Whether a directory holds both files of a part. */
export async function hasPart(directory: string, part: DatasetPart): Promise<boolean> {
  const images = await findIdxFile(directory, part.images.name);
  return images !== undefined && (await findIdxFile(directory, part.labels.name)) !== undefined;
}

/**
 * The images and labels of one part, read from a directory and checked: form, sizes, labels and,
 * when `exact`, that the content is bit for bit the published one.
 *
 * @throws ArgumentError if a file is missing, FormatError if one is not what it should be
 */
export async function loadPart(
  directory: string,
  part: DatasetPart,
  options: { readonly exact: boolean },
): Promise<LabelledImages> {
  const images = await loadFile(directory, part.images, 3, options.exact);
  const labels = await loadFile(directory, part.labels, 1, options.exact);
  const [count, rows, columns] = images.dims;
  if (labels.data.length !== count) {
    throw new FormatError(
      `${part.images.role}: ${count} images, but ${labels.data.length} ${part.labels.role}; ` +
        `do ${part.images.name} and ${part.labels.name} belong together?`,
    );
  }
  return { rows, columns, pixels: images.data, labels: labels.data };
}

async function loadFile(
  directory: string,
  file: DatasetFile,
  rank: number,
  exact: boolean,
): Promise<IdxArray> {
  const path = await findIdxFile(directory, file.name);
  if (path === undefined) {
    throw new ArgumentError(
      `${file.role}: no file ${file.name} (plain or .gz) in ${directory}; ` +
        "name another directory, or fetch the files with `roundlab data fetch mnist --to DIR`",
    );
  }
  const advice = `replace ${path}, for instance by \`roundlab data fetch mnist --to DIR\``;
  const context: IdxContext = {
    role: file.role,
    rank,
    advice,
    ...(exact ? { dims: file.dims } : {}),
  };
  const array = parseIdx(await readFile(path), context);
  if (exact) checkContent(array, file, advice);
  return array;
}

/** Refuses an array that is well-formed but not the published file. */
function checkContent(array: IdxArray, file: DatasetFile, advice: string): void {
  const found = sha256(idxHeader(array.dims), array.data);
  if (found !== file.sha256) {
    throw new FormatError(
      `${file.role}: expected SHA-256 ${file.sha256} of the unpacked file, found ${found}: ` +
        `well-formed, but not MNIST. Give the directory itself as the data set, or ${advice}`,
    );
  }
}

/** The header that an IDX file of unsigned bytes has in front of its values. */
export function idxHeader(dims: readonly number[]): Uint8Array {
  const header = new Uint8Array(4 + 4 * dims.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x0800 | dims.length);
  dims.forEach((size, index) => view.setUint32(4 + 4 * index, size));
  return header;
}
