import { type Environment, environmentNamed } from "@demarc/shared/environment";
import { type SynthesizedStack, synthesized } from "@demarc/shared/testing";
import { parseHelmValues } from "@demarc/shared/workspace";
import { AddonsStack } from "../addons/stack";
import type { K8sPlatformSettingsInput } from "../settings/schema";
import { settingsOf } from "../settings/resolve";

export const dev = environmentNamed("dev");

/** dev, but with clusters of that compute kind. */
export function devOn(kind: Environment["clusters"][string]["compute"]["kind"]): Environment {
  return { ...dev, clusters: { a: { version: "1.35", compute: { kind } } } };
}

/** The addons stack of an environment's cluster a, with these settings. */
export function addonsStack(environment: Environment = dev, input: K8sPlatformSettingsInput = {}): SynthesizedStack {
  const { addons, mirror } = settingsOf({ dev: input }, environment);
  return only(
    synthesized((app, of) => {
      new AddonsStack(app, { environment: of, cluster: "a", settings: addons, mirror });
    }, environment),
  );
}

/** Attributes of the release of that name. */
export function releaseNamed(stack: SynthesizedStack, name: string): Readonly<Record<string, unknown>> {
  const found = stack.resources("helm_release").find((release) => release["name"] === name);
  if (found === undefined) throw new Error(`${stack.id} has no release ${name}`);
  return found;
}

/** Each of a release's values, the last of which wins. */
export function valuesOf(release: Readonly<Record<string, unknown>>): unknown[] {
  const values = release["values"];
  return Array.isArray(values) ? values.map((text) => parseHelmValues(String(text))) : [];
}

function only(stacks: Readonly<Record<string, SynthesizedStack>>): SynthesizedStack {
  const [stack, ...others] = Object.values(stacks);
  if (stack === undefined || others.length > 0) throw new Error("not one stack");
  return stack;
}
