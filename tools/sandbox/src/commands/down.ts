import { interruptCdktf, isRunning } from "@demarc/deploy";
import { Claim } from "../claim";
import { endServers } from "../local-aws/servers";
import type { Surroundings } from "../session";

/** Ends the local AWS and all that was deployed to it. Where nothing runs, nothing happens. @returns exit code */
export async function down({ layout, console }: Surroundings): Promise<number> {
  const claim = await Claim.take(layout.claim, "down");
  try {
    const cdktf = claim.abandoned?.cdktf;
    if (cdktf !== undefined && (await isRunning(cdktf.process))) {
      console.say(
        `Stopping a ${cdktf.action} that a killed command left at work (process ${String(cdktf.process.pid)}) …`,
      );
      await interruptCdktf(cdktf.process.pid, () => isRunning(cdktf.process));
    }
    const ended = await endServers(layout);
    claim.settle();
    console.say(ended ? "The local AWS is ended, and all that was deployed to it is gone." : "No local AWS runs.");
    return 0;
  } finally {
    claim.release();
  }
}
