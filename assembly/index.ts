// What the one WebAssembly module of the project exports: one line a file.
export * from "./kernels";
export * from "./choices";
export * from "./tiles";
export * from "./convolution";
export * from "./band";
export * from "./frames";
export * from "./steps";
export * from "./patches";
export * from "./columns";
export * from "./scatter";
export * from "./gemm";
