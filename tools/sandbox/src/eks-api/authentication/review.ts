import { z } from "zod";
import type { Account } from "../account/account";
import type { AccessKey, Caller } from "../account/identities";
import { reasonOf } from "../http/errors";
import type { Store } from "../store";
import { LIFETIME, readToken, type Token, TokenRefusal } from "./token";
import { type User, userOf } from "./user";

const API_VERSION = "authentication.k8s.io/v1";

const tokenReview = z.object({ apiVersion: z.literal(API_VERSION), spec: z.object({ token: z.string() }) });

/** Answer to a TokenReview of an API server. */
export interface ReviewedToken {
  readonly apiVersion: string;
  readonly kind: "TokenReview";
  readonly status:
    | { readonly authenticated: true; readonly user: User }
    /** `error`: why, for the API server's log. */
    | { readonly authenticated: false; readonly error: string };
}

/** Whoever has the access key of a token. */
interface Holder {
  readonly caller: Caller;
  readonly key: AccessKey;
}

/** What of the EKS API, and around it, says who somebody is. */
interface Surroundings {
  readonly region: string;
  readonly store: Store;
  readonly account: Account;
}

/**
 * Says who holds a token, as EKS's own webhook does. Who made it stays the same as long as the token is good, and is asked of the
 * local AWS once; what the cluster lets them be is looked up each time, so that an entry that has gone counts at once.
 */
export class TokenReviews {
  readonly #holders = new Map<string, { readonly signedAt: Date; readonly holder: Promise<Holder> }>();

  /** @param say takes a line for each token that is refused: who, where and why */
  constructor(
    private readonly context: Surroundings,
    /** URL of the local AWS: its STS is the one that tokens are made for. */
    private readonly awsEndpoint: string,
    private readonly say: (line: string) => void,
    private readonly now = () => new Date(),
  ) {}

  /** @param body TokenReview as the API server of that cluster sends it */
  async review(clusterName: string, body: unknown): Promise<ReviewedToken> {
    try {
      return answer({ authenticated: true, user: await this.#userIn(clusterName, tokenReview.parse(body).spec.token) });
    } catch (fault) {
      const error = reasonOf(fault);
      this.say(`${clusterName} refuses a token: ${error}`);
      return answer({ authenticated: false, error });
    }
  }

  async #userIn(clusterName: string, text: string): Promise<User> {
    const { region, account } = this.context;
    const token = readToken(text, this.now(), { endpoint: this.awsEndpoint, region });
    const record = this.context.store.clusters.find(clusterName);
    if (record === undefined) throw new TokenRefusal(`there is no cluster ${clusterName}`);
    const { caller, key } = await this.#holderOf(text, token);
    if (token.sessionToken !== key.sessionToken)
      throw new TokenRefusal(`${caller.arn} has another session token than it`);
    if (!token.isSignedFor(clusterName, key.secretAccessKey))
      throw new TokenRefusal(`${caller.arn} has not signed it, or for another cluster`);
    return userOf(token, caller, record, { region, instances: account.instances });
  }

  async #holderOf(text: string, { accessKeyId, signedAt }: Token): Promise<Holder> {
    this.#forgetOld();
    const holder = this.#holders.get(text)?.holder ?? this.#askFor(accessKeyId);
    this.#holders.set(text, { signedAt, holder });
    // A failure may be a moment's, such as that of a local AWS that is starting.
    holder.catch(() => this.#holders.delete(text));
    return holder;
  }

  async #askFor(accessKeyId: string): Promise<Holder> {
    const { identities } = this.context.account;
    const [caller, key] = await Promise.all([identities.callerOf(accessKeyId), identities.accessKey(accessKeyId)]);
    if (key === undefined)
      throw new TokenRefusal(`AWS gave nobody the access key ${accessKeyId}, or its session has ended`);
    return { caller, key };
  }

  #forgetOld(): void {
    const oldest = this.now().getTime() - LIFETIME;
    for (const [text, { signedAt }] of this.#holders) if (signedAt.getTime() < oldest) this.#holders.delete(text);
  }
}

function answer(status: ReviewedToken["status"]): ReviewedToken {
  return { apiVersion: API_VERSION, kind: "TokenReview", status };
}
