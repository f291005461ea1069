import type { Environment } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import { type RetainSettings, retainSettings } from "../keys/settings";
import { KeysStack, type Retained } from "../keys/stack";

/** Everything that can be kept is. */
export const retained: RetainSettings = retainSettings.parse({});

/** The keys stack of dev, with these changes to what is retained. */
export function keysStack(changes: Partial<Retained> = {}, environment: Environment = dev): SynthesizedStack {
  const { "dev-keys": stack } = synthesized((app, environment) => {
    new KeysStack(app, environment, { ...retained, snapshots: true, ...changes });
  }, environment);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
