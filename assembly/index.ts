// What the one WebAssembly module of the project exports: one line a file.
export * from "./memory";
export * from "./rows";
export * from "./matrix";
export * from "./choices";
export * from "./tiles";
export * from "./convolution";
export * from "./band";
export * from "./bandSolve";
export * from "./frames";
export * from "./normal";
export * from "./steps";
export * from "./centring";
export * from "./patches";
export * from "./columns";
export * from "./scatter";
export * from "./gemm";
