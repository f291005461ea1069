import type { Service } from "../kubernetes/kinds";
import { UnbuildableModel } from "./plan";

type ServicePort = NonNullable<Service["spec"]["ports"]>[number];

/** The port of a service by its number or name. @throws UnbuildableModel where it has none */
export function servicePort(service: Service, port: number | string): ServicePort {
  const found = service.spec.ports?.find((candidate) => candidate.port === port || candidate.name === port);
  if (found !== undefined) return found;
  throw new UnbuildableModel(
    `service ${service.metadata.namespace ?? ""}/${service.metadata.name} has no port ${port}`,
  );
}

/** Port of a target group of pods: the pods' own where the service says it by number; where by name, each pod may have another. */
export function targetGroupPort({ targetPort, port }: ServicePort): number {
  if (typeof targetPort === "number") return targetPort;
  return targetPort === undefined ? port : 1;
}
