/** The global names as they were at a moment. */
export interface RememberedGlobals {
  /** Takes away what was added since, and gives back its meaning to what was changed. */
  restore(): void;
}

/** Remembers which global names there are and what they mean. */
export function rememberGlobals(): RememberedGlobals {
  const read = (name: string | symbol): PropertyDescriptor | undefined =>
    Reflect.getOwnPropertyDescriptor(globalThis, name);
  const before = new Map(Reflect.ownKeys(globalThis).map((name) => [name, read(name)]));
  return {
    restore: () => {
      for (const name of Reflect.ownKeys(globalThis))
        if (!before.has(name)) Reflect.deleteProperty(globalThis, name);
      for (const [name, then] of before) {
        const now = read(name);
        if (then !== undefined && (now?.value !== then.value || now?.get !== then.get))
          Reflect.defineProperty(globalThis, name, then);
      }
    },
  };
}
