type Labels = Readonly<Record<string, string>>;

/** What a label selector such as "app=web,tier!=db,zone in (a,c),!legacy" asks of an object's labels. */
export function labelSelector(text: string): (labels: Labels) => boolean {
  const requirements = text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(requirement);
  return (labels) => requirements.every((holds) => holds(labels));
}

function requirement(text: string): (labels: Labels) => boolean {
  const [, key = "", not, list] = /^(\S+)\s+(not)?in\s+\((.*)\)$/.exec(text) ?? [];
  if (list !== undefined) {
    const values = list.split(",").map((value) => value.trim());
    return (labels) => values.includes(labels[key] ?? "") !== (not !== undefined);
  }
  const [, name = "", operator, value = ""] = /^!?([^=!]+?)\s*(?:(==?|!=)\s*(.*))?$/.exec(text) ?? [];
  if (operator === undefined) return (labels) => name in labels !== text.startsWith("!");
  return (labels) => (labels[name] === value) !== (operator === "!=");
}
