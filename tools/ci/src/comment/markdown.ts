/** What Markdown, HTML and GitHub's own links read nothing into. */
const PLAIN = /[^A-Za-z0-9 ./-]/gu;

/** A name as inline code, whatever is in it: GitHub takes nobody's name in it for a mention. */
export function name(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** A text of which Markdown and HTML read nothing but the text. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(PLAIN, (character) => `&#${String(character.codePointAt(0))};`);
}

/** Lines as they are, in a block of code that nothing in them ends. */
export function block(lines: readonly string[], language = ""): string {
  const text = lines.map((line) => line.replace(/[\r\n]+/g, " ")).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** What is seen is the first line; the rest opens at a click. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
