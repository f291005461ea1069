import { parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import { bastionSettings } from "../bastion/settings";
import { BastionStack } from "../bastion/stack";
import { retained } from "./keys";

/** The bastion of dev's cluster. @param ami id of its image */
export function bastionStack(ami = "ami-0abcdef1234567890"): SynthesizedStack {
  const settings = parse("settings", bastionSettings, { ami });
  const { "dev-a-bastion": stack } = synthesized((app, environment) => {
    new BastionStack(app, environment, "a", settings, retained);
  }, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
