import { runMain } from "@demarc/command";
import { duration } from "../../progress/duration";
import { sandbox, UNDER_TEST } from "../programs";
import { endToEnd } from "../whole";

// The test of one environment, in a process of its own: one/main.ts [moves], which one by the variable that its home is made of
runMain(async () => {
  const [moves] = process.argv.slice(2);
  const environment = process.env[UNDER_TEST];
  if (environment === undefined) throw new Error(`${UNDER_TEST} does not name an environment`);
  const started = Date.now();
  try {
    await endToEnd({ environment, moves: moves !== undefined });
  } catch (error) {
    console.error(error);
    await sandbox(["down"]);
    return 1;
  }
  console.log(`\n${environment} works, end to end: ${duration(Date.now() - started)}`);
  return 0;
});
