import { allEnvironments, type Environment } from "../environment";
import { accessTo } from "../ownership/access";
import type { Build } from "../stack";
import { synthesized } from "./synthesized";

/**
 * Tests that the ownership table says of each type of resource and data what a deploy needs for it: in every environment, or in these. Who
 * deploys it gets that, and nothing else.
 */
export function itNeedsKnownAccess(build: Build, environments: readonly Environment[] = allEnvironments()): void {
  it.each(environments)("needs of AWS in $name what packages/shared/src/ownership/access says", (environment) => {
    const types = Object.values(synthesized(build, environment)).flatMap(({ resourceTypes, dataTypes }) => [
      ...resourceTypes,
      ...dataTypes.map((type) => `data.${type}`),
    ]);
    expect([...new Set(types)].filter((type) => accessTo(type) === undefined)).toEqual([]);
  });
}
