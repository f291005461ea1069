import { objectsChartPath } from "@demarc/shared/kubernetes";
import type { JsonObject } from "@demarc/shared/json";
import type { Attributes, WrittenStack } from "../model/written";

/** Blocks by type and name, as in a cdk.tf.json. */
type Section = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** A stack that a test writes down, in place of a synth. */
export interface FixtureStack {
  readonly environment: string;
  readonly workspace: string;
  /** What it is called in its workspace. */
  readonly name: string;
  readonly team: string;
  /** @default one for the whole environment */
  readonly cluster?: string;
  /** Keys of the states that it reads, by the names that its references know them by. @default none */
  readonly reads?: Readonly<Record<string, string>>;
  readonly resource?: Section;
  readonly data?: Section;
  readonly output?: Attributes;
}

/** As a workspace's synth would have written it. */
export function written(fixture: FixtureStack): WrittenStack {
  const { environment, workspace, name, team, cluster, reads = {}, resource = {}, data = {}, output = {} } = fixture;
  const scope = cluster === undefined ? [environment] : [environment, cluster];
  const kind = ["infra", "k8s-platform"].includes(workspace) ? workspace : "apps";
  const remoteStates = Object.entries(reads).map(([read, key]): [string, object] => [
    read,
    { backend: "s3", config: stateAt(key) },
  ]);
  return {
    id: [...scope, name].join("-"),
    json: {
      terraform: { backend: { s3: stateAt([...scope, kind, `${name}.tfstate`].join("/")) } },
      provider: {
        aws: [
          {
            region: "eu-west-1",
            allowed_account_ids: ["123456789012"],
            default_tags: [{ tags: { environment, workspace, team } }],
          },
        ],
      },
      resource,
      data: { ...data, terraform_remote_state: Object.fromEntries<unknown>(remoteStates) },
      output: Object.fromEntries(Object.entries(output).map(([id, value]) => [id, { value }])),
    },
  };
}

function stateAt(key: string) {
  return { bucket: "states", key, region: "eu-west-1" };
}

/** A release of the objects chart. */
export function objects(...rendered: readonly JsonObject[]): Attributes {
  return { chart: objectsChartPath(), values: [JSON.stringify({ objects: rendered })] };
}

/** A release of somebody's chart. */
export function chart(name: string, values: JsonObject = {}): Attributes {
  return { chart: name, repository: "https://charts.example.com", values: [JSON.stringify(values)] };
}
