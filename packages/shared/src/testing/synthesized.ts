import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { appsOf, type RegisteredApp } from "../apps";
import type { Environment } from "../environment";
import { isRecord } from "../json";
import { parseHelmValues } from "../kubernetes";
import { type Build, synthesizeInto, type Target } from "../stack";

type Attributes = Readonly<Record<string, unknown>>;

/** One stack as Terraform would read it. */
export class SynthesizedStack {
  constructor(
    /** Stack id, such as `dev-network`. */
    readonly id: string,
    /** The whole of cdk.tf.json, without CDKTF's own metadata. */
    readonly json: Attributes,
    /** The apps that were registered where it was synthesized. @default none */
    readonly apps: readonly RegisteredApp[] = [],
  ) {}

  /** Arguments of every resource of that type, in the order of their addresses. */
  resources(type: string): Attributes[] {
    return Object.values(section(section(this.json, "resource"), type)).filter(isRecord);
  }

  /** Arguments of the one resource of that type. @throws Error unless there is exactly one */
  resource(type: string): Attributes {
    const [only, ...others] = this.resources(type);
    if (only === undefined || others.length > 0) {
      throw new Error(`${this.id} has ${String(this.resources(type).length)} of ${type}, not one`);
    }
    return only;
  }

  /** The one object of that kind that a release of the objects chart renders. @throws Error unless there is exactly one */
  object(kind: string): Attributes {
    const objects = this.resources("helm_release").flatMap(({ values }) => {
      const [text] = Array.isArray(values) ? (values as unknown[]) : [];
      const parsed = parseHelmValues(String(text));
      const rendered = isRecord(parsed) ? parsed["objects"] : undefined;
      return Array.isArray(rendered) ? rendered.filter(isRecord) : [];
    });
    const [only, ...others] = objects.filter((object) => object["kind"] === kind);
    if (only === undefined || others.length > 0) throw new Error(`${this.id} has not one object of kind ${kind}`);
    return only;
  }

  /** Names in Terraform's addresses of the resources of that type. */
  labels(type: string): string[] {
    return Object.keys(section(section(this.json, "resource"), type));
  }

  /** Arguments of the resource of that type and name in Terraform, if there is one. */
  labelled(type: string, label: string): Attributes | undefined {
    const found = section(section(this.json, "resource"), type)[label];
    return isRecord(found) ? found : undefined;
  }

  /**
   * Reference of Terraform to the ARN of the one resource of that type whose label begins so: `${aws_kms_key.queue_key_1A2B.arn}`.
   * @param prefix of its label, such as `queue_`. @default any @throws Error unless there is exactly one
   */
  arnOf(type: string, prefix = ""): string {
    const labels = this.labels(type).filter((label) => label.startsWith(prefix));
    const [only, ...others] = labels;
    if (only === undefined || others.length > 0) {
      const named = prefix === "" ? type : `${type}.${prefix}…`;
      throw new Error(`${this.id} has ${String(labels.length)} of ${named}, not one`);
    }
    return `\${${type}.${only}.arn}`;
  }

  /** Tags that the AWS provider puts on whatever bears tags. */
  get defaultTags(): Attributes {
    const [first] = this.providers("aws").flatMap(({ default_tags: tags }): unknown[] =>
      Array.isArray(tags) ? tags : [],
    );
    return section(first, "tags");
  }

  /** Types of resources that the stack has, sorted. */
  get resourceTypes(): string[] {
    return Object.keys(section(this.json, "resource")).sort();
  }

  /** Types of data that the stack looks up, sorted. */
  get dataTypes(): string[] {
    return Object.keys(section(this.json, "data")).sort();
  }

  /** Arguments of every configuration of a provider. @param name what its resources know it by, such as `helm` */
  providers(name: string): Attributes[] {
    const configured = section(this.json, "provider")[name];
    return Array.isArray(configured) ? configured.filter(isRecord) : [];
  }

  /** The version that the stack pins of a provider. @param name what its resources know it by, such as `helm` */
  providerVersion(name: string): string {
    const required = section(section(this.json, "terraform"), "required_providers");
    return String(section(required, name)["version"]);
  }

  /** Values of the stack's outputs, by name: what it publishes. */
  get outputs(): Attributes {
    const outputs = section(this.json, "output");
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, section(output, "value")]));
  }

  /** Statements of every IAM policy in the stack: inline, managed or hung from a resource. */
  get statements(): Attributes[] {
    return Object.entries(section(this.json, "resource")).flatMap(([type, resources]) =>
      Object.values(section(resources, undefined)).flatMap((resource) =>
        statementsOf(type, section(resource, undefined)),
      ),
    );
  }
}

/**
 * Synthesizes a workspace in memory (a folder that is gone afterwards), validations included.
 * @param target a sandbox's. @default real AWS, whatever the environment variables say
 * @throws InvalidInput as the real synth does
 */
export function synthesized(
  build: Build,
  environment: Environment,
  target?: Target,
): Readonly<Record<string, SynthesizedStack>> {
  const outdir = mkdtempSync(path.join(tmpdir(), "demarc-synth-"));
  try {
    let apps: readonly RegisteredApp[] = [];
    const remembering: Build = (app, found) => {
      build(app, found);
      apps = appsOf(app);
    };
    synthesizeInto(remembering, [environment], { outdir }, target);
    const stacks = path.join(outdir, "stacks");
    return Object.fromEntries(
      readdirSync(stacks).map((id) => [id, read(id, path.join(stacks, id, "cdk.tf.json"), apps)]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function read(id: string, file: string, apps: readonly RegisteredApp[]): SynthesizedStack {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
    key === "//" ? undefined : value,
  );
  return new SynthesizedStack(id, section(json, undefined), apps);
}

function statementsOf(type: string, resource: Attributes): Attributes[] {
  const document = resource["policy"];
  if (typeof document !== "string" || !document.startsWith("{")) return [];
  const statements = section(JSON.parse(document), undefined)["Statement"];
  return Array.isArray(statements) ? statements.filter(isRecord).map((statement) => ({ ...statement, on: type })) : [];
}

/** A part of the JSON, or itself; empty where there is none. */
function section(value: unknown, key: string | undefined): Attributes {
  const part = key === undefined ? value : isRecord(value) ? value[key] : undefined;
  return isRecord(part) ? part : {};
}
