import { duration } from "../progress/duration";

let count = 0;

/** Runs one step of the test and tells its time. The first one that fails ends the test: the later ones build on it. */
export async function step<T>(what: string, run: () => Promise<T> | T): Promise<T> {
  count += 1;
  const started = Date.now();
  console.log(`\n=== ${String(count)}. ${what}`);
  try {
    const result = await run();
    console.log(`=== ${String(count)}. ok, ${duration(Date.now() - started)}`);
    return result;
  } catch (error) {
    console.log(`=== ${String(count)}. FAILED after ${duration(Date.now() - started)}: ${what}`);
    throw error;
  }
}
