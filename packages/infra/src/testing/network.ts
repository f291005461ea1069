import { parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import type { z } from "zod";
import { networkSettings } from "../network/settings";
import { NetworkStack } from "../network/stack";
import { retained } from "./cluster";

export type NetworkInput = z.input<typeof networkSettings>;

/** The least that a network must be given. */
export const leastNetwork: NetworkInput = { cidr: "10.1.0.0/16", zones: ["a", "c"] };

/** The network stack of dev with the least settings and these on top. */
export function networkStack(changes: Partial<NetworkInput> = {}): SynthesizedStack {
  const settings = parse("settings", networkSettings, { ...leastNetwork, ...changes });
  const { "dev-network": stack } = synthesized((app, environment) => {
    new NetworkStack(app, environment, settings, retained);
  }, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
