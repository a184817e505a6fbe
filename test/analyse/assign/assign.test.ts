import {
  assignedBits,
  assignedTwins,
  assignmentName,
  createChoices,
  type Assignment,
} from "../../../src/analyse/assign/choices";
import { fewestFirst } from "../../../src/analyse/assign/fewestFirst";
import { searchAssignment, type AssignState } from "../../../src/analyse/assign/search";
import { boxOver } from "../../../src/analyse/box";
import { boundMethodOf } from "../../../src/analyse/bound/methods";
import { toDomain } from "../../../src/analyse/domain";
import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { approximate } from "../../../src/approximate/approximate";
import { parseApproximation } from "../../../src/approximate/parseApproximation";
import { ArgumentError } from "../../../src/errors";
import { createRandom } from "../../../src/numeric/random";
import { randomDenseNetwork } from "../../network/randomNetwork";

const NAMES = ["int8", "int3", "half", "int5"];
const network = randomDenseNetwork([5, 7, 4, 3], createRandom(8));
const choices = createChoices(network, NAMES.map(parseApproximation));
const box = boxOver(toDomain("0:1"), 5);
const bound = boundMethodOf("differential");
const measure = (twins: Twins): number => bound(twins, box).total.upper;
const random = createRandom(5);
const inputs = Array.from({ length: 6 }, () => Float64Array.from({ length: 5 }, random.next));

function everyAssignment(): Assignment[] {
  const all = Array.from({ length: NAMES.length ** 3 }, (_, index) => [
    Math.floor(index / 16),
    Math.floor(index / 4) % 4,
    index % 4,
  ]);
  return all;
}

function last(epsilon: number, error = measure): AssignState {
  const states = [...searchAssignment({ choices, epsilon, measure: error, inputs })];
  return states[states.length - 1];
}

describe("assignments of approximations to layers", () => {
  test("make the twin that the approximation of their name makes", () => {
    for (const assignment of [
      [0, 1, 2],
      [3, 3, 1],
      [2, 2, 2],
    ]) {
      const name = assignmentName(choices, assignment);
      const twin = approximate(network, parseApproximation(name));
      expect(assignedTwins(choices, assignment).approximated).toEqual(twin);
    }
    expect(assignmentName(choices, [2, 2, 2])).toBe("half");
  });

  test("come once each, from the fewest bits on", () => {
    const found = [...fewestFirst(choices)];
    expect(new Set(found.map(({ assignment }) => assignment.join())).size).toBe(64);
    expect(found).toHaveLength(64);
    const bits = found.map((one) => one.bits);
    expect(bits).toEqual([...bits].sort((a, b) => a - b));
    for (const one of found) expect(one.bits).toBe(assignedBits(choices, one.assignment));
  });

  test("are found when they are asked for, however many there are", () => {
    const deep = randomDenseNetwork([3, ...Array<number>(40).fill(3), 2], createRandom(1));
    const many = createChoices(deep, NAMES.map(parseApproximation));
    const first = fewestFirst(many).next();
    expect(first.value?.bits).toBe(many.bits.reduce((sum, layer) => sum + Math.min(...layer), 0));
  });

  test.each([
    [[], /no candidate/],
    [["half", "half"], /stands there twice/],
    [["half", "half+int8+int4"], /one for each layer already/],
  ])("of candidates %j are refused", (names, message) => {
    const make = (): unknown => createChoices(network, names.map(parseApproximation));
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });
});

describe("the search for the fewest bits", () => {
  const all = everyAssignment().map((assignment) => {
    const twins = assignedTwins(choices, assignment);
    const attained = Math.max(...inputs.map((x) => absoluteError(twins, x)));
    return { bits: assignedBits(choices, assignment), error: measure(twins), attained };
  });
  const errors = all.map(({ error }) => error).sort((a, b) => a - b);

  test.each([0.1, 0.3, 0.5, 0.7, 0.9])("finds what trying all finds, at quantile %d", (share) => {
    const epsilon = errors[Math.floor(share * errors.length)];
    const within = all.filter(({ error }) => error <= epsilon);
    const { best, leastBits, isDone, left } = last(epsilon);
    expect(best?.bits).toBe(Math.min(...within.map(({ bits }) => bits)));
    expect(best?.measured).toBeLessThanOrEqual(epsilon);
    expect([isDone, left]).toEqual([true, 0]);
    const possible = all.filter(({ attained }) => attained <= epsilon);
    expect(leastBits).toBe(Math.min(...possible.map(({ bits }) => bits)));
  });

  test("takes nothing for granted of how errors of layers add up", () => {
    // Here two coarse layers are better than one of them, as roundings that cancel may be.
    const odd = (twins: Twins): number => {
      const name = twins.approximated.approximation ?? "";
      return name === "half+int3+int3" || name === "half" ? 0 : 10;
    };
    const states = [...searchAssignment({ choices, epsilon: 1, measure: odd, inputs: [] })];
    const { best } = states[states.length - 1];
    expect(best && assignmentName(choices, best.assignment)).toBe("half+int3+int3");
  });

  test("knows at every state that nothing below its least bits can do", () => {
    const epsilon = errors[20];
    const possible = all.filter(({ error }) => error <= epsilon).map(({ bits }) => bits);
    for (const state of searchAssignment({ choices, epsilon, measure, inputs })) {
      expect(state.leastBits).toBeLessThanOrEqual(Math.min(...possible));
    }
  });

  test("ends with nothing where no assignment is within epsilon", () => {
    const { best, isDone } = last(errors[0] / 2);
    expect([best, isDone]).toEqual([undefined, true]);
  });

  test("takes the smallest of all where the network is its own twin", () => {
    const exact = createTwins(network, network);
    const same = { ...choices, approximated: choices.names.map(() => exact.network) };
    const states = [...searchAssignment({ choices: same, epsilon: 1e-9, measure, inputs })];
    const { best, leastBits } = states[states.length - 1];
    expect(best?.assignment).toEqual([1, 1, 1]);
    expect(leastBits).toBe(best?.bits);
  });
});
