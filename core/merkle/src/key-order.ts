/** Keys by number: how many, the first four bytes of each as a number, and the order of two by all their bytes. */
export type Keys = {
  readonly count: number;
  prefix(index: number): number;
  compare(one: number, other: number): number;
};

/** The numbers of keys in the order of the keys; equal keys stay as they came. Costs little where they lie in order. */
export function orderOf(keys: Keys): Int32Array {
  const given = new Int32Array(keys.count);
  for (let i = 0; i < given.length; i++) given[i] = i;
  if (isInOrder(keys, given)) return given;
  const order = byPrefix(keys);
  insertionSort(keys, order);
  return order;
}

/** Whether each key comes before the next, and none twice. */
export function isInOrder({ compare }: Keys, order: Int32Array): boolean {
  for (let i = 1; i < order.length; i++) {
    if (compare(order[i - 1] as number, order[i] as number) >= 0) return false; // i is within
  }
  return true;
}

/** By as many leading bits as a double holds beside a place: numbers sort ten times as quickly as bytes. */
function byPrefix({ count, prefix }: Keys): Int32Array {
  const places = 2 ** Math.ceil(Math.log2(count));
  const dropped = Math.max(1, (places * 2 ** 32) / 2 ** 53);
  const prefixes = new Float64Array(count);
  for (let i = 0; i < count; i++) prefixes[i] = Math.floor(prefix(i) / dropped) * places + i;
  prefixes.sort();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = (prefixes[i] as number) % places; // i is within
  return order;
}

/** Puts right what the prefixes left: few keys share one. */
function insertionSort({ compare }: Keys, order: Int32Array): void {
  for (let i = 1; i < order.length; i++) {
    const key = order[i] as number; // i is within
    let to = i;
    for (; to > 0 && compare(order[to - 1] as number, key) > 0; to--) order[to] = order[to - 1] as number;
    order[to] = key;
  }
}
