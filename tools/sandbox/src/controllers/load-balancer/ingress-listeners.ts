import { z } from "zod";
import { Annotations } from "./annotations";
import { type ClassifiedIngress, INGRESS_ANNOTATIONS } from "./ingress-group";
import { UnbuildableModel } from "./plan";

/** A port that an Ingress asks to be served on. */
export interface ListenPort {
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
}

/** A listener of a group, before its rules. */
export interface GroupListener extends ListenPort {
  readonly certificates: readonly string[];
  readonly sslPolicy: string | undefined;
  readonly inboundCidrs: readonly string[];
  /** Those whose rules it has. */
  readonly members: readonly ClassifiedIngress[];
}

/** TLS policy of an HTTPS listener that names none: the controller's default. */
const DEFAULT_SSL_POLICY = "ELBSecurityPolicy-2016-08";

const listenPorts = z.array(z.partialRecord(z.enum(["HTTP", "HTTPS"]), z.number().int().min(1).max(65_535)));

/** Listeners of a group by port: each Ingress adds its ports, certificates and addresses. */
export function groupListeners(members: readonly ClassifiedIngress[]): GroupListener[] {
  const asked = members.flatMap((member) => portsOf(member).map((listen) => ({ ...listen, member })));
  const ports = [...new Set(asked.map(({ port }) => port))].sort((one, other) => one - other);
  return ports.map((port) => {
    const here = asked.filter((candidate) => candidate.port === port);
    const protocols = new Set(here.map(({ protocol }) => protocol));
    const [protocol = "HTTP"] = protocols;
    if (protocols.size > 1)
      throw new UnbuildableModel(`conflicting protocol for port ${port}: ${[...protocols].join(", ")}`);
    const certificates = unique(here.flatMap(({ member }) => certificatesOf(member)));
    if (protocol === "HTTPS" && certificates.length === 0) {
      throw new UnbuildableModel(`no certificate found for the HTTPS listener on port ${port}`);
    }
    return {
      port,
      protocol,
      certificates: protocol === "HTTPS" ? certificates : [],
      sslPolicy:
        protocol === "HTTPS"
          ? onePolicy(
              here.map(({ member }) => member),
              port,
            )
          : undefined,
      inboundCidrs: unique(here.flatMap(({ member }) => cidrsOf(member))),
      members: here.map(({ member }) => member),
    };
  });
}

/** Port to which the group's HTTP is redirected, if it is. */
export function redirectPort(members: readonly ClassifiedIngress[]): string | undefined {
  const ports = unique(
    members.flatMap(({ ingress, params }) => {
      const port = params.sslRedirectPort ?? annotations(ingress).text("ssl-redirect");
      return port === undefined ? [] : [port];
    }),
  );
  if (ports.length > 1) throw new UnbuildableModel(`conflicting sslRedirect port: ${ports.join(", ")}`);
  return ports[0];
}

function portsOf(member: ClassifiedIngress): ListenPort[] {
  const text = annotations(member.ingress).text("listen-ports");
  if (text === undefined) {
    return certificatesOf(member).length > 0 ? [{ port: 443, protocol: "HTTPS" }] : [{ port: 80, protocol: "HTTP" }];
  }
  const problem = `must be a list such as [{"HTTP": 80}, {"HTTPS": 443}]`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw annotations(member.ingress).wrong("listen-ports", problem);
  }
  const read = listenPorts.safeParse(json);
  if (!read.success || read.data.length === 0) throw annotations(member.ingress).wrong("listen-ports", problem);
  return read.data.flatMap(({ HTTP, HTTPS }) => [
    ...(HTTP === undefined ? [] : [{ port: HTTP, protocol: "HTTP" as const }]),
    ...(HTTPS === undefined ? [] : [{ port: HTTPS, protocol: "HTTPS" as const }]),
  ]);
}

function certificatesOf({ ingress, params }: ClassifiedIngress): readonly string[] {
  return params.certificateArn ?? params.certificateARNs ?? annotations(ingress).list("certificate-arn") ?? [];
}

function cidrsOf({ ingress, params }: ClassifiedIngress): readonly string[] {
  return params.inboundCIDRs ?? annotations(ingress).list("inbound-cidrs") ?? ["0.0.0.0/0"];
}

function onePolicy(members: readonly ClassifiedIngress[], port: number): string {
  const policies = unique(
    members.flatMap(({ ingress, params }) => params.sslPolicy ?? annotations(ingress).text("ssl-policy") ?? []),
  );
  if (policies.length > 1) throw new UnbuildableModel(`conflicting SSL policy on port ${port}: ${policies.join(", ")}`);
  return policies[0] ?? DEFAULT_SSL_POLICY;
}

function annotations(ingress: ClassifiedIngress["ingress"]): Annotations {
  return new Annotations(ingress, INGRESS_ANNOTATIONS);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
