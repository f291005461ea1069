/** A text as a CEL string. */
export function cel(text: string): string {
  return `'${text}'`;
}

/** Texts as a CEL list. */
export function celList(texts: readonly string[]): string {
  return `[${texts.map(cel).join(", ")}]`;
}
