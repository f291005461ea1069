import path from "node:path";
import { kubeScoreProgram } from "../audit/kube-score";
import { externalDnsProgram } from "../controllers/external-dns/program";
import { controlPlanePrograms } from "../kubernetes/programs";
import { layoutOf } from "../layout";
import { standInProgram } from "../providers/stand-ins";
import { findGo } from "./go";
import { goModules } from "./modules";

/** Builds every program of the sandbox, where the cache has it not: minutes, longer than a test may take. */
export default async function buildAll(): Promise<void> {
  const layout = layoutOf(path.resolve(__dirname, "../../../.."), process.env);
  const go = await findGo(goModules(), process.env);
  if ("lacking" in go) throw new Error(go.lacking);
  const { kubernetes, kwok } = controlPlanePrograms(layout, go);
  const programs = [
    ...Object.values(kubernetes),
    kwok,
    standInProgram(layout, go),
    externalDnsProgram(layout, go),
    kubeScoreProgram(layout, go),
  ];
  for (const program of programs) await program.build(console.log, process.env);
}
