/** JSON as EKS speaks it: a time is a number of seconds since 1970; as text it would make the whole answer undecodable. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, function (this: unknown, key: string, encoded: unknown) {
    // A Date has turned itself into text by now; what it was is still in its holder.
    const original: unknown = this instanceof Object ? Reflect.get(this, key) : encoded;
    return original instanceof Date ? original.getTime() / 1000 : encoded;
  });
}
