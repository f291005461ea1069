import { chosenBy, program, runMain } from "@demarc/command";
import type { Chosen } from "./whole";

runMain(async () => {
  const chosen = chosenBy<Chosen>(
    (choose) =>
      program("npm run e2e --", "Tests the sandbox end to end, in a sandbox of its own.")
        .argument(
          "[environment]",
          "that one alone (default: dev, which then does not move to another exposure, and another one, in turn by commit)",
        )
        .option("--all", "all environments")
        .action((name: string | undefined, { all }: { all?: true }) => {
          choose(name === undefined ? (all ? "all" : "in turn") : { name });
        }),
    process.argv.slice(2),
  );
  const [{ endToEnd }, { sandbox }, { duration }] = await Promise.all([
    import("./whole"),
    import("./programs"),
    import("../progress/duration"),
  ]);
  const started = Date.now();
  try {
    await endToEnd(chosen);
  } catch (error) {
    console.error(error);
    await sandbox(["down"]);
    return 1;
  }
  console.log(`\nThe sandbox works, end to end: ${duration(Date.now() - started)}`);
  return 0;
});
