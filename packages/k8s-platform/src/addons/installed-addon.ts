import { Release } from "@cdktf/provider-helm/lib/release";
import { InvalidInput } from "@demarc/shared/environment";
import type { JsonObject } from "@demarc/shared/json";
import { helmValues, releasePolicy } from "@demarc/shared/kubernetes";
import { targetOf } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { knownChartOf } from "../charts/known";
import { idleLists, laidOver } from "../charts/laid-over";
import { valueProblems } from "../charts/values";
import { type MirrorSettings, mirrored, repositoryOf } from "../mirror";
import { PodRole } from "../pod-role";
import { type AddOnContext, type AnyAddOn, type Installation, priorityClassOf } from "./addon";
import { customResources } from "./custom-resources";

export interface InstalledAddOnProps {
  readonly addon: AnyAddOn;
  readonly context: AddOnContext;
  readonly mirror: MirrorSettings;
  /** Values laid over the add-on's own. @default none */
  readonly override?: JsonObject | undefined;
}

/** An add-on in a cluster: its role where it needs one, and its Helm release. */
export class InstalledAddOn extends Construct {
  /** Undefined where it needs none. */
  readonly role: PodRole | undefined;
  readonly #props: InstalledAddOnProps;

  constructor(scope: Construct, props: InstalledAddOnProps) {
    super(scope, props.addon.name);
    this.#props = props;
    this.role = this.#role(props.addon, props.context);
  }

  /** @param after what must be there before: releases that it waits for, credentials, and the way out of its namespace */
  install(after: readonly ITerraformDependable[]): Release {
    const { addon, context, mirror, override } = this.#props;
    const installation: Installation = {
      serviceAccount: { name: addon.name, annotations: this.role?.annotations ?? {} },
      image: mirrored(addon.image, mirror),
      priorityClassName: priorityClassOf(addon),
    };
    const definitions = customResources(this, addon, after);
    return new Release(this, "release", {
      name: addon.name,
      namespace: addon.namespace,
      repository: repositoryOf(addon.chart, mirror, targetOf(this)),
      chart: addon.chart.name,
      version: addon.chart.version,
      values: [helmValues(valuesOf(addon, addon.values(context, installation), override))],
      ...releasePolicy,
      // They are upgraded by a release of their own.
      skipCrds: true,
      dependsOn: [...(this.role?.needed ?? []), ...after, ...(definitions === undefined ? [] : [definitions])],
    });
  }

  #role({ name, namespace, permissions }: AnyAddOn, context: AddOnContext): PodRole | undefined {
    if (permissions === undefined) return undefined;
    return new PodRole(this, "identity", {
      cluster: context.cluster,
      name,
      description: `${name} in cluster ${context.cluster.name}`,
      namespace,
      serviceAccount: name,
      permissions: permissions(context),
    });
  }
}

/** @throws InvalidInput where the chart would leave a value out, or an override would do nothing */
function valuesOf({ name, chart }: AnyAddOn, own: JsonObject, override: JsonObject = {}): JsonObject {
  const values = laidOver(own, override);
  const problems = [
    ...valueProblems(values, knownChartOf(chart)),
    ...idleLists(own, override, `addons.overrides.${name}`),
  ];
  if (problems.length > 0) throw new InvalidInput([{ subject: `the values of add-on ${name}`, problems }]);
  return values;
}
