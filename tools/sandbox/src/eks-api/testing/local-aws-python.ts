import path from "node:path";
import { layoutOf } from "../../layout";
import { findPython } from "../../preflight/programs";
import { installPackages, virtualEnvironmentFor } from "../../python-packages";

export const MOTO = path.resolve(__dirname, "../../../moto");

/** A Python with the packages of the local AWS, from this repository's cache. Installs them first where they are not there. */
export async function localAwsPython(): Promise<string> {
  const layout = layoutOf(path.resolve(MOTO, "../../.."), process.env);
  const python = await findPython(process.env);
  if ("lacking" in python) throw new Error(python.lacking);
  const requirements = path.join(MOTO, "requirements.txt");
  const environment = virtualEnvironmentFor(requirements, python, layout);
  if (!environment.complete) await installPackages(requirements, python, environment, layout, process.env);
  return environment.python;
}
