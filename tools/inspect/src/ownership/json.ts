import type { Comparison } from "./compare";
import type { Maker } from "./made";
import type { OwnershipTable, Row } from "./table";

/** The same table for programs: teams' cells by their names, stacks by their ids. */
export function ownershipJson({ environment, teams, rows, unclaimed }: OwnershipTable): object {
  return {
    environment,
    teams,
    rows: rows.map(({ group, title, cells }) => ({ group, thing: title, madeBy: cellsJson(cells) })),
    unclaimed: unclaimed.map(({ stack, kind, class: wanted }) => ({ stack: stack.id, kind, class: wanted ?? null })),
  };
}

export function comparisonJson({ from, to, rows }: Comparison): object {
  return {
    ...{ from, to },
    rows: rows.map(({ group, title, change, before, after }) => ({
      ...{ group, thing: title, change },
      ...{ before: cellsJson(before), after: cellsJson(after) },
    })),
  };
}

function cellsJson(cells: Row["cells"]): object {
  return Object.fromEntries([...cells].map(([team, makers]) => [team, makers.map(makerJson)]));
}

function makerJson({ stack, ...how }: Maker): object {
  return { ...how, stack: stack.id };
}
