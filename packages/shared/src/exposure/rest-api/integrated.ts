import { isRecord } from "../../json";
import { type Document, type Operation, operationsOf, type Parameter, part } from "./openapi";

/** Variable of the stage that names its VPC link. It is read as a request comes, so the link can be replaced and the API stays. */
export const LINK_VARIABLE = "vpcLinkId";

/** Name of the security scheme. */
const KEY = "api_key";

/** Places of parameters, in API Gateway's words. */
const PLACES: Readonly<Record<string, string>> = { path: "path", query: "querystring", header: "header" };

/** Longest that an answer may take: more is for AWS to allow. */
const TIMEOUT_MILLISECONDS = 29_000;

/**
 * The document as API Gateway imports it: every operation leads to the same path of the app, through the stage's VPC link, and asks for
 * a key.
 * @param origin scheme, host and port that requests are sent to: the port picks the load balancer's listener, the host is only told
 */
export function integrated(document: Document, origin: string): Document {
  const paths = Object.entries(part(document, "paths")).map(
    ([path, item]) => [path, isRecord(item) ? { ...item } : {}] as const,
  );
  const all = Object.fromEntries<Record<string, unknown>>(paths);
  for (const operation of operationsOf(document)) {
    const item = all[operation.path];
    if (item !== undefined) item[operation.method] = integratedOperation(operation, origin);
  }
  const binary = binaryTypes(document);
  return {
    ...document,
    paths: all,
    components: {
      ...part(document, "components"),
      securitySchemes: { [KEY]: { type: "apiKey", name: "x-api-key", in: "header" } },
    },
    ...(binary.length === 0 ? {} : { "x-amazon-apigateway-binary-media-types": binary }),
  };
}

function integratedOperation({ path, method, document, parameters }: Operation, origin: string): Document {
  return {
    ...document,
    // Beside each operation: API Gateway does not go by the document's own `security`.
    security: [{ [KEY]: [] }],
    "x-amazon-apigateway-integration": {
      type: "http_proxy",
      httpMethod: method.toUpperCase(),
      uri: `${origin}${path}`,
      connectionType: "VPC_LINK",
      connectionId: `\${stageVariables.${LINK_VARIABLE}}`,
      passthroughBehavior: "when_no_match",
      timeoutInMillis: TIMEOUT_MILLISECONDS,
      ...(parameters.length === 0 ? {} : { requestParameters: Object.fromEntries(parameters.map(passedOn)) }),
    },
  };
}

/** What is declared is passed on only where it is mapped. */
function passedOn({ name, in: place, isList }: Parameter): [string, string] {
  const to = PLACES[place] ?? place;
  const from = place === "query" && isList ? "multivaluequerystring" : to;
  return [`integration.request.${to}.${name}`, `method.request.${from}.${name}`];
}

/** Types of bodies that are no text: API Gateway would change the bytes of any that it is not told of. */
function binaryTypes(document: Document): string[] {
  const types = operationsOf(document).flatMap(({ document: operation }) =>
    Object.keys(part(operation, "requestBody", "content")),
  );
  return [...new Set(types)].filter((type) =>
    /^(image|audio|video)\/|^application\/(octet-stream|pdf|zip)$/.test(type),
  );
}
