import { createHistory } from "../../../kernel/server/history";

function filled() {
  const history = createHistory();
  ["a = 1", "b = [1]", "a = 1", "print?"].forEach((input, index) => history.add(index + 1, input));
  history.setOutput(2, "[ 1 ]");
  return history;
}

/** The inputs of an answer. */
const inputsOf = (request: Record<string, unknown>): unknown[] =>
  (filled().answer(request).history as unknown[][]).map((entry) => entry[2]);

describe("the answer to a history request", () => {
  test("of kind tail is the last n, in order", () => {
    expect(inputsOf({ hist_access_type: "tail", n: 2 })).toEqual(["a = 1", "print?"]);
    expect(inputsOf({ hist_access_type: "tail", n: 99 })).toHaveLength(4);
  });

  test("holds outputs when asked for them", () => {
    const { history } = filled().answer({ hist_access_type: "tail", n: 3, output: true });
    expect(history).toEqual([
      [1, 2, ["b = [1]", "[ 1 ]"]],
      [1, 3, ["a = 1", null]],
      [1, 4, ["print?", null]],
    ]);
  });

  test("of kind range stops before its end, and knows this session alone", () => {
    const range = { hist_access_type: "range", session: 1, start: 2, stop: 4 };
    expect(inputsOf(range)).toEqual(["b = [1]", "a = 1"]);
    expect(inputsOf({ ...range, session: 0 })).toEqual(["b = [1]", "a = 1"]);
    expect(inputsOf({ ...range, session: -1 })).toEqual([]);
  });

  test.each([
    ["*", ["a = 1", "b = [1]", "a = 1", "print?"]],
    ["a*", ["a = 1", "a = 1"]],
    ["? = 1", ["a = 1", "a = 1"]],
    ["[ab] = *", ["a = 1", "b = [1]", "a = 1"]],
    ["b = [[]1]", ["b = [1]"]],
    ["= 1", []],
  ])("of kind search takes the pattern %j as SQLite's GLOB does", (pattern, expected) => {
    expect(inputsOf({ hist_access_type: "search", pattern })).toEqual(expected);
  });

  test("of kind search names equal inputs once, if asked to", () => {
    const search = { hist_access_type: "search", pattern: "*", unique: true };
    expect(inputsOf(search)).toEqual(["b = [1]", "a = 1", "print?"]);
    expect(inputsOf({ ...search, n: 1 })).toEqual(["print?"]);
  });
});
