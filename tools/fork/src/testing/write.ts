import type { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { type RegisteredApp, statementFile } from "@demarc/shared/apps";
import { z } from "zod";
import type { Fork } from "./company";

const ENVIRONMENTS = "packages/shared/src/environment/environments";

const PLATFORM_SETTINGS = "packages/k8s-platform/src/settings";

const record = z.record(z.string(), z.unknown());

/** Makes a copy of the repository that company's, by the steps of the README and no others. */
export function write(copy: TemporaryRepository, fork: Fork, apps: readonly RegisteredApp[]): void {
  const { repository, environments, copies, teams } = fork;
  edit(copy, "package.json", (manifest) => ({ ...manifest, repository }));
  for (const environment of environments) {
    const head = 'import type { EnvironmentInput } from "../schema";\n\nexport default';
    const content = `${head} ${JSON.stringify(environment, undefined, 2)} satisfies EnvironmentInput;\n`;
    copy.write({ [`${ENVIRONMENTS}/${environment.name}.ts`]: content });
  }
  for (const folder of settingsFolders(apps)) {
    for (const [name, of] of Object.entries(copies)) {
      copy.write({ [`${folder}/${name}.ts`]: copy.read(`${folder}/${of}.ts`) });
    }
  }
  for (const { name } of environments) {
    const file = `${PLATFORM_SETTINGS}/${name}.ts`;
    copy.write({ [file]: withTeams(copy.read(file), teams) });
  }
  for (const { name, team } of apps) {
    edit(copy, statementFile(name), ({ demarc, ...manifest }) => ({
      ...manifest,
      demarc: { ...record.parse(demarc), team: teams.get(team) },
    }));
  }
}

/** The platform's settings say of some teams by name what they may (`tenancy.teams`): those have their new names there too. */
function withTeams(settings: string, teams: Fork["teams"]): string {
  return settings.replaceAll(/^( {6})(\w+)(?=: \{)/gm, (key, indent: string, team: string) => {
    const renamed = teams.get(team);
    return renamed === undefined ? key : `${indent}${JSON.stringify(renamed)}`;
  });
}

function settingsFolders(apps: readonly RegisteredApp[]): string[] {
  const workspaces = ["infra", "k8s-platform", ...apps.map(({ name }) => `apps/${name}`)];
  return workspaces.map((workspace) => `packages/${workspace}/src/settings`);
}

function edit(
  copy: TemporaryRepository,
  file: string,
  change: (manifest: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): void {
  const manifest = record.parse(JSON.parse(copy.read(file)));
  copy.write({ [file]: `${JSON.stringify(change(manifest), undefined, 2)}\n` });
}
