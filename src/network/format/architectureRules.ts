import { ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import { convolutionSizes } from "../layer/conv2d";
import { nameExtent, shortExtent, shortPadding } from "../layer/extent";
import { windowSizes } from "../layer/window";
import type { ArchitectureLayer, WindowFields } from "./architectureLayer";
import { planBatchNorm } from "./batchNorm";
import { readExtent, readNumber, readPadding, readSize, readText, type Fields } from "./fields";
import { nameFlow, sizeOf, type Flow } from "./flow";
import { planLayer, type PlannedLayer } from "./plannedLayer";
import { tensorShape, type TensorShape } from "./tensorNames";

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

/** The kinds that an architecture may have; one without rules does not compile. */
export const ARCHITECTURE_RULES: {
  readonly [K in ArchitectureLayer["kind"]]: ArchitectureRules<
    Extract<ArchitectureLayer, { kind: K }>
  >;
} = {
  dense: {
    fields: ["tensor"],
    parse: (fields) => ({ kind: "dense", tensor: readText(fields, "tensor") }),
    describe({ kind, tensor }, { flows: [flow], tensors, where }) {
      const [outputs, inputs] = tensorShape(tensors, `${tensor}.weight`, 2, where);
      if (inputs !== sizeOf(flow)) misfit(where, tensor, inputs, flow);
      const planned = planLayer({ kind, tensor, inputs, outputs }, where);
      return { planned, flow: { kind: "values", size: outputs } };
    },
  },
  conv2d: {
    fields: ["tensor", "stride", "padding", "dilation", "groups"],
    parse(fields) {
      const { dilation, groups } = fields.values;
      return {
        kind: "conv2d",
        tensor: readText(fields, "tensor"),
        // Neither has a default: a wrong one would be another function.
        stride: readExtent(fields, "stride"),
        padding: readPadding(fields, "padding"),
        ...(dilation === undefined ? {} : { dilation: readExtent(fields, "dilation") }),
        ...(groups === undefined ? {} : { groups: readSize(fields, "groups") }),
      };
    },
    describe: describeConvolution,
  },
  maxPool2d: {
    fields: ["window", "stride", "padding"],
    parse: (fields) => ({ kind: "maxPool2d", ...readWindow(fields) }),
    describe: describeWindows,
  },
  averagePool2d: {
    fields: ["window", "stride", "padding"],
    parse: (fields) => ({ kind: "averagePool2d", ...readWindow(fields) }),
    describe: describeWindows,
  },
  globalAveragePool2d: {
    fields: [],
    parse: () => ({ kind: "globalAveragePool2d" }),
    describe(_, surroundings) {
      const { height, width } = imageOf(surroundings);
      return describeWindows({ kind: "averagePool2d", window: [height, width] }, surroundings);
    },
  },
  batchNorm: {
    fields: ["tensor", "epsilon"],
    parse: (fields) => ({
      kind: "batchNorm",
      tensor: readText(fields, "tensor"),
      epsilon: readNumber(fields, "epsilon"),
    }),
    describe({ tensor, epsilon }, { flows: [flow], tensors, where }) {
      const [channels] = tensorShape(tensors, `${tensor}.weight`, 1, where);
      const found = flow.kind === "image" ? flow.channels : flow.size;
      if (channels !== found) misfit(where, tensor, channels, flow);
      const pixels = sizeOf(flow) / channels;
      return { planned: planBatchNorm({ tensor, channels, pixels, epsilon }, where), flow };
    },
  },
  relu: plain("relu", [], () => ({ kind: "relu" })),
  leakyRelu: plain("leakyRelu", ["slope"], (fields) => ({
    kind: "leakyRelu",
    slope: readNumber(fields, "slope"),
  })),
  prelu: {
    fields: ["tensor"],
    parse: (fields) => ({ kind: "prelu", tensor: readText(fields, "tensor") }),
    describe({ kind, tensor }, { flows: [flow], tensors, where }) {
      const [channels] = tensorShape(tensors, `${tensor}.weight`, 1, where);
      const found = flow.kind === "image" ? flow.channels : flow.size;
      if (channels !== 1 && channels !== found) misfit(where, tensor, channels, flow);
      const pixels = sizeOf(flow) / channels;
      return { planned: planLayer({ kind, tensor, channels, pixels }, where), flow };
    },
  },
  clip: plain("clip", ["lower", "upper"], (fields) => ({
    kind: "clip",
    lower: readNumber(fields, "lower"),
    upper: readNumber(fields, "upper"),
  })),
  add: {
    fields: [],
    parse: () => ({ kind: "add" }),
    describe({ kind }, { flows, where }) {
      const odd = flows.find((flow) => nameFlow(flow) !== nameFlow(flows[0]));
      if (odd === undefined) return { planned: planLayer({ kind }, where), flow: flows[0] };
      throw new ShapeError(`${where} adds ${nameFlow(flows[0])} and ${nameFlow(odd)}`);
    },
  },
  concat: {
    fields: [],
    parse: () => ({ kind: "concat" }),
    describe({ kind }, { flows, where }) {
      return { planned: planLayer({ kind }, where), flow: joined(flows) };
    },
  },
  flatten: {
    fields: [],
    parse: () => ({ kind: "flatten" }),
    describe: (_, { flows: [flow] }) => ({ flow: { kind: "values", size: sizeOf(flow) } }),
  },
};

/** A kind that does the same to every value and has nothing but its fields. */
function plain<L extends Extract<ArchitectureLayer, { kind: "relu" | "leakyRelu" | "clip" }>>(
  kind: L["kind"],
  fields: readonly string[],
  parse: (fields: Fields) => L,
): ArchitectureRules<L> {
  return {
    fields,
    parse,
    describe: ({ from: _from, ...facts }, { flows: [flow], where }) => ({
      planned: planLayer({ ...facts, kind }, where),
      flow,
    }),
  };
}

function readWindow(fields: Fields): WindowFields {
  const { stride, padding } = fields.values;
  return {
    window: readExtent(fields, "window"),
    ...(stride === undefined ? {} : { stride: readExtent(fields, "stride") }),
    ...(padding === undefined ? {} : { padding: readPadding(fields, "padding") }),
  };
}

function describeConvolution(
  layer: Extract<ArchitectureLayer, { kind: "conv2d" }>,
  surroundings: Surroundings,
): DescribedLayer {
  const { tensors, where } = surroundings;
  const { kind, tensor, stride, padding, dilation = 1, groups = 1 } = layer;
  const { channels, height, width } = imageOf(surroundings);
  const shape = tensorShape(tensors, `${tensor}.weight`, 4, where);
  const [outChannels, perGroup, down, across] = shape;
  const inChannels = perGroup * groups;
  if (inChannels !== channels) misfit(where, tensor, inChannels, surroundings.flows[0]);
  const facts = {
    ...{ kind, inChannels, outChannels, height, width },
    kernel: shortExtent([down, across]),
    stride: shortExtent(stride),
    padding: shortPadding(padding),
    ...(dilation === 1 ? {} : { dilation: shortExtent(dilation) }),
    ...(groups === 1 ? {} : { groups }),
  };
  const { outHeight, outWidth } = convolutionSizes(facts);
  if (outHeight < 1 || outWidth < 1) nothingLeft(where, nameExtent([down, across]), height, width);
  return {
    planned: planLayer({ tensor, ...facts }, where),
    flow: { kind: "image", channels: outChannels, height: outHeight, width: outWidth },
  };
}

function describeWindows(
  { kind, window, stride, padding }: WindowFields & { kind: "maxPool2d" | "averagePool2d" },
  surroundings: Surroundings,
): DescribedLayer {
  const { where } = surroundings;
  const { channels, height, width } = imageOf(surroundings);
  const own = shortExtent(window);
  const isApart = stride === undefined || nameExtent(stride) === nameExtent(own);
  const facts = {
    ...{ channels, height, width, window: own },
    ...(isApart ? {} : { stride: shortExtent(stride) }),
    ...(padding === undefined || shortPadding(padding) === 0
      ? {}
      : { padding: shortPadding(padding) }),
  };
  const { outHeight, outWidth } = windowSizes(facts);
  if (outHeight < 1 || outWidth < 1) nothingLeft(where, nameExtent(window), height, width);
  return {
    planned: planLayer({ kind, ...facts }, where),
    flow: { kind: "image", channels, height: outHeight, width: outWidth },
  };
}

/** Images of one size join their channels; else all are values in a row. */
function joined(flows: readonly Flow[]): Flow {
  const [first] = flows;
  const images = flows.filter(
    (flow) =>
      flow.kind === "image" &&
      first.kind === "image" &&
      flow.height === first.height &&
      flow.width === first.width,
  );
  const size = flows.reduce((sum, flow) => sum + sizeOf(flow), 0);
  if (first.kind !== "image" || images.length !== flows.length) return { kind: "values", size };
  return { ...first, channels: size / (first.height * first.width) };
}

function imageOf({ flows: [flow], where }: Surroundings): Extract<Flow, { kind: "image" }> {
  if (flow.kind === "image") return flow;
  throw new ShapeError(`${where} takes an image, but the layer before it yields a row of values`);
}

function misfit(where: string, stem: string, inputs: number, flow: Flow): never {
  throw new ShapeError(
    `${where}: ${quoteName(stem)}.weight takes ${inputs}, but what comes before it yields ` +
      `${nameFlow(flow)}; are image size, strides, paddings and pooling right?`,
  );
}

function nothingLeft(where: string, window: string, height: number, width: number): never {
  throw new ShapeError(
    `${where}: windows of ${window} are larger than the image of ${height} × ${width}: ` +
      "nothing would come out",
  );
}
