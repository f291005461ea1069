import { readdirSync } from "node:fs";
import { kubernetesVersions, minorsAhead } from ".";

const names = kubernetesVersions.map(({ version }) => version);

describe("the known Kubernetes versions", () => {
  it("are the files of this folder, newest first", () => {
    const files = readdirSync(__dirname).flatMap((file) => /^(1\.\d+)\.ts$/.exec(file)?.[1] ?? []);
    expect(names).toEqual(files.toSorted((one, other) => minorsAhead(other, one)));
  });

  it.each(kubernetesVersions)("$version: each pin is of a form that EKS has, and says where it was read", (known) => {
    for (const { version, source } of Object.values(known.addOns).flat()) {
      expect(version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
      expect(source).toMatch(/20\d\d/);
    }
    for (const { version, source } of known.nodeReleases) {
      expect(version).toMatch(new RegExp(`^${known.version.replace(".", "\\.")}\\.\\d+-20\\d{6}$`));
      expect(source).toMatch(/20\d\d/);
    }
  });

  it.each(kubernetesVersions)("$version: kube-proxy is of the cluster's own minor version", ({ version, addOns }) => {
    for (const pin of addOns["kube-proxy"]) expect(pin.version.startsWith(`v${version}.`)).toBe(true);
  });
});
