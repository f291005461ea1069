import { runControlPlane } from "../testing/running-control-plane";

/** Starts a control plane, tells how long that took, and ends it: what the benchmark asks for. */
async function main(): Promise<void> {
  const started = performance.now();
  const running = await runControlPlane();
  console.log(`ready in ${((performance.now() - started) / 1000).toFixed(2)} s`);
  await running.stop();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
