interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: { readonly reason?: string; readonly message?: string; readonly field?: string }[];
    readonly retryAfterSeconds?: number;
  };
}

/** The words of Kubernetes' own kinds; authors of custom resources mostly say "immutable". */
const IMMUTABLE = /immutable|updates to \S+ (spec for fields other than|are forbidden)|(may|can) ?not (be )?change/i;

/** A refusal of the API server, or no answer at all. */
export class KubeError extends Error {
  static ofConnection(cause: Error & { code?: string }): KubeError {
    return new KubeError(0, `the API server cannot be reached: ${cause.message || cause.code}`, undefined, cause.code ?? 'connection');
  }

  static ofResponse(status: number, body: Status | string, retryAfter: string | undefined, confidential = false): KubeError {
    const answer: Status = typeof body === 'string' ? { message: body.slice(0, 500) } : body;
    const seconds = Number(retryAfter ?? answer.details?.retryAfterSeconds ?? 0);
    const message = confidential ? withoutValues(answer) : withoutDumps(inFull(answer) ?? `HTTP ${status}`);
    return new KubeError(status, message, answer, undefined, seconds > 0 ? Math.min(seconds, 30) * 1000 : undefined);
  }

  private constructor(
    /** The HTTP status, 0 if there was no answer. */
    readonly status: number,
    message: string,
    private readonly answer?: Status,
    readonly code?: string,
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'KubeError';
  }

  get reason(): string {
    return this.answer?.reason ?? '';
  }

  get isConnection(): boolean {
    // A wrong certificate does not get better.
    return this.status === 0 && !/CERT|SIGNATURE|TLS|SSL/.test(this.code ?? '');
  }

  /** Fields that other managers hold, as `field (manager)`. */
  get fieldConflicts(): string[] {
    return this.causes.filter(c => c.reason === 'FieldManagerConflict').map(c => `${c.field} (${/"([^"]+)"/.exec(c.message ?? '')?.[1] ?? 'another manager'})`);
  }

  get isFieldConflict(): boolean {
    return this.status === 409 && this.fieldConflicts.length > 0;
  }

  /** It is another object by now that bears the name, or no longer the same: found out when it was read, or when it was written. */
  get isPrecondition(): boolean {
    return this.status === 409 && /Precondition failed|in the precondition \(.*?\) does not match/.test(this.words);
  }

  /** It is no longer as it was when it was looked at. Of a JSON patch the API server may not say that it was a test that failed. */
  get hasChangedMeanwhile(): boolean {
    const refused = [this.words, ...this.causes.map(({ message }) => message)].join();
    return (this.status === 409 && /object has been modified/.test(refused)) || (this.status === 422 && /test failed|an error in our request/.test(refused));
  }

  get isNamespaceTerminating(): boolean {
    return this.status === 403 && this.causes.some(c => c.reason === 'NamespaceTerminating');
  }

  /** Whether the same request may well succeed later. */
  get isTransient(): boolean {
    // 501 and 505 will not change, nor what the schema refuses, which comes as a 500; a webhook that cannot be reached is a 500 too.
    return this.status === 429 || (this.status >= 500 && ![501, 505].includes(this.status) && !/failed to create typed patch object/.test(this.words));
  }

  /** Only that fields cannot be changed in place: a new object instead of this one would be accepted. */
  get isImmutable(): boolean {
    const complaints = this.causes.length > 0 ? this.causes.map(cause => cause.message ?? '') : [this.words];
    return this.status === 422 && complaints.every(text => IMMUTABLE.test(text));
  }

  /** The path itself is not served: the kind is not known (yet). */
  get isUnknownPath(): boolean {
    return this.status === 404 && !this.answer?.details?.name;
  }

  after(milliseconds: number): KubeError {
    return new KubeError(this.status, `${this.message} (tried for ${Math.round(milliseconds / 1000)} s)`, this.answer, this.code, this.retryAfter);
  }

  /** What the server said in full: to decide by, never to be repeated. */
  private get words(): string {
    return this.answer?.message ?? '';
  }

  private get causes() {
    return this.answer?.details?.causes ?? [];
  }
}

/** Of what it has not understood the server says only beside the message what it was. */
function inFull({ message, details }: Status): string | undefined {
  const causes = (details?.causes ?? []).filter(({ reason }) => reason === 'UnexpectedServerResponse').map(cause => cause.message);
  return causes.length > 0 ? `${message}: ${causes.join('; ')}` : message;
}

/** The server repeats a whole refused structure; the field before it and the reason after it are what counts. */
function withoutDumps(message: string): string {
  return message.length < 300 ? message : message.replace(/Invalid value: [\w.*]*\{.*?\}: (?=[^{}]*(, \w[\w.[\]]*: |\]?$))/gs, '');
}

function withoutValues(answer: Status): string {
  const causes = (answer.details?.causes ?? []).map(c => [c.field, c.reason].filter(Boolean).join(': '));
  return [answer.reason ?? 'refused', ...causes.length ? [`(${causes.join(', ')})`] : [], '(the server\'s words may hold values of the Secret and are left out)'].join(' ');
}
