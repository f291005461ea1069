import { runMain } from "@demarc/command";
import { environmentNamed } from "@demarc/shared/environment";
import { show, withUse } from "../../show";
import { measureGrowth } from "./figures";

/** What docs/bench.md tells of: that many environments like one, and that many apps beside those that there are. */
const MODEL = "dev";
const SIZE = { environments: 10, apps: 100 };

runMain(async () => {
  await measureGrowth(environmentNamed(MODEL), SIZE, (what, found) => {
    show(what, withUse(`${found.seconds.toFixed(1)} s`, found));
  });
  return 0;
});
