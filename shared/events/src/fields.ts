import { z } from 'zod';

/** An opaque id. */
export const id = z.uuid();

/** A code from a closed or configured list: no spaces, so that free text cannot pass as one. */
export const code = z.string().regex(/^[\w.:/+-]{1,64}$/);

/** RFC 3339, UTC. */
export const instant = z.iso.datetime();
