import { chosenBy, program, runMain } from "@demarc/command";

runMain(async () => {
  chosenBy<true>(
    (choose) =>
      program("npm run e2e", "Tests the sandbox end to end, in a sandbox of its own.").action(() => choose(true)),
    process.argv.slice(2),
  );
  const [{ endToEnd }, { sandbox }, { duration }] = await Promise.all([
    import("./whole"),
    import("./programs"),
    import("../progress/duration"),
  ]);
  const started = Date.now();
  try {
    await endToEnd();
  } catch (error) {
    console.error(error);
    await sandbox(["down"]);
    return 1;
  }
  console.log(`\nThe sandbox works, end to end: ${duration(Date.now() - started)}`);
  return 0;
});
