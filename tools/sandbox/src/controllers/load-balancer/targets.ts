import type { EndpointSlice, Service } from "../kubernetes/kinds";
import { servicePort } from "./service-port";

/** A pod, as a target group knows it. */
export interface PodTarget {
  readonly ip: string;
  readonly port: number;
}

/** The ready pods behind a port of a service. @throws UnbuildableModel where the service has no such port */
export function targetsOf(service: Service, port: number | string, slices: readonly EndpointSlice[]): PodTarget[] {
  const { name: portName = "" } = servicePort(service, port);
  const own = slices.filter(
    ({ metadata, addressType }) =>
      addressType === "IPv4" &&
      metadata.namespace === service.metadata.namespace &&
      metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name,
  );
  return own.flatMap(({ endpoints, ports }) => {
    const number = ports?.find(({ name = "" }) => name === portName)?.port;
    if (number === undefined) return [];
    const ready = (endpoints ?? []).filter(
      ({ conditions }) => conditions?.ready !== false && conditions?.terminating !== true,
    );
    return ready.flatMap(({ addresses }) => addresses.map((ip) => ({ ip, port: number })));
  });
}

export function keyOf({ ip, port }: PodTarget): string {
  return `${ip}:${port}`;
}
