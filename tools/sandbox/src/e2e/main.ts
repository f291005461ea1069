import { chosenBy, type Command, program, runMain } from "@demarc/command";
import type { Chosen } from "./chosen";

runMain(async () => {
  const chosen = chosenBy<Chosen>(
    (choose) =>
      program(
        "npm run e2e --",
        "Tests the sandbox end to end, each environment in a sandbox of its own, two beside each other where memory has room for both.",
      )
        .argument(
          "[environments...]",
          "those alone (default: dev, which then does not move to another exposure, and another one, in turn by commit)",
        )
        .option("--all", "all environments")
        .action((names: readonly string[], { all }: { all?: true }, command: Command) => {
          if (all && names.length > 0) command.error("error: --all is all environments: name none beside it");
          choose(all ? "all" : names.length === 0 ? "in turn" : { names });
        }),
    process.argv.slice(2),
  );
  const [{ testsOf }, { testAll }, { duration }] = await Promise.all([
    import("./chosen"),
    import("./beside"),
    import("../progress/duration"),
  ]);
  const started = Date.now();
  const failed = await testAll(await testsOf(chosen));
  const took = duration(Date.now() - started);
  console.log(
    failed.length === 0
      ? `\nThe sandbox works, end to end: ${took}`
      : `\nThe sandbox does not work with ${failed.join(" and ")}: see above. ${took}`,
  );
  return failed.length === 0 ? 0 : 1;
});
