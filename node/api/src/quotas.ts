/** What one address may send of transactions that only strangers signed. */
export type QuotaLimits = {
  /** Transactions a second, refilled continuously; twice as many may come at once. */
  readonly transactionsPerSecond: number;
  /** Bytes in one day of UTC. */
  readonly bytesPerDay: number;
  /** Addresses remembered at most; the one unseen for longest is forgotten first. */
  readonly addresses: number;
};

/** Limits for a public node: generous to a person, tight for a flood. */
export const DEFAULT_QUOTAS: QuotaLimits = {
  transactionsPerSecond: 50,
  bytesPerDay: 256 * 1024 * 1024,
  addresses: 100_000,
};

export type QuotaRefusal = {
  readonly code: "too-many-requests" | "daily-bytes-spent";
  readonly retryAfterSeconds: number;
};

/** Counts what strangers send from each address. */
export type Quotas = {
  /** Takes `transactions` and `bytes` from the address's share; when it does not suffice nothing is taken. */
  readonly take: (address: string, transactions: number, bytes: number) => QuotaRefusal | undefined;
};

type Account = { tokens: number; refilledAtMs: number; day: number; bytes: number };

const DAY_MS = 86_400_000;

/** Quotas by the clock `nowMs` (milliseconds since 1970). */
export function createQuotas(limits: QuotaLimits, nowMs: () => number): Quotas {
  const accounts = new Map<string, Account>();

  function accountOf(address: string, now: number): Account {
    const known = accounts.get(address);
    const burst = 2 * limits.transactionsPerSecond;
    const account = known ?? { tokens: burst, refilledAtMs: now, day: Math.floor(now / DAY_MS), bytes: 0 };
    const refill = (Math.max(0, now - account.refilledAtMs) / 1000) * limits.transactionsPerSecond;
    account.tokens = Math.min(burst, account.tokens + refill);
    account.refilledAtMs = now;
    if (account.day !== Math.floor(now / DAY_MS)) Object.assign(account, { day: Math.floor(now / DAY_MS), bytes: 0 });
    accounts.delete(address);
    accounts.set(address, account);
    return account;
  }

  return {
    take(address, transactions, bytes) {
      const now = nowMs();
      const account = accountOf(address, now);
      forgetOldest(accounts, limits.addresses);
      if (account.bytes + bytes > limits.bytesPerDay) {
        return { code: "daily-bytes-spent", retryAfterSeconds: Math.ceil((DAY_MS - (now % DAY_MS)) / 1000) };
      }
      // A request larger than the burst is taken when the account is full, and leaves it in debt.
      const needed = Math.min(transactions, 2 * limits.transactionsPerSecond);
      if (account.tokens < needed) {
        const seconds = (needed - account.tokens) / limits.transactionsPerSecond;
        return { code: "too-many-requests", retryAfterSeconds: Math.max(1, Math.ceil(seconds)) };
      }
      account.tokens -= transactions;
      account.bytes += bytes;
      return undefined;
    },
  };
}

function forgetOldest(accounts: Map<string, Account>, limit: number): void {
  for (const address of accounts.keys()) {
    if (accounts.size <= limit) return;
    accounts.delete(address);
  }
}
