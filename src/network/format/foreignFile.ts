/*
 * Files of other kinds, told by their first bytes whatever they are called, so that a message can
 * say what a file is and what to do with it instead of where a parser stumbled.
 */

/** What a file is, and what to do with it, each as part of a sentence. */
export interface ForeignFormat {
  readonly name: string;
  readonly advice: string;
}

/** How many bytes from the start of a file decide. */
export const HEAD_SIZE = 4096;

const PAGE = "docs/own-network.md shows how";
const TORCH: ForeignFormat = {
  name: "a PyTorch file",
  advice: `save its state dict as safetensors and describe the architecture; ${PAGE}`,
};
const KERAS: ForeignFormat = {
  name: "a Keras file",
  advice: `save its weights as safetensors and describe the architecture; ${PAGE}`,
};
const ARCHIVE: ForeignFormat = {
  name: "a zip archive",
  advice: "unpack it first; networks are .safetensors or .json files",
};

/** Formats that a fixed run of bytes at the start gives away. */
const SIGNATURES: readonly (readonly [readonly number[], ForeignFormat])[] = [
  [
    [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
    { name: "an HDF5 file (Keras .h5)", advice: KERAS.advice },
  ],
  [[0x1f, 0x8b], { name: "packed by gzip", advice: "unpack it first (gunzip)" }],
  [
    [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    {
      name: "a NumPy array (.npy)",
      advice: `it holds one array and no network; ${PAGE} to save several as safetensors`,
    },
  ],
  [
    [0x2f, 0x2f],
    {
      name: "a .nnet file",
      advice: `it is not read yet; write its layers as JSON or as safetensors; ${PAGE}`,
    },
  ],
  [[0x47, 0x47, 0x55, 0x46], { name: "a GGUF file", advice: `save it as safetensors; ${PAGE}` }],
  [[0x3c], { name: "a page (HTML or XML)", advice: "was an error page saved in its place?" }],
];

/**
 * What a file is if it is one of a known other kind.
 *
 * @param head  its first `HEAD_SIZE` bytes, or all of them
 * @returns undefined for safetensors, JSON networks and whatever nothing is known of
 */
export function foreignFormat(head: Uint8Array): ForeignFormat | undefined {
  if (startsWith(head, [0x50, 0x4b, 3, 4])) return zipFormat(head);
  // A pickle of protocol 2 to 5: what torch.save wrote before it wrote archives.
  if (head[0] === 0x80 && head[1] >= 2 && head[1] <= 5) {
    return { name: `${TORCH.name} or another Python pickle`, advice: TORCH.advice };
  }
  const known = SIGNATURES.find(([signature]) => startsWith(head, signature));
  if (known !== undefined) return known[1];
  if (latin(head, 4, 8) === "TFL3") {
    return { name: "a TensorFlow Lite file", advice: `save its weights as safetensors; ${PAGE}` };
  }
  if (looksLikeOnnx(head)) {
    return {
      name: "an ONNX file",
      advice: `it is not read yet; save its tensors as safetensors and describe the graph; ${PAGE}`,
    };
  }
  return isJson(head) ? jsonFormat(head) : undefined;
}

/** Whether the first character that is no space, after a byte order mark, opens an object. */
export function isJson(head: Uint8Array): boolean {
  const start = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  const first = head.subarray(start).find((byte) => !isSpace(byte));
  // A safetensors header of such a size has a zero byte among its first eight; text has none.
  return first === 0x7b && !head.subarray(0, 8).includes(0);
}

/** An archive by the names at its start: PyTorch, Keras and NumPy write those of their own. */
function zipFormat(head: Uint8Array): ForeignFormat {
  const names = latin(head, 0, head.length);
  const has = (...words: readonly string[]): boolean => words.some((word) => names.includes(word));
  if (has("/data.pkl", "/constants.pkl", "/data/0", "/byteorder")) return TORCH;
  if (has("model.weights.h5", "metadata.jsonPK", "metadata.json{")) return KERAS;
  if (has(".npy")) {
    return { name: "NumPy arrays (.npz)", advice: `save them as safetensors; ${PAGE}` };
  }
  return ARCHIVE;
}

function jsonFormat(head: Uint8Array): ForeignFormat | undefined {
  const text = latin(head, 0, head.length);
  if (!text.includes('"modelTopology"') && !text.includes('"weightsManifest"')) return undefined;
  return {
    name: "a TensorFlow.js model",
    advice: `save its weights as safetensors and describe the architecture; ${PAGE}`,
  };
}

/**
 * ONNX is a protobuf message: field 1 (the version, one byte), then a text (2, 3, 4 or 6) or the
 * graph (7) by its length.
 */
function looksLikeOnnx(head: Uint8Array): boolean {
  const isVersion = head[0] === 0x08 && head[1] >= 1 && head[1] < 0x20;
  return isVersion && [0x12, 0x1a, 0x22, 0x32, 0x3a].includes(head[2]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString("latin1");
}
