import { isInScope } from "./granted";

it.each([
  ["pets", "pets", true],
  ["pets", "shop", false],
  ["dev-*", "dev-pets", true],
  ["dev-*", "dev-", true],
  ["dev-*", "predev-pets", false],
  ["*-pets", "dev-pets", true],
  ["*", "anything", true],
  ["a.c", "abc", false],
])("the scope %s on namespace %s: %s", (pattern, namespace, expected) => {
  expect(isInScope(namespace, pattern)).toBe(expected);
});
