import { accountStackId, type Environment } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import { addAccountStack } from "../account/stack";

/** The account stack of an environment. */
export function accountStack(environment: Environment = dev): SynthesizedStack {
  const { [accountStackId(environment)]: stack } = synthesized(addAccountStack, environment);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
