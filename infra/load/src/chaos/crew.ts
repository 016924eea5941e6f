import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Order, Part, Tally } from './part.ts';
import type { Role } from './schedule.ts';

const RESPAWN_AFTER_MS = 200;
const LONGEST_START_MS = 60_000;
const PROGRAM = join(import.meta.dirname, 'role.ts');
const KEEPER = join(import.meta.dirname, 'aftercare/keeper.ts');

interface Member {
  role: Role;
  child: ChildProcess;
  tally: Tally;
  lastSentAt: number;
  /** Whether it has told anything yet. */
  up: boolean;
  paused: boolean;
}

export interface Choice {
  pick: number;
  leader: boolean;
}

/** The child processes of a run. A process that ends is started again, as a supervisor does. */
export class Crew {
  readonly #part: Omit<Part, 'role'>;
  readonly #log: WriteStream;
  readonly #members: Member[] = [];
  #suppressedByTheDead = 0;
  #sentByTheDead = 0;
  #writing = true;
  #closed = false;
  /** Ends that nobody asked for. */
  crashes = 0;

  constructor(part: Omit<Part, 'role'>, logFile: string) {
    this.#part = part;
    this.#log = createWriteStream(logFile, { flags: 'a' });
  }

  hire(counts: Partial<Record<Role, number>>): void {
    for (const [role, count] of Object.entries(counts))
      for (let n = 0; n < count; n += 1) this.#add(role as Role);
  }

  /** Resolves when everybody works: what strikes earlier strikes nothing. */
  async up(): Promise<void> {
    const deadline = Date.now() + LONGEST_START_MS;
    while (Date.now() < deadline && this.#members.some(({ up }) => !up))
      await new Promise((resolve) => setTimeout(resolve, 100));
  }

  get suppressed(): number {
    return this.#members.reduce((sum, { tally }) => sum + tally.suppressed, this.#suppressedByTheDead);
  }

  get sent(): number {
    return this.#members.reduce((sum, { tally }) => sum + tally.sent, this.#sentByTheDead);
  }

  /** kill -9. */
  kill(role: Role, choice: Choice): void {
    const victim = this.#choose(role, choice);
    if (victim) end(victim);
  }

  /** SIGSTOP; answers how to let it go on. */
  pause(role: Role, choice: Choice): () => void {
    const victim = this.#choose(role, choice);
    if (!victim) return () => undefined;
    victim.paused = true;
    const { child } = victim;
    child.kill('SIGSTOP');
    return () => {
      child.kill('SIGCONT');
      victim.paused = false;
    };
  }

  stopWriting(): void {
    this.#writing = false;
    const order: Order = 'stop-writing';
    for (const { child } of this.#members) if (child.connected) child.send(order);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const gone = this.#members.map(({ child }) => once(child, 'exit'));
    for (const member of this.#members) end(member);
    await Promise.race([Promise.all(gone), new Promise((wake) => setTimeout(wake, 2000))]);
    await new Promise<void>((resolve) => void this.#log.end(resolve));
  }

  #choose(role: Role, { pick, leader }: Choice): Member | undefined {
    const candidates = this.#members.filter((member) => member.role === role && !member.paused);
    const bySending = candidates.toSorted((a, b) => b.lastSentAt - a.lastSentAt);
    return leader ? bySending[0] : candidates[Math.floor(pick * candidates.length)];
  }

  #add(role: Role): void {
    const part: Part = { ...this.#part, role, rate: this.#writing ? this.#part.rate : 0 };
    const program = role === 'keeper' ? KEEPER : PROGRAM;
    const child = fork(program, [JSON.stringify(part)], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const tally = { sent: 0, suppressed: 0 };
    const member: Member = { role, child, tally, lastSentAt: 0, up: false, paused: false };
    this.#members.push(member);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => this.#closed || this.#log.write(bytes));
    child.on('error', () => undefined);
    child.on('message', (tally: Tally) => {
      member.up = true;
      if (tally.sent > member.tally.sent) member.lastSentAt = Date.now();
      member.tally = tally;
    });
    child.once('exit', (_code, signal) => {
      this.#bury(member, signal);
    });
  }

  #bury(member: Member, signal: NodeJS.Signals | null): void {
    this.#members.splice(this.#members.indexOf(member), 1);
    this.#suppressedByTheDead += member.tally.suppressed;
    this.#sentByTheDead += member.tally.sent;
    if (this.#closed) return;
    if (signal !== 'SIGKILL') this.crashes += 1;
    setTimeout(() => {
      if (!this.#closed) this.#add(member.role);
    }, RESPAWN_AFTER_MS);
  }
}

function end({ child }: Member): void {
  child.kill('SIGKILL');
}
