import { deny, type ResourceStatement } from "@demarc/shared/iam";

/** Statement of a resource's policy by which nobody calls it without TLS. @param actions all of its service's, such as `s3:*` */
export function overTls(actions: string, ...resources: readonly string[]): ResourceStatement {
  const withoutTls = deny(actions)
    .on(...resources)
    .when({ Bool: { "aws:SecureTransport": "false" } });
  return { ...withoutTls, Principal: "*" };
}
