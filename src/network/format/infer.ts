import { FormatError, ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import { planLayer, type PlannedLayer } from "./plannedLayer";
import { splitStem, type TensorShape } from "./tensorNames";

/** A dense weight with its place in the chain. */
interface Member {
  readonly stem: string;
  readonly family: string;
  readonly number: number;
  readonly weight: TensorShape;
}

/** Dense layers as their names order them, and what had to be assumed of what stands between. */
export interface InferredChain {
  readonly inputSize: number;
  readonly layers: readonly PlannedLayer[];
  readonly assumptions: readonly string[];
}

/** What to give where a file does not say it. */
const ASK =
  "give the architecture (--architecture FILE, or the option architecture), which docs/own-network.md describes";

/**
 * The chain of dense layers that a file without any description may be taken for: ReLU between them
 * is *assumed*, and the result says so. Everything else would be a guess of the function: strides,
 * paddings and pooling of convolutions, and an activation where the names leave no room for one.
 *
 * Tensors are named `fc1.weight`, `fc1.bias`, … or by position with gaps, `0.weight`, `2.weight`,
 * ….
 *
 * @param tensors  by bare name
 * @throws FormatError saying what is missing and how to give it, ShapeError if shapes form no chain
 */
export function inferChain(
  tensors: ReadonlyMap<string, TensorShape>,
  source: string,
): InferredChain {
  const members = orderedMembers(tensors, source);
  const layers: PlannedLayer[] = [];
  let size: number | undefined;
  members.forEach(({ stem, weight }, index) => {
    const [outputs, inputs] = weight.shape;
    if (size !== undefined && inputs !== size) {
      throw new ShapeError(
        `${source}: tensor ${quoteName(weight.name)} has shape [${weight.shape.join(", ")}], but ` +
          `the layer before it yields ${size} values; was this file saved for another architecture?`,
      );
    }
    layers.push(planLayer({ kind: "dense", tensor: stem, inputs, outputs }, source));
    if (index < members.length - 1) layers.push(planLayer({ kind: "relu" }, source));
    size = outputs;
  });
  const [first] = members;
  const between = members.length === 1 ? "" : "ReLU between the dense layers, ";
  return {
    inputSize: first.weight.shape[1],
    layers,
    assumptions: [`${between}nothing after the last (the file does not say)`],
  };
}

function orderedMembers(tensors: ReadonlyMap<string, TensorShape>, source: string): Member[] {
  const members: Member[] = [];
  for (const [name, tensor] of tensors) {
    const stem = stemOf(name);
    const parts = stem === undefined ? undefined : splitStem(stem);
    if (stem === undefined || parts === undefined) {
      const isNorm = /running_(mean|var)$/.test(name);
      throw new FormatError(
        `${source}: tensor ${quoteName(tensor.name)} has no place in a chain of dense layers` +
          (isNorm ? " (batch normalisation: fold it into the layer before it)" : "") +
          `; expected names such as fc1.weight, 0.bias; ${ASK}`,
      );
    }
    if (name.endsWith(".bias")) {
      if (tensors.has(`${stem}.weight`)) continue;
      throw new FormatError(
        `${source}: tensor ${quoteName(`${stem}.weight`)} is missing (there is ${quoteName(tensor.name)})`,
      );
    }
    checkRank(tensor, source);
    members.push({ stem, ...parts, weight: tensor });
  }
  if (members.length === 0) {
    throw new FormatError(
      `${source}: no dense layer; expected tensors such as fc1.weight, fc1.bias`,
    );
  }
  members.sort((one, other) => one.number - other.number);
  members.forEach((member, index) => checkNeighbours(members[index - 1], member, source));
  return members;
}

function checkRank({ name, shape }: TensorShape, source: string): void {
  if (shape.length === 2) return;
  const found = `${source}: tensor ${quoteName(name)} has shape [${shape.join(", ")}]`;
  if (shape.length === 4) {
    throw new FormatError(
      `${found}: a convolution, whose stride and padding, and the pooling behind it, the file does ` +
        `not say; ${ASK}`,
    );
  }
  throw new ShapeError(`${found}, expected 2 dimensions (dense); ${ASK}`);
}

/** Two families of names, a hole in them, or no room for an activation. */
function checkNeighbours(before: Member | undefined, member: Member, source: string): void {
  if (before === undefined) return;
  const pair = `${quoteName(`${before.stem}.weight`)} and ${quoteName(`${member.stem}.weight`)}`;
  if (before.family !== member.family) {
    throw new FormatError(
      `${source}: tensors ${pair} have no common order; expected one family of names such as fc1, ` +
        `fc2, fc3; ${ASK}`,
    );
  }
  const isPosition = member.family === "" || member.family.endsWith(".");
  const step = member.number - before.number;
  if (isPosition && step === 1) {
    throw new FormatError(
      `${source}: tensors ${pair} are neighbours by position, so there is no room for an ` +
        `activation between them, and the file does not say whether there is one; ${ASK}`,
    );
  }
  if (!isPosition && step !== 1) {
    const missing = quoteName(`${member.family}${before.number + 1}.weight`);
    throw new FormatError(
      `${source}: tensor ${missing} is missing (between ${quoteName(before.stem)} and ` +
        `${quoteName(member.stem)})`,
    );
  }
}

function stemOf(name: string): string | undefined {
  const end = [".weight", ".bias"].find((ending) => name.endsWith(ending));
  return end === undefined ? undefined : name.slice(0, name.length - end.length);
}
