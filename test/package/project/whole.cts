// The form of import that TypeScript has for CommonJS.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import rl = require("roundlab");

/* The whole library as a CommonJS module. */
const frame: rl.DataFrame = rl.createDataFrame({ bits: [16, 8] });
console.log(JSON.stringify({ shape: frame.shape, half: rl.roundToHalf(0.1) }));
