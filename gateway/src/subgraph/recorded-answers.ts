interface Recorded {
  service: string;
  body: string;
  outcome: { text: string } | { failure: unknown };
}

/** Answers of the services to one request, so that the same call is not sent twice. */
export class RecordedAnswers {
  readonly #recorded: Recorded[] = [];

  /** The answer of the call; null when it failed, which is recorded too. */
  async keep(service: string, body: string, call: () => Promise<string>): Promise<string | null> {
    try {
      const text = await call();
      this.#recorded.push({ service, body, outcome: { text } });
      return text;
    } catch (failure) {
      this.#recorded.push({ service, body, outcome: { failure } });
      return null;
    }
  }

  /** Undefined when the call was not made; throws what the call threw. */
  find(service: string, body: string): string | undefined {
    const found = this.#recorded.find((one) => one.service === service && one.body === body);
    if (!found) return undefined;
    if ('failure' in found.outcome) throw found.outcome.failure;
    return found.outcome.text;
  }
}
