import { synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import { KeysStack, type Retained } from "../keys/stack";
import { dev } from "./cluster";

/** The keys stack of dev, of which this is retained. */
export function keysStack(retained: Partial<Retained> = {}): SynthesizedStack {
  const { "dev-keys": stack } = synthesized((app, environment) => {
    new KeysStack(app, environment, { logs: true, volumes: true, snapshots: true, ...retained });
  }, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
