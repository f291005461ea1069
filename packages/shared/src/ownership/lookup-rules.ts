import { networkLoadBalancerNameOf } from "../kubernetes";
import { type Arguments, type Condition, shown } from "./condition";
import { REFUSED } from "./meta-arguments";

/** What any data source may have beside what it is looked up by, and what is refused of every block anyway. */
const NO_SEARCH = new Set(["//", "count", "depends_on", "for_each", "lifecycle", ...REFUSED]);

/** A search by one argument, and by no more. */
export const byAlone = (argument: string): Condition => ({
  rule: `name its ${argument} and no more: all else may find another one`,
  faults: (lookup) => searchFaults(lookup, argument),
});

/** An app finds the Network Load Balancer that a controller made for its own Service, once that Service has its address. */
export const ownLoadBalancer: Condition = {
  rule: "name its name and no more, by networkLoadBalancerName of a Service of the same stack: all else may find another team's",
  faults: (lookup, _, { kubernetes_service_v1: services = {} }) => {
    const faults = searchFaults(lookup, "name");
    if (faults.length > 0) return faults;
    const { name } = lookup;
    return Object.keys(services).some((label) => name === networkLoadBalancerNameOf(label))
      ? []
      : [`by name ${shown(name)}`];
  },
};

function searchFaults(lookup: Arguments, argument: string): string[] {
  const named = Object.keys(lookup).filter((name) => !NO_SEARCH.has(name));
  if (named.length === 1 && named[0] === argument) return [];
  return [`by ${named.length === 0 ? "nothing" : named.join(", ")}`];
}
