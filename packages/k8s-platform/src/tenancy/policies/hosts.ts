import { cel, celList } from "./cel";

/** CEL: the host names of the team that the request's namespace is. Names are compared letter by letter: no wildcard, no other case. */
export function hostsOfNamespace(hosts: Readonly<Record<string, string>>): string {
  const teams = [...new Set(Object.values(hosts))];
  const own = teams.map((team) => {
    const names = Object.keys(hosts).filter((host) => hosts[host] === team);
    return `${cel(team)}: ${celList(names)}`;
  });
  const all = `{${own.join(", ")}}`;
  return teams.length === 0 ? "[]" : `request.namespace in ${all} ? ${all}[request.namespace] : []`;
}

/** What somebody reads who names another host. */
export function notOwn(what: string): string {
  return `${what} must be one that is registered for this team, letter by letter (packages/shared/src/apps/registered.ts); take one of those, or name it as demarc.hostnames in the app's package.json, run npm run generate, and have k8s-platform deployed`;
}
