import { ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import type { ArchitectureLayer } from "./architectureLayer";
import type { Fields } from "./fields";
import { nameFlow, type Flow } from "./flow";
import type { PlannedLayer } from "./plannedLayer";
import type { TensorShape } from "./tensorNames";

/** What a layer of an architecture is described from. */
export interface Surroundings {
  /** What its sources yield. */
  readonly flows: readonly Flow[];
  /** By bare name. */
  readonly tensors: ReadonlyMap<string, TensorShape>;
  /** The layer as messages name it. */
  readonly where: string;
}

/** A layer with its sizes, undefined where it does nothing, and what it yields. */
export interface DescribedLayer {
  readonly planned?: PlannedLayer;
  readonly flow: Flow;
}

/** How a kind of layer is read from an architecture, and what it is to the tensors there are. */
export interface ArchitectureRules<L extends ArchitectureLayer> {
  /** Beside `kind` and `from`. */
  readonly fields: readonly string[];
  parse(fields: Fields): L;
  /** @throws FormatError if a tensor is missing, ShapeError if sizes do not fit */
  describe(layer: L, surroundings: Surroundings): DescribedLayer;
}

/** @throws ShapeError saying how many values a layer's tensor takes, and what comes before it */
export function misfit(where: string, stem: string, inputs: number, flow: Flow): never {
  throw new ShapeError(
    `${where}: ${quoteName(stem)}.weight takes ${inputs}, but what comes before it yields ` +
      `${nameFlow(flow)}; are image size, strides, paddings and pooling right?`,
  );
}
