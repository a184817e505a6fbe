/*
 * What can be asked of a value of which nothing is known, whatever realm it comes from.
 */

/**
 * The members of a value that may be an `X`, each unknown until it is looked at; `undefined` and
 * `null` have none.
 */
export function membersOf<X>(value: unknown): { readonly [Name in keyof X]?: unknown } {
  // Whatever is not nullish may be asked for any member: it is there with some value, or undefined.
  return value ?? {};
}

/** Whether a value is an object, and no array, so that it has members by name. */
export function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an array, of which nothing else is known. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether a value is an array of numbers such as `Float64Array`: no `DataView`, no plain bytes. */
export function isTypedArray(
  value: unknown,
): value is ArrayBufferView & ArrayLike<number | bigint> & Iterable<number | bigint> {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) !== "[object DataView]";
}

/** Whether a value is a date. */
export function isDate(value: unknown): value is Date {
  // By name, for dates of notebook cells belong to another realm.
  return Object.prototype.toString.call(value) === "[object Date]";
}
