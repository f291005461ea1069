import { isDeepStrictEqual } from "node:util";
import type { Maker } from "./made";
import type { OwnershipTable, Row } from "./table";
import type { Named } from "./things";

/** What becomes of a thing between two environments. */
export type Change =
  /** Other teams have it. */
  | "changes hands"
  /** It was somebody's to make or install, and is built in. */
  | "becomes built in"
  | "is no longer built in"
  /** Only the second environment has it. */
  | "comes"
  /** Only the first one has it. */
  | "goes"
  /** The same teams have it, by other means. */
  | "is made otherwise"
  | "stays";

export interface ComparedRow extends Named {
  readonly change: Change;
  /** What makes it in the first environment, by team. */
  readonly before: Row["cells"];
  readonly after: Row["cells"];
}

export interface Comparison {
  readonly from: string;
  readonly to: string;
  /** Those that stay included. */
  readonly rows: readonly ComparedRow[];
}

const NONE: Row["cells"] = new Map();

/** What changes hands from one environment to another. */
export function compare(from: OwnershipTable, to: OwnershipTable): Comparison {
  const rowIn = ({ rows }: OwnershipTable, { group, title }: Named) =>
    rows.find((row) => row.group === group && row.title === title);
  // In the order of the first, each of the second's own behind the row that it follows there.
  const things = [...from.rows];
  to.rows.forEach((row, at) => {
    if (rowIn(from, row) !== undefined) return;
    const before = to.rows[at - 1];
    const place = things.findIndex(({ group, title }) => group === before?.group && title === before.title);
    things.splice(place + 1, 0, row);
  });
  const rows = things.map((thing): ComparedRow => {
    const [before, after] = [rowIn(from, thing)?.cells ?? NONE, rowIn(to, thing)?.cells ?? NONE];
    return { group: thing.group, title: thing.title, change: changeOf(before, after), before, after };
  });
  return { from: from.environment, to: to.environment, rows };
}

function changeOf(before: Row["cells"], after: Row["cells"]): Change {
  if (before.size === 0) return "comes";
  if (after.size === 0) return "goes";
  const [wasBuiltIn, isBuiltIn] = [before, after].map((cells) =>
    [...cells.values()].flat().every(({ by }) => by === "built-in"),
  );
  if (wasBuiltIn !== isBuiltIn) return isBuiltIn === true ? "becomes built in" : "is no longer built in";
  if (!isDeepStrictEqual(teams(before), teams(after))) return "changes hands";
  return isDeepStrictEqual(means(before), means(after)) ? "stays" : "is made otherwise";
}

function teams(cells: Row["cells"]): string[] {
  return [...cells.keys()].sort();
}

/** By what each team makes it: names of stacks, environments and clusters apart. */
function means(cells: Row["cells"]): string[] {
  const meansOf = ({ stack: { workspace, name }, ...how }: Maker) => JSON.stringify({ workspace, name, ...how });
  return [
    ...new Set([...cells].flatMap(([team, makers]) => makers.map((maker) => `${team}: ${meansOf(maker)}`))),
  ].sort();
}
