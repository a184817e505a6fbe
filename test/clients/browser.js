/* global Jupyter, getComputedStyle, setTimeout, clearTimeout, fetch */
/* eslint-disable @typescript-eslint/no-require-imports */
/**
 * Classic Notebook and saved pages in a real browser.
 *
 * usage: browser.js NOTEBOOK NBCONVERTED_PAGE REPORT_PAGE SCREENSHOT_FOLDER
 *
 * Opens the notebook in classic Notebook, runs all its cells, finds a table and a live Plotly
 * figure, and takes a screenshot. Then opens the two pages from disk with the network off and finds
 * the figure.
 */
const { spawn } = require("node:child_process");
const { copyFileSync, mkdirSync, mkdtempSync, rmSync } = require("node:fs");
const { createServer } = require("node:net");
const { tmpdir } = require("node:os");
const { basename, join, resolve } = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  viewport: { width: 1280, height: 1600 },
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
const token = "token-of-this-test";
const minute = 60_000;

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function waitFor(what, milliseconds, look) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${what}: not within ${milliseconds / 1000} s`);
}

/** Starts classic Notebook in a folder with settings of its own. */
async function startNotebookServer(folder) {
  const port = await freePort();
  const own = mkdtempSync(join(tmpdir(), "roundlab-notebook-"));
  const child = spawn(
    process.env.JUPYTER ?? "/usr/bin/jupyter",
    [
      "notebook",
      "--allow-root",
      "--no-browser",
      "--ip=127.0.0.1",
      `--port=${port}`,
      "--port-retries=0",
      `--NotebookApp.token=${token}`,
      "--NotebookApp.password=",
      `--notebook-dir=${folder}`,
    ],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: join(own, "config"),
        JUPYTER_DATA_DIR: join(own, "data"),
        JUPYTER_RUNTIME_DIR: join(own, "runtime"),
      },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await waitFor("Notebook's answer", minute, async () => {
    const { ok } = await fetch(`${url}/api?token=${token}`);
    return ok;
  });
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const forced = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(forced);
    rmSync(own, { recursive: true, force: true });
  };
  return { url, stop };
}

async function checkNotebook(context, notebook, screenshots) {
  const folder = mkdtempSync(join(tmpdir(), "roundlab-browser-"));
  copyFileSync(notebook, join(folder, basename(notebook)));
  const server = await startNotebookServer(folder);
  try {
    const page = await context.newPage();
    await page.goto(`${server.url}/notebooks/${basename(notebook)}?token=${token}`);
    await waitFor("the kernel's connection", minute, () =>
      page.evaluate(() => Jupyter.notebook.kernel.is_connected()),
    );
    const kernel = await page.evaluate(() => Jupyter.notebook.kernel.name);
    if (kernel !== "roundlab") throw new Error(`the notebook was opened with the kernel ${kernel}`);
    await page.evaluate(() => Jupyter.notebook.execute_all_cells());
    // Cells that are not run because one before them failed never get a number.
    await waitFor("the end of all cells", 8 * minute, () =>
      page.evaluate(() => {
        const cells = Jupyter.notebook.get_cells().filter((each) => each.cell_type === "code");
        const outputs = cells.flatMap((each) => each.output_area.outputs);
        const hasFailed = outputs.some((each) => each.output_type === "error");
        const isDone = (each) =>
          each.get_text().trim() === "" || typeof each.input_prompt_number === "number";
        return hasFailed || cells.every(isDone);
      }),
    );
    const errors = await page.evaluate(() =>
      Jupyter.notebook
        .get_cells()
        .flatMap((each) => each.output_area?.outputs ?? [])
        .filter((each) => each.output_type === "error")
        .map((each) => each.evalue),
    );
    if (errors.length > 0)
      throw new Error(`cells failed in classic Notebook: ${errors.join("; ")}`);
    await page.waitForSelector(".output table tbody tr", { timeout: minute });
    const rows = await page.locator(".output table tbody tr").count();
    console.log(`classic Notebook: all cells ran, ${rows} table rows on the page`);
    await page.waitForSelector(".output .js-plotly-plot .main-svg", { timeout: minute });
    console.log("classic Notebook: a live Plotly figure stands on the page");
    await page.locator(".output .js-plotly-plot").first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(screenshots, "classic-notebook.png") });
    await page.close();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a saved page with the network off and finds the figure: static or live, but visible. */
async function checkPage(context, path, name, screenshots) {
  await context.setOffline(true);
  const page = await context.newPage();
  await page.goto(pathToFileURL(resolve(path)).href, { waitUntil: "domcontentloaded" });
  const figure = page
    .locator(".roundlab-static svg:visible, .js-plotly-plot .main-svg:visible")
    .first();
  await figure.waitFor({ state: "visible", timeout: minute });
  const box = await figure.boundingBox();
  if (box === null || box.width < 200 || box.height < 100)
    throw new Error(
      `${name}: the figure is ${box?.width} x ${box?.height} pixels, too small to see`,
    );
  await page.waitForSelector("table tbody tr", { timeout: minute });
  console.log(
    `${name}: opened offline, figure of ${Math.round(box.width)} x ${Math.round(box.height)} pixels`,
  );
  await figure.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(screenshots, `${name.replace(/\W+/g, "-")}.png`) });
  await page.close();
  await context.setOffline(false);
}

/** Opens a page as a reader with a dark screen does: what is written in the figure is light. */
async function checkDark(context, path, screenshots) {
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(pathToFileURL(resolve(path)).href, { waitUntil: "domcontentloaded" });
  const label = page.locator(".js-plotly-plot .main-svg text:visible").first();
  await label.waitFor({ state: "visible", timeout: minute });
  const lightness = async (element, property) => {
    const colour = await element.evaluate((node, name) => getComputedStyle(node)[name], property);
    const channels = colour.match(/[\d.]+/g).map(Number);
    return (channels[0] + channels[1] + channels[2]) / (3 * 255);
  };
  const [text, ground] = [
    await lightness(label, "fill"),
    await lightness(page.locator("body"), "backgroundColor"),
  ];
  if (text < 0.7 || ground > 0.3)
    throw new Error(`dark page: the figure's text has lightness ${text} on a ground of ${ground}`);
  console.log("dark page: the live figure's text is light on a dark ground");
  await page.locator(".js-plotly-plot").first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(screenshots, "dark-page.png") });
  await page.close();
}

async function main([notebook, converted, report, screenshots]) {
  mkdirSync(screenshots, { recursive: true });
  const profile = mkdtempSync(join(tmpdir(), "roundlab-chromium-"));
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  try {
    await checkPage(context, converted, "nbconvert page", screenshots);
    await checkPage(context, report, "roundlab page", screenshots);
    await checkDark(context, report, screenshots);
    await checkNotebook(context, notebook, screenshots);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
