/** What YAML is written of. */
export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

/** A text that YAML takes for nothing but itself, without quotes. */
const PLAIN = /^(?!(true|false|null|yes|no|on|off)$)[A-Za-z/][\w./=+@{}-]*(:\/\/[\w./:-]+)?$/i;

/** Lines of a YAML document, in the style that kubectl prints. */
export function yaml(value: Yaml): string[] {
  if (typeof value === "string") return [PLAIN.test(value) ? value : JSON.stringify(value)];
  if (isList(value))
    return value.flatMap((item) => yaml(item).map((line, index) => `${index === 0 ? "- " : "  "}${line}`));
  return Object.entries(value).flatMap(([key, item]) => {
    const lines = yaml(item);
    if (lines.length === 0) return [`${key}: ${isList(item) ? "[]" : "{}"}`];
    if (typeof item === "string") return lines.map((line) => `${key}: ${line}`);
    return [`${key}:`, ...lines.map((line) => `  ${line}`)];
  });
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
