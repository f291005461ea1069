import { allEnvironments, type Environment } from "../environment";
import type { Build } from "../stack";
import { synthesized } from "./synthesized";

/** Letters that stand nowhere else in what is synthesized. */
const ODD = "qzxjvwkyqzxjvwky";

/**
 * Tests that the name of an environment decides nothing but names: under another one, all that a workspace makes there is the same.
 * A company names its environments as it likes.
 * @param files settings, by the environments' names @param environments that have them. @default those of this repository
 */
export function itTakesNamesOnly<Settings>(
  buildFrom: (files: Readonly<Record<string, Settings>>) => Build,
  files: Readonly<Record<string, Settings>>,
  environments: readonly Environment[] = allEnvironments(),
): void {
  it.each(environments)("is the same in $name, whatever its name is", (environment) => {
    const { name } = environment;
    const settings = files[name];
    if (settings === undefined) throw new Error(`there are no settings of ${name}`);
    // As long: what is counted or cut is cut alike. Of one letter it would stand elsewhere too.
    const other = ODD.slice(0, Math.max(2, name.length));
    const before = textOf(buildFrom(files), environment);
    const after = textOf(buildFrom({ [other]: settings }), { ...environment, name: other });
    expect(before).not.toContain(other);
    // CDKTF ends a label with a hash of it.
    const hash = new RegExp(`(?<=${name}[\\w-]*)_[0-9A-F]{8}\\b`, "g");
    const same = (text: string): unknown => JSON.parse(text.replaceAll(other, name).replace(hash, ""));
    expect(same(after)).toEqual(same(before));
  });
}

/** All stacks, by their ids. */
function textOf(build: Build, environment: Environment): string {
  const stacks = Object.values(synthesized(build, environment));
  return JSON.stringify(Object.fromEntries(stacks.map(({ id, json }) => [id, json])));
}
