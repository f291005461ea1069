/**
 * Whether an IAM pattern stands for all that another one, or a plain name, stands for: `*` for any text, `?` for one character. A `*`
 * of the other's is covered by a `*` alone. Actions are compared without regard to case; ARNs are too, which covers no more of
 * what AWS would refuse than names that differ in case alone.
 */
export function covers(pattern: string, other: string): boolean {
  const escaped = pattern
    .replace(/[.+^$()[\]{}|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", "[^*]");
  return new RegExp(`^${escaped}$`, "is").test(other);
}
