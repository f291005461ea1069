import { rmSync } from "node:fs";
import { interruptCdktf, isRunning } from "@demarc/deploy";
import { goingOn, stillAtWork } from "../runs/abandoned";
import { Claim } from "../runs/claim";
import { endServers } from "../local-aws/servers";
import { endLeftInstaller } from "../python-packages";
import type { Surroundings } from "../session";

/** Ends the local AWS and all that was deployed to it. Where nothing runs, nothing happens. @returns exit code */
export async function down({ layout, console }: Surroundings): Promise<number> {
  const claim = await Claim.take(layout.claim, "down");
  try {
    const runs = await stillAtWork(claim.abandoned?.runs ?? []);
    if (runs.length > 0) console.say(`Stopping what a killed command left: ${goingOn(runs)} …`);
    await Promise.all(runs.map(({ process }) => interruptCdktf(process.pid, () => isRunning(process))));
    await endLeftInstaller(layout);
    const ended = await endServers(layout);
    // What was synthesized, what Terraform keeps of it, and who may act in it: it fits to these servers alone.
    for (const place of [layout.written, layout.out, layout.kubeconfig])
      rmSync(place, { recursive: true, force: true });
    claim.settleAll();
    console.say(ended ? "The local AWS is ended, and all that was deployed to it is gone." : "No local AWS runs.");
    return 0;
  } finally {
    claim.release();
  }
}
