import { ArgumentError, FormatError } from "../../../src/errors";
import {
  address,
  formatConnection,
  parseConnection,
  refuseOpenDoor,
} from "../../../kernel/protocol/connection";

const connection = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "secret",
  ports: { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 },
};

describe("parseConnection", () => {
  test("reads what formatConnection wrote", () => {
    expect(parseConnection(formatConnection(connection), "file")).toEqual(connection);
  });

  test("refuses text that is no JSON, and names the file", () => {
    expect(() => parseConnection("{", "c.json")).toThrow(FormatError);
    expect(() => parseConnection("{", "c.json")).toThrow(/connection file c\.json is not JSON/);
  });

  test("refuses JSON that is no object, naming the file", () => {
    for (const text of ["null", "5", "[]"]) {
      expect(() => parseConnection(text, "c.json")).toThrow(FormatError);
      expect(() => parseConnection(text, "c.json")).toThrow(/c\.json is no JSON object/);
    }
  });

  test("refuses a missing port, and names it", () => {
    const text = formatConnection(connection).replace("hb_port", "other");
    expect(() => parseConnection(text, "f")).toThrow(/hb_port should be a number, found undefined/);
  });

  test("refuses another signature scheme", () => {
    const text = formatConnection(connection).replace("hmac-sha256", "hmac-md5");
    expect(() => parseConnection(text, "f")).toThrow(/"hmac-md5" is not supported/);
  });
});

describe("address", () => {
  test("joins by a colon for tcp and by a hyphen for ipc", () => {
    expect(address(connection, "iopub")).toBe("tcp://127.0.0.1:2");
    expect(address({ ...connection, transport: "ipc", ip: "/tmp/k" }, "hb")).toBe("ipc:///tmp/k-5");
  });
});

describe("refuseOpenDoor", () => {
  const open = { ...connection, key: "" };

  test.each(["0.0.0.0", "192.168.1.4", "*", "eth0", "127.0.0.1.example.org", "::"])(
    "refuses a connection without a key on %s, which other machines reach",
    (ip) => {
      expect(() => refuseOpenDoor({ ...open, ip }, "c.json")).toThrow(ArgumentError);
      expect(() => refuseOpenDoor({ ...open, ip }, "c.json")).toThrow(/c\.json has no key/);
      expect(refuseOpenDoor({ ...connection, ip }, "c.json")).toBeUndefined();
    },
  );

  test.each(["127.0.0.1", "127.1.2.3", "localhost", "::1"])(
    "only warns on %s, which this machine alone reaches",
    (ip) => {
      expect(refuseOpenDoor({ ...open, ip }, "c.json")).toMatch(/no key: every process of this/);
    },
  );
});
