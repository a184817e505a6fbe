import { ShapeError } from "../../errors";
import type { ArchitectureLayer } from "./architectureLayer";
import { misfit, type ArchitectureRules } from "./architectureRule";
import { describeConvolution, describeWindows, imageOf, readWindow } from "./architectureWindows";
import { planBatchNorm } from "./batchNorm";
import { readExtent, readNumber, readPadding, readSize, readText, type Fields } from "./fields";
import { nameFlow, sizeOf, type Flow } from "./flow";
import { planLayer } from "./plannedLayer";
import { tensorShape } from "./tensorNames";

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
