import type { ServiceName } from '@throughline/local/infrastructure';
import { eventually, type GraphQLClient } from '@throughline/testing';
import { ask } from './ask.ts';
import { expectHonestErrors, type Answer } from './honest-answers.ts';
import { prepareStep, type Edges, type Step } from './steps-of-services.ts';
import type { Caller } from './under-load.ts';

/**
 * Commands that are sent while their service goes away. A caller that gets an error does not know whether the command was
 * done. The caller sends it again with the same key when the service is back, and then it has been done once.
 */
export class StepsInDoubt {
  readonly #graph: GraphQLClient;
  readonly #name: ServiceName;
  readonly #step: Step;
  readonly #asked = new Set<object>();
  readonly #confirmed = new Map<object, string>();
  #turn = 0;

  private constructor(graph: GraphQLClient, name: ServiceName, step: Step) {
    this.#graph = graph;
    this.#name = name;
    this.#step = step;
  }

  static async prepare(graph: GraphQLClient, name: ServiceName): Promise<StepsInDoubt> {
    return new StepsInDoubt(graph, name, await prepareStep(graph, name));
  }

  /** Takes the next step; the answer either confirms it, or says honestly that it may not have been taken. */
  readonly take: Caller = async () => {
    const { inputs } = this.#step;
    const input = inputs[this.#turn++ % inputs.length] ?? {};
    this.#asked.add(input);
    const answer = await this.#send(input);
    return (codes) => {
      expectHonestErrors(answer, { name: this.#name, codes });
      if (answer.errors.length > 0) expect(answer.data?.outcome ?? null).toBeNull();
      else this.#confirmed.set(input, this.#idIn(answer));
      return answer.errors.length;
    };
  };

  /** Each step that was asked for is taken again: what was confirmed is still there, and of each there is one. */
  async settle(): Promise<void> {
    const asked = [...this.#asked];
    const ids = (await Promise.all(asked.map((input) => this.#send(input)))).map((one) => this.#idIn(one));
    for (const [input, id] of this.#confirmed) expect(ids[asked.indexOf(input)]).toBe(id);
    expect((await this.#step.made()).sort()).toEqual(ids.sort());
    await eventually(async () => expect(await this.#factsTold()).toBe(ids.length), { timeoutMs: 60_000 });
  }

  #send(input: object): Promise<Answer> {
    return this.#graph(this.#step.mutation, { input });
  }

  #idIn({ data, errors }: Answer): string {
    expect({ errors, data }).toMatchObject({
      errors: [],
      data: { outcome: { __typename: this.#step.done } },
    });
    return (data?.outcome as { id: string }).id;
  }

  async #factsTold(): Promise<number> {
    const { timeline } = await ask<{ timeline: Edges<unknown> }>(
      this.#graph,
      `query Told($id: ID!, $kind: String!) {
        client(id: $id) { timeline(kinds: [$kind], first: 100) { edges { node { id } } } }
      }`,
      { id: this.#step.clientId, kind: this.#step.fact },
    );
    return timeline.edges.length;
  }
}
