import { type Environment, parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import type { z } from "zod";
import { dnsSettings } from "../dns/settings";
import { DnsStack } from "../dns/stack";

/** The DNS stack of dev with these settings. */
export function dnsStack(input: z.input<typeof dnsSettings> = {}, environment: Environment = dev): SynthesizedStack {
  const settings = parse("settings", dnsSettings, input);
  const { "dev-dns": stack } = synthesized((app, environment) => {
    new DnsStack(app, environment, settings);
  }, environment);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
