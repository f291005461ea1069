import { isDeepStrictEqual } from "node:util";
import type { EnvironmentModel } from "../model/environment-model";
import type { InspectedStack } from "../model/stack";
import { COMPONENTS } from "./components";
import { allMade, type Made, type Maker, unclaimed, type Unclaimed } from "./made";
import { GROUPS, type Named, THINGS } from "./things";

export interface Row extends Named {
  /** What makes it, each once, by the team whose it is. A team that has none of it is not in it. */
  readonly cells: ReadonlyMap<string, readonly Maker[]>;
}

/** Who owns what in an environment. */
export interface OwnershipTable {
  readonly environment: string;
  /** Teams that own a stack, in the order in which those are deployed. */
  readonly teams: readonly string[];
  readonly rows: readonly Row[];
  readonly unclaimed: readonly Unclaimed[];
}

export function ownershipOf(model: EnvironmentModel): OwnershipTable {
  return {
    environment: model.name,
    teams: teamsOf(model.stacks),
    rows: rowsOf(allMade(model)),
    unclaimed: unclaimed(model),
  };
}

/** Titles of the things that have names, in the order of the rows. */
const ORDER: readonly string[] = [...THINGS, ...COMPONENTS].map(({ title }) => title);

/** Groups and things in their order, and behind them what has no name, by its own. */
function rowsOf(made: readonly Made[]): Row[] {
  const rows = new Map<string, Made[]>();
  for (const one of made) {
    const key = `${one.thing.group}: ${one.thing.title}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  return [...rows.values()]
    .flatMap((same) => same.slice(0, 1).map(({ thing: { group, title } }) => ({ group, title, cells: cellsOf(same) })))
    .sort(
      (one, other) =>
        GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group) ||
        placeOf(one.title) - placeOf(other.title) ||
        one.title.localeCompare(other.title),
    );
}

function placeOf(title: string): number {
  const place = ORDER.indexOf(title);
  return place < 0 ? ORDER.length : place;
}

function cellsOf(made: readonly Made[]): Row["cells"] {
  const cells = new Map<string, Maker[]>();
  for (const { maker } of made) {
    const cell = cells.get(maker.stack.team) ?? [];
    if (
      !cell.some((known) => isDeepStrictEqual({ ...known, stack: known.stack.id }, { ...maker, stack: maker.stack.id }))
    )
      cell.push(maker);
    cells.set(maker.stack.team, cell);
  }
  return cells;
}

const DEPLOYED = ["infra", "k8s-platform"];

/** Owners of infra, of k8s-platform, then of the apps, by their names. */
function teamsOf(stacks: readonly InspectedStack[]): string[] {
  const place = ({ workspace }: InspectedStack) => {
    const at = DEPLOYED.indexOf(workspace);
    return at < 0 ? DEPLOYED.length : at;
  };
  const ordered = [...stacks].sort((one, other) => place(one) - place(other) || one.team.localeCompare(other.team));
  return [...new Set(ordered.map(({ team }) => team))];
}
