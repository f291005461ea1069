import { startJudge } from "./server";

/** The judge as a process of its own. Prints one line when it listens, "judge listening on <url>", and ends on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const judge = await startJudge();
  const end = () => void judge.close().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  console.log(`judge listening on ${judge.url}`);
}

main().catch((fault: unknown) => {
  console.error(fault);
  process.exitCode = 1;
});
