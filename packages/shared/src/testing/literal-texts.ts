import { type Environment, InvalidInput } from "../environment";
import type { Build } from "../stack";
import { placesOf, put, replaced } from "./mangled";
import { synthesized } from "./synthesized";

/** What Terraform fills in, wherever it stands in a text that nobody has escaped. */
const FILLED_IN = "${path.cwd}%{a}";
const ESCAPED = "$${path.cwd}%%{a}";

/** Settings with that at the end of a text, in a text's place, and at the end of a key. */
function filledIn(settings: unknown): unknown[] {
  const changes: readonly ((holder: object, key: string, value: unknown) => boolean)[] = [
    (holder, key, value) => typeof value === "string" && put(holder, key, `${value}${FILLED_IN}`),
    (holder, key, value) => typeof value === "string" && put(holder, key, FILLED_IN),
    (holder, key, value) =>
      !Array.isArray(holder) && put(holder, `${key}${FILLED_IN}`, value) && Reflect.deleteProperty(holder, key),
  ];
  return placesOf(settings).flatMap((place) =>
    changes.flatMap((change) => {
      const done: boolean[] = [];
      const changed = replaced(settings, place, (holder, key) => {
        done.push(change(holder, key, Reflect.get(holder, key)));
      });
      return done.includes(true) ? [changed] : [];
    }),
  );
}

/**
 * Tests that texts of settings, and names in them, are nothing but texts to Terraform: each is refused with what Terraform fills in, or
 * is written so that it stays what it is.
 * @param buildOf stacks by settings that may be invalid @param settings valid ones, with something in every place that takes a text
 */
export function itWritesTextsAsTheyAre(
  buildOf: (settings: unknown) => Build,
  settings: unknown,
  environment: Environment,
): void {
  const isWritten = (changed: unknown): boolean => {
    try {
      const stacks = synthesized(buildOf(changed), environment);
      return JSON.stringify(Object.values(stacks)).replaceAll(ESCAPED, "").includes(FILLED_IN);
    } catch (error) {
      if (error instanceof InvalidInput) return false;
      throw error;
    }
  };

  it("has no text, and no name, in which Terraform fills anything in", () => {
    expect(filledIn(settings).filter(isWritten)).toEqual([]);
  });
}
