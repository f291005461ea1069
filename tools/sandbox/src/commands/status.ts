import path from "node:path";
import { isRunning } from "@demarc/deploy";
import { stateBucket } from "@demarc/shared/environment";
import { goingOn, stillAtWork } from "../runs/abandoned";
import { read } from "../runs/claim";
import { endedComponents, endedSentence, runningClusterSummaries } from "../clusters";
import { serversState } from "../local-aws/servers";
import { duration } from "../progress/duration";
import type { Surroundings } from "../session";
import { StateBucket } from "../states/bucket";
import { table } from "@demarc/command";
import { clusterLines } from "./cluster-lines";

/** Shows what runs and what is deployed. @returns exit code */
export async function status({ layout, console }: Surroundings): Promise<number> {
  const { say } = console;
  const work = read(layout.claim);
  if (work !== undefined && (await isRunning(work.process))) {
    say(`"${work.command}" is at work since ${work.startedAt} (process ${String(work.process.pid)}).`);
  } else if (work !== undefined && work.runs.length > 0) {
    const runs = await stillAtWork(work.runs);
    const logs = runs.map(({ log }) => path.relative(layout.root, log)).join(" ");
    say(`"${work.command}" was killed${runs.length > 0 ? `, and ${goingOn(runs)} (${logs})` : ""}.`);
  }

  const state = await serversState(layout);
  if (state.kind === "none") {
    say("No local AWS runs. Start it and deploy: npm run sandbox");
    return 0;
  }
  if (state.kind === "broken") {
    say("The local AWS has ended, and all that was deployed to it is gone. Start it anew and deploy: npm run sandbox");
    return 0;
  }
  const { awsUrl, eksUrl, account, region, startedAt } = state.servers;
  say(`The local AWS runs since ${startedAt.toISOString()} (${duration(Date.now() - startedAt.getTime())}).`);
  say(
    `AWS   ${awsUrl}  account ${account}, ${region}\nEKS   ${eksUrl}\nlogs  ${path.relative(layout.root, layout.logs)}\n`,
  );
  const states = await new StateBucket(stateBucket({ account, region }), state.servers).states();
  const rows = states.filter(({ resources }) => resources > 0).map(({ key, resources }) => [key, String(resources)]);
  for (const component of await endedComponents(state.servers)) say(endedSentence(component, layout.root));
  say(rows.length === 0 ? "Nothing is deployed to it." : table(["state", "resources"], rows).join("\n"));
  for (const cluster of await runningClusterSummaries(state.servers)) say(["", ...clusterLines(cluster)].join("\n"));
  return 0;
}
