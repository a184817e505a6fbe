// Numbers of the memory by place or index.

export function place(position: i32): usize {
  return (<usize>position) << 3;
}

export function larger(one: f64, other: f64): f64 {
  return one < other ? other : one;
}

export function at(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

export function put(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}

export function integer(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}
