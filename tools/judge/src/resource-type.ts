/** One kind of thing that an action acts on. */
export interface ResourceType {
  /** `queue` */
  readonly name: string;
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly arn: string;
  /** The action always acts on one of these; others are named only where the request has them. */
  readonly required: boolean;
  /** The library cannot tell such an ARN: it is asked in its unchecked way. */
  readonly isUnknown: boolean;
  /** Condition keys that exist where the action acts on this. */
  readonly conditionKeys: readonly string[];
}

/** By pattern: there are as many as AWS's reference has. */
const expressions = new Map<string, RegExp>();

/** Whether an ARN can be of a type's pattern. */
export function fits(pattern: string, arn: string): boolean {
  const expression = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, expression);
  return expression.test(arn);
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split(/\$\{[^}]+\}/)
    .map((literal) => literal.replace(/[.+^${}()|[\]\\*?]/g, "\\$&"))
    .join(".+");
  return new RegExp(`^${source}$`);
}
