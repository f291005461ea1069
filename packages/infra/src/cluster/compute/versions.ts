import { type EksAddOnName, kubernetesVersion, type Pins, type Problem } from "@demarc/shared/environment";
import { z } from "zod";

/** Versions of add-ons that settings choose. */
export type AddOnVersions = Readonly<Partial<Record<EksAddOnName, string>>>;

const addOnVersion = z
  .string()
  .regex(
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    "must be a version that EKS lists for the add-on, such as v1.2.3-eksbuild.1",
  );

/** A setting for the versions of those add-ons. */
export const addOnVersionsOf = (names: readonly EksAddOnName[]) =>
  z.partialRecord(z.enum(names, `must be one of ${names.join(", ")}`), addOnVersion).default({});

/** Version of an add-on: what the settings choose, or the first that is known of the cluster's Kubernetes. */
export function versionOf(name: EksAddOnName, version: string, chosen: AddOnVersions): string {
  return chosen[name] ?? kubernetesVersion(version).addOns[name][0].version;
}

/** Add-ons in versions that are not known of the cluster's Kubernetes. */
export function addOnVersionProblems(chosen: AddOnVersions, version: string): Problem[] {
  const { addOns } = kubernetesVersion(version);
  const own = new Map(Object.entries(chosen));
  return Object.entries(addOns).flatMap(([name, pins]) =>
    unknownVersion(`addOnVersions.${name}`, own.get(name), pins, version),
  );
}

/** What is wrong with a version that settings choose. Empty where they choose none. */
export function unknownVersion(path: string, chosen: string | undefined, pins: Pins, version: string): Problem[] {
  const known = pins.map((pin) => pin.version);
  if (chosen === undefined || known.includes(chosen)) return [];
  const message = `"${chosen}" is not known of Kubernetes ${version}, which has ${known.join(", ")}; take one of them, or add it with its source to packages/shared/src/environment/kubernetes-versions/${version}.ts`;
  return [{ path, message }];
}
