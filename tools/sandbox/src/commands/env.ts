import { Refusal } from "@demarc/deploy";
import { serversState } from "../local-aws/servers";
import { findTerraform } from "../preflight/programs";
import type { Surroundings } from "../session";
import { cleanVariables, exportsOf, sandboxVariables } from "../variables";

/** Prints what leads a shell's aws, terraform and cdktf to the local AWS. @returns exit code */
export async function env({ layout, inherited, console }: Surroundings): Promise<number> {
  const state = await serversState(layout);
  if (state.kind !== "serving") throw new Refusal(["No local AWS runs: npm run sandbox starts one."]);
  const clean = cleanVariables(layout, inherited);
  const terraform = await findTerraform(clean);
  if ("lacking" in terraform) throw new Refusal([terraform.lacking]);

  const changed = Object.entries(clean).filter(([name, value]) => inherited[name] !== value);
  const variables = { ...Object.fromEntries(changed), ...sandboxVariables(layout, state.servers, terraform.platform) };
  console.say("# aws sqs minds none of these: give it --endpoint-url too, or it asks the real AWS.");
  for (const line of exportsOf(variables, inherited)) console.say(line);
  return 0;
}
