import { parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import type { z } from "zod";
import { networkSettings } from "../network/settings";
import { NetworkStack } from "../network/stack";
import { retained } from "./keys";

export type NetworkInput = Exclude<z.input<typeof networkSettings>, { kind: "existing" }>;
export type ExistingNetworkInput = Extract<z.input<typeof networkSettings>, { kind: "existing" }>;

/** The least that a network must be given. */
export const leastNetwork: NetworkInput = { cidr: "10.1.0.0/16", zones: ["a", "c"] };

/** Id of a subnet, for tests. @param digits the last two */
const subnetId = (digits: string) => `subnet-0123456789abcde${digits}`;

/** A network that is there, in two zones, with subnets of every kind. */
export const existingNetwork: ExistingNetworkInput = {
  kind: "existing",
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.20.0.0/16",
  subnets: {
    a: {
      private: { id: subnetId("a0"), cidr: "10.20.0.0/20" },
      internal: { id: subnetId("a1"), cidr: "10.20.128.0/24" },
      public: { id: subnetId("a2"), cidr: "10.20.144.0/24" },
    },
    c: {
      private: { id: subnetId("c0"), cidr: "10.20.16.0/20" },
      internal: { id: subnetId("c1"), cidr: "10.20.129.0/24" },
      public: { id: subnetId("c2"), cidr: "10.20.145.0/24" },
    },
  },
};

/** The network stack of dev with the least settings and these on top. */
export function networkStack(changes: Partial<NetworkInput> = {}): SynthesizedStack {
  return stackOf({ ...leastNetwork, ...changes });
}

/** The network stack of dev in a network that is there. */
export function existingNetworkStack(input: ExistingNetworkInput = existingNetwork): SynthesizedStack {
  return stackOf(input);
}

function stackOf(input: NetworkInput | ExistingNetworkInput): SynthesizedStack {
  const settings = parse("settings", networkSettings, input);
  const { "dev-network": stack } = synthesized((app, environment) => {
    new NetworkStack(app, environment, settings, retained);
  }, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
