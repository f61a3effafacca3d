import { CLIENT_ID, type QuotaClient, type QuotaEntry, USER } from "./quota-entry";

/** The quota that applies to a client, and who shares it: all clients with the same `user` and `clientId` here. */
export interface AppliedQuota {
  /** Empty where the quota does not tell users apart. */
  readonly user: string;
  /** Empty where the quota does not tell client ids apart. */
  readonly clientId: string;
  /** In the unit of the key; undefined for none. */
  readonly limit: number | undefined;
}

/** Quotas of one user, or of those who have none of their own. */
interface UserQuotas {
  own: number | undefined;
  readonly byClientId: Map<string, number>;
  anyClientId: number | undefined;
}

/**
 * Which quota applies to whom, for one quota key. The most specific one does:
 *
 * 1. user and client id        4. any user and this client id    7. client id
 * 2. user and any client id    5. any user and any client id     8. any client id
 * 3. user                      6. any user
 *
 * "Any" are the defaults, and each user or client id that falls under one has the whole of it for itself.
 * Source: ClientQuotaManager.DefaultQuotaCallback, KIP-55.
 */
export class QuotaTable {
  private readonly users = new Map<string, UserQuotas>();
  private readonly anyUser: UserQuotas = newUserQuotas();
  private readonly clientIds = new Map<string, number>();
  private anyClientId: number | undefined;
  /** Levels at which there is any quota at all. */
  private readonly levels = { user: false, clientId: false, both: false };

  constructor(key: string, entries: Iterable<QuotaEntry>) {
    for (const { entity, values } of entries) {
      const limit = values.get(key);
      if (limit !== undefined) this.add(entity, limit);
    }
  }

  get empty(): boolean {
    const { user, clientId, both } = this.levels;
    return !user && !clientId && !both;
  }

  /** The quota of a client. Where none applies the names say under which its traffic is counted. */
  of(client: QuotaClient): AppliedQuota {
    const { user } = client;
    const clientId = client.clientId ?? "";
    const own = this.users.get(user);
    if (own !== undefined) {
      if (own.byClientId.has(clientId) || own.anyClientId !== undefined) return this.ofBoth(user, clientId);
      if (own.own !== undefined) return this.ofUser(user);
    }
    const { anyUser } = this;
    if (anyUser.byClientId.has(clientId) || anyUser.anyClientId !== undefined) return this.ofBoth(user, clientId);
    if (anyUser.own !== undefined) return this.ofUser(user);
    const { levels } = this;
    if (!levels.clientId && levels.user !== levels.both) {
      return levels.user ? this.ofUser(user) : this.ofBoth(user, clientId);
    }
    return this.ofClientId(clientId);
  }

  private ofBoth(user: string, clientId: string): AppliedQuota {
    // An empty name is nobody's: without a client id no quota of client ids applies.
    if (clientId === "") return this.ofUser(user);
    const own = this.users.get(user);
    const { anyUser } = this;
    const limit =
      own?.byClientId.get(clientId) ?? own?.anyClientId ?? anyUser.byClientId.get(clientId) ?? anyUser.anyClientId;
    return { user, clientId, limit };
  }

  private ofUser(user: string): AppliedQuota {
    return { user, clientId: "", limit: this.users.get(user)?.own ?? this.anyUser.own };
  }

  private ofClientId(clientId: string): AppliedQuota {
    const limit = clientId === "" ? undefined : (this.clientIds.get(clientId) ?? this.anyClientId);
    return { user: "", clientId, limit };
  }

  private add(entity: ReadonlyMap<string, string | null>, limit: number): void {
    const user = entity.get(USER);
    const clientId = entity.get(CLIENT_ID);
    if (user === undefined) {
      if (clientId === undefined) return; // an address
      this.levels.clientId = true;
      if (clientId === null) this.anyClientId = limit;
      else this.clientIds.set(clientId, limit);
      return;
    }
    const quotas = user === null ? this.anyUser : this.quotasOf(user);
    if (clientId === undefined) {
      this.levels.user = true;
      quotas.own = limit;
      return;
    }
    this.levels.both = true;
    if (clientId === null) quotas.anyClientId = limit;
    else quotas.byClientId.set(clientId, limit);
  }

  private quotasOf(user: string): UserQuotas {
    let quotas = this.users.get(user);
    if (quotas === undefined) this.users.set(user, (quotas = newUserQuotas()));
    return quotas;
  }
}

function newUserQuotas(): UserQuotas {
  return { own: undefined, byClientId: new Map(), anyClientId: undefined };
}
