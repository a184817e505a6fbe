import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { downloadMnist, type DownloadProgress } from "../../../src/dataset/mnist/download";
import type { DatasetFile } from "../../../src/dataset/mnist/mnistFiles";
import { DownloadError } from "../../../src/errors";
import { idxBytes } from "../format/idxBytes";
import { inDirectory } from "../temporary";

const content = idxBytes(
  [200, 10, 10],
  Uint8Array.from({ length: 20000 }, (_, i) => (i * i) >> 5),
);
const packed = gzipSync(content);
const file: DatasetFile = {
  name: "tiny-images-idx3-ubyte",
  role: "tiny images",
  dims: [200, 10, 10],
  sha256: createHash("sha256").update(content).digest("hex"),
};
const target = `${file.name}.gz`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const good: Answer = (_, response) => {
  response.writeHead(200, { "content-length": packed.length });
  response.end(packed);
};
const missing: Answer = (_, response) => {
  response.writeHead(404);
  response.end("no such file");
};
const wrong: Answer = (_, response) => response.end(gzipSync(idxBytes([1], [1])));
const page: Answer = (_, response) => response.end("<html>please log in</html>");
const cutShort: Answer = (_, response) => {
  response.writeHead(200, { "content-length": packed.length });
  response.write(packed.subarray(0, packed.length / 2), () => response.destroy());
};
const cutUnannounced: Answer = (_, response) => response.end(packed.subarray(0, packed.length / 2));
const stall: Answer = (_, response) => {
  response.writeHead(200, { "content-length": packed.length });
  response.write(packed.subarray(0, 100));
};

/** Runs a test with one local server per answer and an empty directory. */
async function withMirrors(
  answers: readonly Answer[],
  test: (mirrors: string[], directory: string) => Promise<void>,
): Promise<void> {
  const servers = answers.map((answer) => createServer(answer));
  const mirrors: string[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    mirrors.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist`);
  }
  try {
    await inDirectory({}, (directory) => test(mirrors, directory));
  } finally {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

describe("downloadMnist", () => {
  test("fetches a file, checks it and reports progress up to the last byte", async () => {
    await withMirrors([good], async (mirrors, directory) => {
      const seen: DownloadProgress[] = [];
      const folder = join(directory, "new", "folder");
      const paths = await downloadMnist({
        directory: folder,
        mirrors,
        files: [file],
        onProgress: (progress) => seen.push(progress),
      });
      expect(paths).toEqual([join(folder, target)]);
      expect(Buffer.compare(await readFile(join(folder, target)), packed)).toBe(0);
      expect(await readdir(folder)).toEqual([target]);
      const received = seen.filter((progress) => progress.kind === "receiving");
      expect(received[received.length - 1]).toMatchObject({
        receivedBytes: packed.length,
        totalBytes: packed.length,
      });
      expect(seen[seen.length - 1]).toEqual({
        kind: "done",
        file: file.name,
        bytes: packed.length,
      });
    });
  });

  test("does not ask again for a file that is there and right", async () => {
    let requests = 0;
    const counted: Answer = (request, response) => {
      requests++;
      good(request, response);
    };
    await withMirrors([counted], async (mirrors, directory) => {
      const options = { directory, mirrors, files: [file] };
      await downloadMnist(options);
      const seen: DownloadProgress[] = [];
      await downloadMnist({ ...options, onProgress: (progress) => seen.push(progress) });
      expect(requests).toBe(1);
      expect(seen).toEqual([{ kind: "present", file: file.name }]);
    });
  });

  test("replaces a file that is there but spoiled", async () => {
    await withMirrors([good], async (mirrors, directory) => {
      await writeFile(join(directory, target), packed.subarray(0, 50));
      await downloadMnist({ directory, mirrors, files: [file] });
      expect(Buffer.compare(await readFile(join(directory, target)), packed)).toBe(0);
    });
  });

  test.each([
    ["does not have the file", missing, /answered 404/],
    ["sends another content", wrong, /expected unpacked SHA-256 .* found/],
    ["sends a page instead", page, /not an intact gzip file/],
    ["stops in the middle", cutShort, /terminated|other side closed|aborted/],
    ["stops without having announced a size", cutUnannounced, /not an intact gzip file/],
  ])("goes on to the second mirror when the first %s", async (_, answer, reason) => {
    await withMirrors([answer, good], async (mirrors, directory) => {
      const seen: DownloadProgress[] = [];
      await downloadMnist({
        directory,
        mirrors,
        files: [file],
        onProgress: (progress) => seen.push(progress),
      });
      const failed = seen.filter((progress) => progress.kind === "failed");
      expect(failed).toHaveLength(1);
      expect(failed[0]).toMatchObject({
        mirror: mirrors[0],
        reason: expect.stringMatching(reason),
      });
      expect(await readdir(directory)).toEqual([target]);
      expect(Buffer.compare(await readFile(join(directory, target)), packed)).toBe(0);
    });
  });

  test("goes on when the first mirror stalls", async () => {
    await withMirrors([stall, good], async (mirrors, directory) => {
      await downloadMnist({ directory, mirrors, files: [file], stallMilliseconds: 200 });
      expect(await readdir(directory)).toEqual([target]);
    });
  });

  test("names every mirror's reason when none has the file, and leaves nothing", async () => {
    await withMirrors([missing, wrong], async (mirrors, directory) => {
      const refused = downloadMnist({ directory, mirrors, files: [file] });
      await expect(refused).rejects.toBeInstanceOf(DownloadError);
      await expect(downloadMnist({ directory, mirrors, files: [file] })).rejects.toThrow(
        /tiny images: no mirror gave tiny-images-idx3-ubyte.gz \(http.*404.*; http.*SHA-256.*--data/,
      );
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("names a mirror that cannot be reached", async () => {
    const mirrors = ["http://127.0.0.1:1/mnist"];
    await inDirectory({}, async (directory) => {
      const refused = downloadMnist({ directory, mirrors, files: [file] });
      await expect(refused).rejects.toThrow(/no mirror gave .*127\.0\.0\.1:1\/mnist: fetch failed/);
    });
  });

  test("leaves nothing when it is interrupted", async () => {
    await withMirrors([stall, good], async (mirrors, directory) => {
      const controller = new AbortController();
      const refused = downloadMnist({
        directory,
        mirrors,
        files: [file],
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("interrupted by the user")),
      });
      await expect(refused).rejects.toThrow("interrupted by the user");
      expect(await readdir(directory)).toEqual([]);
    });
  });
});
