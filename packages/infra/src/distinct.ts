/** Whether a list of settings names each of its values once. */
export function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
