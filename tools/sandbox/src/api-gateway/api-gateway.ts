import { z } from "zod";
import type { LocalAws } from "../variables";
import { CREDENTIALS } from "../variables";

const NOT_FOUND = 404;

const list = <S extends z.ZodType>(item: S) => z.object({ item: z.array(item).default([]) });

const tags = z.record(z.string(), z.string()).default({});

const api = z.object({
  id: z.string(),
  name: z.string(),
  tags,
  endpointConfiguration: z.object({ types: z.array(z.string()) }),
  disableExecuteApiEndpoint: z.boolean().default(false),
});

const link = z.object({
  id: z.string(),
  name: z.string(),
  tags,
  targetArns: z.array(z.string()),
  status: z.string(),
});

const stage = z.object({
  stageName: z.string(),
  deploymentId: z.string(),
  variables: z.record(z.string(), z.string()).default({}),
  accessLogSettings: z.object({ destinationArn: z.string(), format: z.string() }).optional(),
});

const method = z.object({
  httpMethod: z.string(),
  apiKeyRequired: z.boolean().default(false),
  methodIntegration: z
    .object({
      type: z.string(),
      httpMethod: z.string().nullish(),
      uri: z.string().nullish(),
      connectionType: z.string().nullish(),
      connectionId: z.string().nullish(),
      requestParameters: z.record(z.string(), z.string()).nullish(),
    })
    .optional(),
});

const resource = z.object({
  id: z.string(),
  path: z.string(),
  resourceMethods: z.record(z.string(), z.unknown()).nullish(),
});

const plan = z.object({
  id: z.string(),
  name: z.string(),
  apiStages: z.array(z.object({ apiId: z.string(), stage: z.string() })).default([]),
});

const key = z.object({ id: z.string(), name: z.string(), enabled: z.boolean() });

export type Api = z.output<typeof api>;
export type Link = z.output<typeof link>;
export type Stage = z.output<typeof stage>;
/** Where API Gateway tells of a method, and of which path of the API the method is. */
interface MethodPlace {
  readonly at: string;
  readonly path: string;
}

export type Method = z.output<typeof method> & { readonly path: string };

/** What was asked for is not there. */
class GoneError extends Error {}

/** What API Gateway was asked; undefined where that has gone since it was listed. */
export async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof GoneError) return undefined;
    throw fault;
  }
}

/** API Gateway of the local AWS, as the administrator sees it: by the paths of its own API, for a few reads. */
export class ApiGateway {
  constructor(private readonly aws: Pick<LocalAws, "awsUrl" | "region">) {}

  async apis(): Promise<Api[]> {
    return (await this.#get("/restapis", list(api))).item;
  }

  async links(): Promise<Link[]> {
    return (await this.#get("/vpclinks", list(link))).item;
  }

  async stages(apiId: string): Promise<Stage[]> {
    return (await this.#get(`/restapis/${apiId}/stages`, z.object({ item: z.array(stage) }))).item;
  }

  /** Every method of an API, as it would be deployed now. */
  async methods(apiId: string): Promise<Method[]> {
    return Promise.all((await this.#places(apiId)).map((place) => this.#method(place)));
  }

  /** One method of an API, undefined where it has none. */
  async firstMethod(apiId: string): Promise<Method | undefined> {
    const [first] = await this.#places(apiId);
    return first && this.#method(first);
  }

  async #places(apiId: string): Promise<MethodPlace[]> {
    const resources = (await this.#get(`/restapis/${apiId}/resources`, list(resource))).item;
    return resources.flatMap(({ id, path, resourceMethods }) =>
      Object.keys(resourceMethods ?? {}).map((name) => ({
        at: `/restapis/${apiId}/resources/${id}/methods/${name}`,
        path,
      })),
    );
  }

  async #method({ at, path }: MethodPlace): Promise<Method> {
    return { ...(await this.#get(at, method)), path };
  }

  async plans(): Promise<z.output<typeof plan>[]> {
    return (await this.#get("/usageplans", list(plan))).item;
  }

  /** The keys of a usage plan. */
  async keys(planId: string): Promise<z.output<typeof key>[]> {
    const { item } = await this.#get(`/usageplans/${planId}/keys`, list(z.object({ id: z.string() })));
    return Promise.all(item.map(({ id }) => this.#get(`/apikeys/${id}`, key)));
  }

  /** Names of custom domains, and the id of the API that each leads to at its root. */
  async domains(): Promise<ReadonlyMap<string, string | undefined>> {
    const { item } = await this.#get("/domainnames", list(z.object({ domainName: z.string() })));
    const mapping = z.object({ restApiId: z.string() });
    const all = item.map(async ({ domainName }) => {
      const mapped = await this.#get(`/domainnames/${domainName}/basepathmappings`, list(mapping));
      return [domainName, mapped.item[0]?.restApiId] as const;
    });
    return new Map(await Promise.all(all));
  }

  /** @throws Error with what API Gateway says, where it refuses */
  async deleteLink(id: string): Promise<void> {
    await this.#call("DELETE", `/vpclinks/${id}`);
  }

  async #get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return schema.parse(await (await this.#call("GET", path)).json());
  }

  async #call(method: string, path: string): Promise<Response> {
    const { awsUrl, region } = this.aws;
    // The local AWS reads of a signature whose it is and for which service; it takes any.
    const scope = `${CREDENTIALS.accessKeyId}/20260101/${region}/apigateway/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    const response = await fetch(`${awsUrl}${path}`, { method, headers: { authorization } });
    if (!response.ok) {
      const Fault = response.status === NOT_FOUND ? GoneError : Error;
      throw new Fault(`API Gateway refuses ${method} ${path}: ${await response.text()}`);
    }
    return response;
  }
}
