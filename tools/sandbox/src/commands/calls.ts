import { Refusal } from "@demarc/deploy";
import { type JudgedCall, judgedCalls, recordedCalls } from "../calls/calls";
import { serversState } from "../local-aws/servers";
import type { Surroundings } from "../session";
import { table } from "../table";

/**
 * Shows what each role called in this run, and whether a policy of it speaks of that at all.
 * @param role name or ARN. @default all that called something
 * @returns exit code
 */
export async function calls(role: string | undefined, { layout, console }: Surroundings): Promise<number> {
  const state = await serversState(layout);
  if (state.kind !== "serving") throw new Refusal(["No local AWS runs: npm run sandbox starts one."]);
  const answer = await fetch(`${state.servers.awsUrl}/_sandbox/calls`);
  const { roles, others } = recordedCalls.parse(await answer.json());
  const meant = roles.filter(({ role: arn }) => role === undefined || arn === role || arn.endsWith(`/${role}`));
  if (role !== undefined && meant.length === 0) {
    throw new Refusal([`No role "${role}" has called anything; these have:`, ...roles.map((each) => `  ${each.role}`)]);
  }
  const judged = (await Promise.all(meant.map(judgedCalls))).flat();
  for (const line of lines(judged)) console.say(line);
  console.say(`\n${String(others)} calls came from no role: the sandbox's own, and users'.`);
  return 0;
}

/** What AWS would refuse comes first. */
function lines(judged: readonly JudgedCall[]): string[] {
  const order = ["refused in AWS", "not judged", "spoken of"];
  const sorted = judged.toSorted((a, b) => order.indexOf(a.judged) - order.indexOf(b.judged));
  const rows = sorted.map(({ role, action, count, judged }) => [
    role.slice(role.indexOf(":role/") + ":role/".length),
    action,
    String(count),
    judged,
  ]);
  return table(["role", "called", "times", "its policies"], rows);
}
