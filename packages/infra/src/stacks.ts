import { infra } from "@demarc/shared/workspace";
import { type Build, settingsFor } from "@demarc/shared/stack";
import { AccessStack } from "./access/stack";
import { addAccountStack } from "./account/stack";
import { addApis } from "./apis/stacks";
import { BastionStack } from "./bastion/stack";
import { clustersOf } from "./cluster/clusters";
import { ClusterStack } from "./cluster/stack";
import { DataStack } from "./data/stack";
import { DatabaseAccessStack } from "./database-access/stack";
import { DnsStack } from "./dns/stack";
import { addEdge } from "./edge/stacks";
import { KeysStack } from "./keys/stack";
import { NetworkStack } from "./network/stack";
import { addWebAcl } from "./web-acl/stacks";
import files from "./settings";
import { type InfraSettingsInput, infraSettingsOf } from "./settings/schema";

/** Every stack that infra has in an environment. @param files settings, by the environments' names */
export const buildFrom =
  (files: Readonly<Record<string, InfraSettingsInput>>): Build =>
  (app, environment) => {
    const settings = settingsFor(infra.name, infraSettingsOf(environment), files, environment);
    const clusters = clustersOf(environment, settings.clusters);
    addAccountStack(app, environment);
    new AccessStack(app, environment);
    const { retain, data } = settings;
    new KeysStack(app, environment, { ...retain, snapshots: data?.database.finalSnapshot ?? false });
    new NetworkStack(app, environment, settings.network, retain);
    new DnsStack(app, environment, settings.dns);
    addEdge(app, environment, settings.edge, retain);
    addApis(app, environment, settings.apis, retain);
    addWebAcl(app, environment, settings.webAcl, retain);
    if (data !== undefined) new DataStack(app, environment, data, retain);
    for (const cluster of clusters) {
      new ClusterStack(app, environment, cluster, retain);
      const { bastion } = cluster.settings;
      if (bastion !== undefined) new BastionStack(app, environment, cluster.id, bastion, retain);
      if (data !== undefined) new DatabaseAccessStack(app, environment, cluster.id);
    }
  };

/** The same, by the settings of this repository. */
export const build = buildFrom(files);
