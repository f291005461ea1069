import { Refusal } from "@demarc/deploy";
import buildAll from "./all";

buildAll().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
});
