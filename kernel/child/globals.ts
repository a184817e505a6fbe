declare global {
  /** Placeholder */
  const __roundlabKernel: true;
}
export {};
