import type { Comparison } from "./compare";
import type { OwnershipTable, Row } from "./table";
import { linesOf } from "./text";

/** Head of a table, and its rows. Cells hold no line breaks of their own. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** As Markdown writes what is said of a cell. */
function cell(makers: Parameters<typeof linesOf>[0]): string {
  return linesOf(makers, (id) => `\`${id}\``).join("<br>");
}

/** An environment's table, with a line for what no controller takes. */
export function ownershipMarkdown({ teams, rows, unclaimed }: OwnershipTable): string {
  const lines = rows.flatMap((row, at) => {
    const heading = row.group === rows[at - 1]?.group ? [] : [[`**${row.group}**`, ...teams.map(() => "")]];
    return [...heading, [row.title, ...cellsOf(row, teams)]];
  });
  const left = unclaimed.map(
    ({ kind, stack, class: wanted }) =>
      `- No controller of its cluster takes the ${kind} of \`${stack.id}\`${wanted === undefined ? "" : `, which asks for \`${wanted}\``}.`,
  );
  return [markdownTable(["", ...teams], lines), ...(left.length === 0 ? [] : [[...new Set(left)].join("\n")])].join(
    "\n\n",
  );
}

function cellsOf({ cells }: Row, teams: readonly string[]): string[] {
  return teams.map((team) => cell(cells.get(team) ?? []));
}

/** What becomes of each thing between two environments; what stays as it is, in one sentence. */
export function comparisonMarkdown({ from, to, rows }: Comparison): string {
  const changed = rows.filter(({ change }) => change !== "stays");
  const same = rows.filter(({ change }) => change === "stays").map(({ title }) => title);
  const table = markdownTable(
    ["", "", `in \`${from}\``, `in \`${to}\``],
    changed.map(({ title, change, before, after }) => [title, change, teamsCell(before), teamsCell(after)]),
  );
  return [
    changed.length === 0 ? `Nothing changes hands from \`${from}\` to \`${to}\`.` : table,
    ...(same.length === 0 ? [] : [`As before: ${same.join(", ")}.`]),
  ].join("\n\n");
}

function teamsCell(cells: Row["cells"]): string {
  return [...cells].map(([team, makers]) => `**${team}**: ${cell(makers)}`).join("<br>");
}
