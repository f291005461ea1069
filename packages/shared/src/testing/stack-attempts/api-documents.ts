import type { StackAttempt } from "./attempt";
import { api, bodyAsking, bodyOf } from "./rest-api";

/** What an authorizer calls, as API Gateway writes it. */
const FUNCTION =
  "arn:aws:apigateway:ap-northeast-1:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-northeast-1:123456789012:function:theirs/invocations";

/** Documents that lead elsewhere than to the stage's link. */
export const apiDocuments: readonly StackAttempt[] = [
  {
    name: "an API over another's VPC link",
    attempt: api("api", { body: bodyOf({ connectionId: "abc123" }) }),
    refusedBy: "an integration's connectionId is abc123",
  },
  {
    name: "an API to anywhere on the internet",
    attempt: api("api", { body: bodyOf({ connectionType: "INTERNET" }) }),
    refusedBy: "it integrates http_proxy over INTERNET",
  },
  {
    name: "an API that acts in AWS",
    attempt: api("api", { body: bodyOf({ type: "aws" }) }),
    refusedBy: "it integrates aws over VPC_LINK",
  },
  {
    name: "an API that acts under a role",
    attempt: api("api", { body: bodyOf({ credentials: "arn:aws:iam::123456789012:role/team/infra" }) }),
    refusedBy: "an integration acts as arn:aws:iam::123456789012:role/team/infra",
  },
  {
    name: "an API that acts under a role by a name that API Gateway may read too",
    attempt: api("api", { body: bodyOf({ Credentials: "arn:aws:iam::123456789012:role/team/infra" }) }),
    refusedBy: "of an integration, it may not have Credentials",
  },
  {
    name: "an API that leads to a load balancer of its choice behind the link",
    attempt: api("api", { body: bodyOf({ integrationTarget: "arn:aws:elasticloadbalancing:x" }) }),
    refusedBy: "of an integration, it may not have integrationTarget",
  },
  {
    name: "an API that asks a function of another's who may call, under a role",
    attempt: api("api", { body: bodyAsking({ type: "request", authorizerUri: FUNCTION, authorizerCredentials: "x" }) }),
    refusedBy: `it asks {"type":"request","authorizerUri":"${FUNCTION}","authorizerCredentials":"x"} who may call`,
  },
  {
    name: "an API that asks a function beside a user pool",
    attempt: api("api", { body: bodyAsking({ type: "cognito_user_pools", authorizerUri: FUNCTION }) }),
    refusedBy: `it asks {"type":"cognito_user_pools","authorizerUri":"${FUNCTION}"} who may call`,
  },
  {
    name: "an API that asks a function by an extension in capitals",
    attempt: api("api", { body: bodyAsking({ type: "token" }, "X-Amazon-Apigateway-Authorizer") }),
    refusedBy: 'it asks {"type":"token"} who may call',
  },
  {
    name: "an API whose document nobody can read",
    attempt: api("api", { body: "openapi: 3.0.1" }),
    refusedBy: "its body is not one JSON document",
  },
  {
    name: "an API whose document says a thing twice",
    attempt: api("api", { body: bodyOf({}).replace('"uri"', '"connectionId":"abc123","uri"') }),
    refusedBy: "its body is not one JSON document",
  },
  {
    name: "an API of which a function makes a part",
    attempt: api("api", { body: bodyOf({ uri: '${join("", ["http://", "x"])}' }) }),
    refusedBy: "its body is not one JSON document",
  },
  {
    name: "an API without a document",
    attempt: api("api", { body: undefined }),
    refusedBy: "its body is not one JSON document",
  },
];
